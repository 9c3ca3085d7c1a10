//go:build !linux && !freebsd && !openbsd && !netbsd

package session

// Link is a connection to the desktop.
type Link struct{}

// Open connects to the desktop.
func Open() (*Link, error) { return &Link{}, nil }

// OpenAt is Open: here is no bus that would have an address.
func OpenAt(string) (*Link, error) { return Open() }

// Tray tells whether tray icons are shown.
func (*Link) Tray() bool { return true }

// WatchTray calls tell whenever that changes, which it does not here.
func (*Link) WatchTray(func(shown bool)) {}

// Notify sends a note.
func (*Link) Notify(Note, func()) error { return ErrNoNotifications }

// Close ends the connection.
func (*Link) Close() error { return nil }
