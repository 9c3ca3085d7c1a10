//go:build linux || freebsd || openbsd || netbsd

package session

import (
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

// The names of the desktop's services: the Desktop Notifications Specification
// 1.2, and the StatusNotifierItem one of KDE, which other desktops took over.
const (
	notifyName  = "org.freedesktop.Notifications"
	notifyPath  = "/org/freedesktop/Notifications"
	watcherName = "org.kde.StatusNotifierWatcher"
	busName     = "org.freedesktop.DBus"
)

// callTime bounds a call: a service that hangs must not hold anybody up.
const callTime = 3 * time.Second

// maxOpen is how many notes remember what a click on them does.
const maxOpen = 100

// Link is a connection to the desktop. Its methods are safe for concurrent use
// and may wait for a service: they are not for the UI goroutine.
type Link struct {
	conn *dbus.Conn
	// sending is held until the id of a note is known, so that a click that
	// comes first finds it.
	sending sync.Mutex

	mu     sync.Mutex
	shown  bool       // somebody shows tray icons
	tell   func(bool) // see WatchTray
	clicks map[uint32]func()
	open   []uint32 // the notes in clicks, oldest first
	markup *bool    // notes may hold markup; nil until asked
}

// Open connects to the session's bus. Where there is none, none is started.
func Open() (*Link, error) {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		socket := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")
		if _, err := os.Stat(socket); err != nil || !filepath.IsAbs(socket) {
			return nil, errors.New("there is no D-Bus session, expected DBUS_SESSION_BUS_ADDRESS")
		}
		address = "unix:path=" + socket
	}
	return OpenAt(address)
}

// OpenAt connects to a bus by its address.
func OpenAt(address string) (*Link, error) {
	conn, err := dbus.Connect(address)
	if err != nil {
		return nil, fmt.Errorf("connecting to the D-Bus session: %w", err)
	}
	l := &Link{conn: conn, clicks: map[uint32]func(){}}
	signals := make(chan *dbus.Signal, 64)
	conn.Signal(signals)
	err = errors.Join(
		conn.AddMatchSignal(dbus.WithMatchInterface(notifyName)),
		conn.AddMatchSignal(dbus.WithMatchSender(busName), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcherName)),
	)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listening to the D-Bus session: %w", err), conn.Close())
	}
	if err := l.call(busName, "/org/freedesktop/DBus", busName+".NameHasOwner", watcherName).Store(&l.shown); err != nil {
		l.shown = false
	}
	go l.listen(signals)
	return l, nil
}

// Tray tells whether tray icons are shown.
func (l *Link) Tray() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.shown
}

// WatchTray calls tell, on a goroutine of its own, whenever that changes.
func (l *Link) WatchTray(tell func(shown bool)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tell = tell
}

// Close ends the connection; it must not be called while Notify runs.
func (l *Link) Close() error { return l.conn.Close() }

func (l *Link) call(name string, path dbus.ObjectPath, method string, args ...any) *dbus.Call {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	return l.conn.Object(name, path).CallWithContext(ctx, method, 0, args...)
}

// Notify shows n. click is called, on another goroutine, when the user clicks
// on it.
func (l *Link) Notify(n Note, click func()) error {
	if l.takesMarkup() {
		n.Text = html.EscapeString(n.Text)
	}
	l.sending.Lock()
	defer l.sending.Unlock()
	hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant("dev.shopbell.Shopbell"), "urgency": dbus.MakeVariant(byte(1))}
	if n.Urgent {
		hints["urgency"] = dbus.MakeVariant(byte(2))
	}
	const systemTime = int32(-1) // the service decides how long it stands
	var id uint32
	err := l.call(notifyName, notifyPath, notifyName+".Notify",
		"Shopbell", uint32(0), "", n.Title, n.Text, []string{"default", n.Title}, hints, systemTime).Store(&id)
	if err != nil {
		return fmt.Errorf("sending a notification: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clicks[id] = click
	l.open = append(l.open, id)
	if len(l.open) > maxOpen {
		delete(l.clicks, l.open[0])
		l.open = l.open[1:]
	}
	return nil
}

// takesMarkup asks the service once whether its texts are markup.
func (l *Link) takesMarkup() bool {
	l.mu.Lock()
	known := l.markup
	l.mu.Unlock()
	if known != nil {
		return *known
	}
	var can []string
	if l.call(notifyName, notifyPath, notifyName+".GetCapabilities").Store(&can) != nil {
		return false // it will not take a note either
	}
	markup := slices.Contains(can, "body-markup")
	l.mu.Lock()
	defer l.mu.Unlock()
	l.markup = &markup
	return markup
}

// listen takes the signals of the bus until the connection ends.
func (l *Link) listen(signals <-chan *dbus.Signal) {
	for s := range signals {
		switch s.Name {
		case notifyName + ".ActionInvoked", notifyName + ".NotificationClosed":
			var id uint32
			if len(s.Body) == 2 && dbus.Store(s.Body[:1], &id) == nil {
				if click := l.take(id); click != nil && s.Name == notifyName+".ActionInvoked" {
					click()
				}
			}
		case busName + ".NameOwnerChanged":
			var name, before, now string
			if dbus.Store(s.Body, &name, &before, &now) == nil && name == watcherName {
				l.turned(now != "")
			}
		}
	}
}

// take returns what a click on a note does, and forgets it.
func (l *Link) take(id uint32) func() {
	l.sending.Lock()
	defer l.sending.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	click := l.clicks[id]
	delete(l.clicks, id)
	l.open = slices.DeleteFunc(l.open, func(o uint32) bool { return o == id })
	return click
}

// turned notes that tray icons are shown from now on, or no longer.
func (l *Link) turned(shown bool) {
	l.mu.Lock()
	changed, tell := l.shown != shown, l.tell
	l.shown = shown
	l.mu.Unlock()
	if changed && tell != nil {
		tell(shown)
	}
}
