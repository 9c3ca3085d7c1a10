//go:build e2e

package ui

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/detail"
	"shopbell/providers/signature"
)

const (
	// hourRounds is in how many rounds an hour is lived through, roundArrivals how
	// many deliveries come in each: 20 a second make 72,000 in an hour.
	hourRounds    = 60
	roundArrivals = 20 * 3600 / hourRounds
	// moreGoroutines is how many more there may be at the end, heapFactor how much
	// larger the heap of the last third may be than that of the middle one. In the
	// first the toolkit's caches fill: it keeps what it drew for a minute.
	moreGoroutines = 20
	heapFactor     = 1.5
)

// held is what the process holds at a moment, after a collection; files are
// descriptors without those of the store, which grows.
type held struct {
	goroutines, files int
	heap              float64 // MB
}

// TestWindowHoldsNoMoreAfterAnHour lets a window live through an hour in MINUTES
// minutes, one when nothing is said: everything is opened and closed in each
// round while deliveries come in over the network.
func TestWindowHoldsNoMoreAfterAnHour(t *testing.T) {
	shop := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})) // it remembers nothing
	defer shop.Close()
	d := openDeskWith(t, shop.URL, func(e *engine.Engine) {
		err := e.PutEndpoint(t.Context(), "", settings.Endpoint{
			Name: "Tweed", Provider: "tweed", Path: "/tweed/hour", Answer: "shop", Unverified: "hold",
		}, []string{exampleSecret(e, "tweed")})
		if err != nil {
			t.Fatal(err)
		}
	}, nil)
	d.wait("the tunnel", func() bool { return d.engine.Tunnel().URL != "" })
	p, _ := d.engine.Catalog().Get("tweed")
	post := &poster{t: t, url: d.engine.Tunnel().URL + "/tweed/hour", message: p.Examples[0].Message}
	length := minutes(t) / hourRounds
	var all []held
	for i := range hourRounds {
		end := time.Now().Add(length)
		d.liveThrough(post)
		d.runUntil(func() bool { return time.Now().After(end) })
		all = append(all, d.holds())
		if i%10 == 9 {
			t.Logf("after %d deliveries: %+v", (i+1)*roundArrivals, all[i])
		}
	}
	d.rest()
	if n := d.engine.Store().Counts().All; n != hourRounds*roundArrivals {
		t.Errorf("%d captures were kept, expected %d", n, hourRounds*roundArrivals)
	}
	judgeHeld(t, all)
}

func minutes(t *testing.T) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(cmp.Or(os.Getenv("MINUTES"), "1") + "m")
	if err != nil || d <= 0 {
		t.Fatalf("MINUTES is %q, expected a number above 0", os.Getenv("MINUTES"))
	}
	return d
}

// judgeHeld compares the end with the first round, and thirds by their medians.
func judgeHeld(t *testing.T, all []held) {
	t.Helper()
	first, last := all[0], all[len(all)-1]
	if last.goroutines > first.goroutines+moreGoroutines {
		t.Errorf("%d goroutines after the first round, %d after the last, expected at most %d more", first.goroutines, last.goroutines, moreGoroutines)
	}
	if last.files > first.files+moreGoroutines {
		t.Errorf("%d descriptors after the first round, %d after the last, expected at most %d more", first.files, last.files, moreGoroutines)
	}
	third := len(all) / 3
	before, after := middleHeap(all[third:2*third]), middleHeap(all[2*third:])
	t.Logf("heap: median %.1f MB of the middle third, %.1f MB of the last", before, after)
	if after > before*heapFactor {
		t.Errorf("the heap grew from %.1f to %.1f MB, expected at most %v times as much", before, after, heapFactor)
	}
}

func middleHeap(all []held) float64 {
	var heaps []float64
	for _, h := range all {
		heaps = append(heaps, h.heap)
	}
	slices.Sort(heaps)
	return heaps[len(heaps)/2]
}

// liveThrough is one round: deliveries come, and meanwhile everything is opened
// and closed again.
func (d *desk) liveThrough(post *poster) {
	d.t.Helper()
	var arrived atomic.Bool
	go func() {
		defer arrived.Store(true)
		post.send(roundArrivals)
	}()
	for _, open := range []func(){
		d.openSettings, d.openTunnel, d.openShop, d.newEndpoint, d.openKeys, d.openAbout,
		func() { d.openSample("") }, func() { d.openPalette() }, func() { d.openClear() },
		func() { d.openEndpoint("Tweed") }, d.openUnmarked,
	} {
		open()
		d.runFor(10 * time.Millisecond)
		for d.closeTop() {
		}
	}
	for row := range min(5, d.list.rows.Count()) {
		d.list.rows.Select(row)
		for tab := range detail.TabNames() {
			d.runFor(10 * time.Millisecond)
			d.detail.pane.TurnTo(tab)
		}
		if d.detail.capture != nil {
			d.openEdit(*d.detail.capture)
			d.closeTop()
		}
	}
	d.win.Canvas().Capture()
	d.unselect()
	d.runUntil(arrived.Load)
}

// runFor runs what is queued for the UI goroutine for a while.
func (d *desk) runFor(length time.Duration) {
	end := time.Now().Add(length)
	d.runUntil(func() bool { return time.Now().After(end) })
}

// runUntil runs what is queued until done holds, and looks at that all the time.
func (d *desk) runUntil(done func() bool) {
	for !done() {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// holds looks at the process.
func (d *desk) holds() held {
	runtime.GC()
	runtime.GC() // what the first one finalized
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h := held{goroutines: runtime.NumGoroutine(), heap: float64(m.HeapAlloc) / 1e6}
	open, _ := os.ReadDir("/proc/self/fd") // none where there is no such folder
	for _, one := range open {
		if what, _ := os.Readlink("/proc/self/fd/" + one.Name()); !strings.Contains(what, "/data/") {
			h.files++
		}
	}
	return h
}

// poster sends one message again and again, each time with an id of its own.
type poster struct {
	t       *testing.T
	url     string
	message signature.Message
	sent    atomic.Int64
}

// send sends n, over a few connections that it closes.
func (p *poster) send(n int) {
	const connections = 8
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var group sync.WaitGroup
	for range connections {
		group.Go(func() {
			for range n / connections {
				if err := p.one(client); err != nil {
					p.t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

func (p *poster) one(client *http.Client) error {
	r, err := http.NewRequest(p.message.Method, p.url, bytes.NewReader(p.message.Body))
	if err != nil {
		return err
	}
	for _, f := range p.message.Header {
		if f.Name != "Host" && f.Name != "Content-Length" {
			r.Header.Set(f.Name, f.Value)
		}
	}
	r.Header.Set("X-Tweed-Delivery", fmt.Sprint("hour-", p.sent.Add(1)))
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("a delivery was answered %s, expected 200", answer.Status)
	}
	return nil
}
