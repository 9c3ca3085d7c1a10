// Package sessiontest is a desktop for tests: a D-Bus session of their own, a
// service that takes notifications, and one that tray icons register with.
package sessiontest

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// The names under which a desktop offers these services.
const (
	NotifyName  = "org.freedesktop.Notifications"
	notifyPath  = "/org/freedesktop/Notifications"
	WatcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = "/StatusNotifierWatcher"
)

// patience is how long a bus may take for anything; it decides nothing.
const patience = 60 * time.Second

// OpenBus starts a session's bus that ends with the test and returns its
// address. It needs dbus-daemon.
func OpenBus(t testing.TB) string {
	t.Helper()
	c := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill() // the bus ends in no other way
		_ = c.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// Connect opens a connection to a bus that ends with the test.
func Connect(t testing.TB, address string) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func own(t testing.TB, conn *dbus.Conn, name string) {
	t.Helper()
	if reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("owning %s: %v, %v", name, reply, err)
	}
}

// Await returns the next value from a channel.
func Await[T any](t testing.TB, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatalf("waited in vain for %s", what)
		panic("unreachable")
	}
}

// Note is what a Daemon was told to show.
type Note struct {
	ID, Replaces     uint32
	App, Title, Text string
	Actions          []string
	Hints            map[string]dbus.Variant
}

// Daemon is a notification service.
type Daemon struct {
	// Shown gets each note.
	Shown chan Note

	conn *dbus.Conn
	can  []string
	last uint32
}

// OpenDaemon offers a service with the given capabilities.
func OpenDaemon(t testing.TB, address string, can ...string) *Daemon {
	t.Helper()
	d := &Daemon{conn: Connect(t, address), can: can, Shown: make(chan Note, 100)}
	if err := d.conn.Export(daemonMethods{d}, notifyPath, NotifyName); err != nil {
		t.Fatal(err)
	}
	own(t, d.conn, NotifyName)
	return d
}

// Click is a click on a note.
func (d *Daemon) Click(t testing.TB, id uint32) {
	t.Helper()
	if err := d.conn.Emit(notifyPath, NotifyName+".ActionInvoked", id, "default"); err != nil {
		t.Fatal(err)
	}
}

// Dismiss is the user's putting a note away.
func (d *Daemon) Dismiss(t testing.TB, id uint32) {
	t.Helper()
	if err := d.conn.Emit(notifyPath, NotifyName+".NotificationClosed", id, uint32(2)); err != nil {
		t.Fatal(err)
	}
}

// daemonMethods are called over the bus.
type daemonMethods struct{ d *Daemon }

// GetCapabilities answers what the service can.
func (m daemonMethods) GetCapabilities() ([]string, *dbus.Error) { return m.d.can, nil }

// Notify takes a note.
func (m daemonMethods) Notify(app string, replaces uint32, _, title, text string, actions []string, hints map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	m.d.last++
	m.d.Shown <- Note{m.d.last, replaces, app, title, text, actions, hints}
	return m.d.last, nil
}

// Watcher is the service of a tray.
type Watcher struct {
	// Items gets the bus name of each icon that registers.
	Items chan string

	conn *dbus.Conn
}

// OpenWatcher offers a tray.
func OpenWatcher(t testing.TB, address string) *Watcher {
	t.Helper()
	w := &Watcher{conn: Connect(t, address), Items: make(chan string, 10)}
	if err := w.conn.Export(watcherMethods{w}, watcherPath, WatcherName); err != nil {
		t.Fatal(err)
	}
	own(t, w.conn, WatcherName)
	return w
}

// Close takes the tray away.
func (w *Watcher) Close() error { return w.conn.Close() }

// watcherMethods are called over the bus.
type watcherMethods struct{ w *Watcher }

// RegisterStatusNotifierItem takes an icon.
func (m watcherMethods) RegisterStatusNotifierItem(_ string, from dbus.Sender) *dbus.Error {
	m.w.Items <- string(from)
	return nil
}
