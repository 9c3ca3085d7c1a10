package ui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers"
)

// BenchmarkRefreshAfterAHundredArrivals is one turn of the refresher with its
// showing, as it happens ten times a second while 1000 captures a second arrive.
func BenchmarkRefreshAfterAHundredArrivals(b *testing.B) {
	catalog, err := providers.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	chosen := settings.Default()
	chosen.Tunnel.Listen = "127.0.0.1:0"
	e, err := engine.Start(b.Context(), engine.Options{
		Settings: chosen, DataDir: b.TempDir(), Catalog: catalog, Vault: settings.Vault{Keyring: memoryKeyring()},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	a := test.NewApp()
	defer a.Quit()
	w := Open(a, e, Options{do: func(f func()) { f() }})
	w.Close() // the turns are made here
	l, err := openListing(b.Context(), e.Store(), scope{}, inspector.Query{}, false)
	if err != nil {
		b.Fatal(err)
	}
	strip := &pulse{store: e.Store(), now: time.Now, wake: func() {}}
	n := 0
	for b.Loop() {
		b.StopTimer()
		for range 100 {
			n++
			c := someCapture(fmt.Sprintf("evt_%d", n))
			if err := e.Store().Keep(b.Context(), &c); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		if _, err := l.advance(b.Context()); err != nil {
			b.Fatal(err)
		}
		w.apply(update{model: loadModel(e, sampleNames{}), list: l, number: firstWish, extent: l.extent(), chart: strip.read(wish{number: firstWish}, true)})
	}
	b.ReportMetric(100*b.Elapsed().Seconds()/float64(b.N)*10, "core%") // at ten turns a second
}
