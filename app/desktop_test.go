//go:build e2e

package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"shopbell/app/ui/session/sessiontest"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
)

// tweedAlone are the settings of a shop with one endpoint.
const tweedAlone = `[shop]
url = %q
[window]
close_to_tray = true
[[endpoint]]
name = "Tweed"
provider = "tweed"
path = "/tweed/5b1c0d5a7a51ac8e00f1c3d2e4b5a697"
secrets = ["file:other.key"]
`

// command is the program on w's folders.
func (w *window) command(args ...string) *exec.Cmd {
	w.t.Helper()
	bin, err := filepath.Abs("../bin/shopbell")
	if err != nil {
		w.t.Fatal(err)
	}
	c := exec.Command(bin, append(args, "--config", filepath.Join(w.dir, "shopbell.toml"), "--data", filepath.Join(w.dir, "data"))...)
	c.Env = w.env
	return c
}

// icon is the program's icon in a tray.
type icon struct {
	t      *testing.T
	object dbus.BusObject
	menu   dbus.BusObject
}

func (i icon) property(name string) any {
	i.t.Helper()
	v, err := i.object.GetProperty("org.kde.StatusNotifierItem." + name)
	if err != nil {
		i.t.Fatal(err)
	}
	return v.Value()
}

// entry is one entry of a tray's menu, as com.canonical.dbusmenu has it.
type entry struct {
	ID         int32
	Properties map[string]dbus.Variant
	Below      []dbus.Variant
}

func (i icon) entries() map[string]int32 {
	i.t.Helper()
	var revision uint32
	var top entry
	err := i.menu.Call("com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &top)
	if err != nil {
		i.t.Fatal(err)
	}
	found := map[string]int32{}
	for _, v := range top.Below {
		var e entry
		if err := dbus.Store([]any{v.Value()}, &e); err != nil {
			i.t.Fatal(err)
		}
		if label, is := e.Properties["label"].Value().(string); is {
			found[label] = e.ID
		}
	}
	return found
}

// press chooses the entry whose label holds words.
func (i icon) press(words string) {
	i.t.Helper()
	for label, id := range i.entries() {
		if strings.Contains(label, words) {
			call := i.menu.Call("com.canonical.dbusmenu.Event", 0, id, "clicked", dbus.MakeVariant(""), uint32(0))
			if call.Err != nil {
				i.t.Fatal(call.Err)
			}
			return
		}
	}
	i.t.Fatalf("the tray has no %q", words)
}

func TestWindowLivesInTheTray(t *testing.T) {
	w := newWindow(t, "light", tweedAlone)
	bus := sessiontest.OpenBus(t)
	w.env = append(w.env, "DBUS_SESSION_BUS_ADDRESS="+bus)
	daemon, tray := sessiontest.OpenDaemon(t, bus, "body", "actions"), sessiontest.OpenWatcher(t, bus)

	running := w.command("--hidden")
	w.run(running)
	name := sessiontest.Await(t, "the icon", tray.Items)
	conn := sessiontest.Connect(t, bus)
	i := icon{t, conn.Object(name, "/StatusNotifierItem"), conn.Object(name, "/StatusNotifierItem/menu")}
	w.address() // it is up
	if w.visible() {
		t.Error("the window is there, expected it in the tray only")
	}
	if title := i.property("Title"); title != "Shopbell" {
		t.Errorf("the icon is called %v", title)
	}
	calm := i.property("IconPixmap")
	w.await("the menu", func() bool {
		return slices.ContainsFunc(w.labels(i), func(l string) bool { return l == "No delivery failed lately" })
	})

	w.spoil(t)
	note := sessiontest.Await(t, "the notification", daemon.Shown)
	if note.Title != "2 deliveries of Tweed failed" {
		t.Errorf("it says %q %q", note.Title, note.Text)
	}
	if dbus.MakeVariant(calm).String() == dbus.MakeVariant(i.property("IconPixmap")).String() {
		t.Error("the icon is as it was")
	}
	daemon.Click(t, note.ID)
	w.await("the window after the click", w.visible)
	w.shoot("tray-click")

	w.close(t)
	w.await("the window in the tray", func() bool { return !w.visible() })
	again := w.command()
	out, err := again.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("runs already")) {
		t.Errorf("a second start: %v, %s", err, out)
	}
	w.await("the window after a second start", w.visible)

	i.press("Quit")
	w.await("the end", func() bool {
		_, runs := w.api()
		return !runs
	})
}

// labels are the words of a tray's menu.
func (w *window) labels(i icon) (labels []string) {
	for label := range i.entries() {
		labels = append(labels, label)
	}
	return labels
}

// spoil sends two deliveries that were signed with another key.
func (w *window) spoil(t *testing.T) {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := catalog.Get("tweed")
	for range 2 {
		m := p.Examples[0].Message
		m.Target = "/tweed/5b1c0d5a7a51ac8e00f1c3d2e4b5a697"
		if _, err := inspectortest.Send(t.Context(), w.address(), m); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWindowWithoutATrayStaysInReach(t *testing.T) {
	w := newWindow(t, "light", tweedAlone)
	bus := sessiontest.OpenBus(t)
	w.env = append(w.env, "DBUS_SESSION_BUS_ADDRESS="+bus)
	running := w.command("--hidden")
	w.run(running)
	w.await("the window", w.visible)
	w.settle()
	w.close(t)
	w.await("the end: nothing would lead back to it", func() bool {
		_, runs := w.api()
		return !runs
	})
	_ = running.Wait() // then all that it said is there
	if said := running.Stderr.(*bytes.Buffer).String(); !strings.Contains(said, "no tray here") {
		t.Errorf("it says %q", said)
	}
}
