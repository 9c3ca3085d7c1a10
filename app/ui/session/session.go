// Package session talks to the desktop that the window runs on about what the
// toolkit leaves out: whether anybody shows tray icons, and notifications that
// can be clicked. On Linux and the BSDs that is the session's D-Bus; elsewhere
// there always is a tray, and notifications are the toolkit's. Start with Open.
package session

import "errors"

// Note is a notification.
type Note struct {
	Title, Text string
	// Urgent asks for more attention than usual.
	Urgent bool
}

// ErrNoNotifications is what Notify answers where this package sends none; the
// toolkit may.
var ErrNoNotifications = errors.New("this system has no notifications that can be clicked")
