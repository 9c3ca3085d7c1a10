package ui

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/session"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
)

// desk is a window on a real engine in a temporary folder, with one goroutine,
// the test's, that touches widgets.
type desk struct {
	*Window
	t       *testing.T
	engine  *engine.Engine
	queue   chan func()
	folder  string // of own providers, "" for none
	keyring settings.Keyring
	at      atomic.Pointer[time.Time] // what the window takes for now; nil is the real time
}

// openDesk starts an engine with a shop of ours behind it, and its window.
func openDesk(t *testing.T, prepare func(*engine.Engine)) *desk {
	t.Helper()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	return openDeskWith(t, shop.URL().String(), prepare, nil)
}

func openDeskWith(t *testing.T, shop string, prepare func(*engine.Engine), change func(*engine.Options)) *desk {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	chosen := settings.Default()
	chosen.Shop.URL = shop
	chosen.Tunnel.Listen = "127.0.0.1:0"
	o := engine.Options{
		Settings: chosen, File: filepath.Join(dir, "shopbell.toml"), DataDir: filepath.Join(dir, "data"),
		Catalog: catalog, Vault: settings.Vault{Keyring: memoryKeyring()},
	}
	if change != nil {
		change(&o)
	}
	e, err := engine.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	if prepare != nil {
		prepare(e)
	}
	d := openOn(t, e)
	d.keyring = o.Vault.Keyring
	return d
}

func openOn(t *testing.T, e *engine.Engine) *desk {
	t.Helper()
	return openOnWith(t, e, test.NewTempApp(t), nil)
}

// openOnWith opens the window of an app on a desktop; nil is none.
func openOnWith(t *testing.T, e *engine.Engine, a fyne.App, desktop *session.Link) *desk {
	t.Helper()
	test.NewCanvas().Capture() // the toolkit takes the time of the last picture for now, and drops after a minute what it drew
	d := &desk{t: t, engine: e, queue: make(chan func(), 1000)}
	d.Window = Open(a, e, Options{Now: d.now, Desktop: desktop, do: func(f func()) { d.queue <- f }})
	t.Cleanup(d.Close)
	d.win.Resize(fyne.NewSize(1440, 900))
	d.wait("the first page", func() bool { return d.list.listing != nil })
	return d
}

func (d *desk) now() time.Time {
	if at := d.at.Load(); at != nil {
		return *at
	}
	return time.Now()
}

// memoryKeyring is a keyring for the time of a test.
func memoryKeyring() settings.Keyring {
	var mu sync.Mutex
	kept := map[string]string{}
	return settings.Keyring{
		Get: func(name string) (string, error) {
			mu.Lock()
			defer mu.Unlock()
			if v, ok := kept[name]; ok {
				return v, nil
			}
			return "", errors.New("no such entry")
		},
		Set: func(name, value string) error {
			mu.Lock()
			defer mu.Unlock()
			kept[name] = value
			return nil
		},
		Delete: func(name string) error {
			mu.Lock()
			defer mu.Unlock()
			delete(kept, name)
			return nil
		},
	}
}

// wait runs what is queued for the UI goroutine until done holds.
func (d *desk) wait(what string, done func() bool) {
	d.t.Helper()
	limit := time.After(30 * time.Second)
	for !done() {
		select {
		case f := <-d.queue:
			f()
		case <-limit:
			d.t.Fatalf("waited 30 s for %s", what)
		}
	}
}

// rest runs what is queued until nothing came for a moment.
func (d *desk) rest() {
	for {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}

// shot writes the window as a picture into the folder that SHOTS names.
func (d *desk) shot(name string) {
	d.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, d.win.Canvas().Capture()); err != nil {
		d.t.Fatal(err)
	}
}
