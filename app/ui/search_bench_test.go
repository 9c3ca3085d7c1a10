package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers"
)

// searchRows is how many captures the benchmark looks through; SEARCH_ROWS
// names another number, and SEARCH_DIR a folder that keeps them for the next run.
const searchRows = 100_000

// BenchmarkSearchAsYouType types searches letter by letter, the next letter as
// soon as the last one showed something. first-ms is from a letter to the rows
// on their way to the screen, or to "still searching"; rows-ms to the first row,
// none of which is shown by a search that finds nothing.
func BenchmarkSearchAsYouType(b *testing.B) {
	e := benchEngine(b)
	for _, c := range []struct{ name, text string }{
		{"rare-word", "ord_000000777"}, {"common-word", "Kowalski"}, {"no-such-word", "qqxyzzyqq"}, {"two-letters-nowhere", "qz"},
		{"outcome", "outcome:mismatch"}, {"path-in-body", "body.data.total:>999"}, {"several", "status:503 order.paid since:1h"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var first, rows []float64
			for b.Loop() {
				r := typeSearch(b, e, c.text)
				first, rows = append(first, r.first...), append(rows, r.rows...)
			}
			for name, figures := range map[string][]float64{"first": first, "rows": rows} {
				if slices.Sort(figures); len(figures) > 0 {
					b.ReportMetric(figures[len(figures)/2], name+"-ms")
					b.ReportMetric(figures[len(figures)-1], name+"-worst-ms")
				}
			}
		})
	}
}

// shownAfter are the times of one search, a letter each, in milliseconds.
type shownAfter struct{ first, rows []float64 }

// typeSearch types a text on a refresher of its own and waits for each letter.
func typeSearch(b *testing.B, e *engine.Engine, text string) (r shownAfter) {
	updates := make(chan update, 1)
	ctx, cancel := context.WithCancel(b.Context())
	f := newRefresher(ctx, e, time.Now, func(u update) {
		select {
		case <-updates: // nobody looked at it
		default:
		}
		updates <- u
	})
	done := make(chan struct{})
	go func() { defer close(done); f.run() }()
	for end := range text {
		typed := text[:end+1]
		began := time.Now()
		q, err := inspector.ParseQuery(typed, time.Now())
		if err != nil {
			continue // the field says so and the list stays
		}
		q.Terms()
		number, first := f.choose(scope{}, q, true), true
		for u := range updates {
			if u.number != number || u.list == nil || u.list.query.String() != typed {
				continue
			}
			took := float64(time.Since(began).Microseconds()) / 1000
			if first {
				r.first, first = append(r.first, took), false
			}
			if u.extent.end > u.extent.top {
				r.rows = append(r.rows, took)
				break
			}
			if !u.extent.found.looking || time.Since(began) > 300*time.Millisecond {
				break // there is none, or the next letter comes
			}
		}
	}
	cancel()
	<-done
	return r
}

func benchEngine(b *testing.B) *engine.Engine {
	b.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	dir := os.Getenv("SEARCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	chosen := settings.Default()
	chosen.Tunnel.Listen, chosen.Keep = "127.0.0.1:0", settings.Keep{}
	e, err := engine.Start(b.Context(), engine.Options{
		Settings: chosen, DataDir: filepath.Join(dir, "data"), Catalog: catalog, Vault: settings.Vault{Keyring: memoryKeyring()},
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	count := searchRows
	if n, err := strconv.Atoi(os.Getenv("SEARCH_ROWS")); err == nil {
		count = n
	}
	var wg sync.WaitGroup
	const senders = 64
	have := e.Store().Counts().All
	for s := range senders {
		wg.Go(func() {
			for i := have + s; i < count; i += senders {
				c := orderCapture(i)
				if err := e.Store().Keep(b.Context(), &c); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return e
}

// orderCapture is a delivery of half a kilobyte, of which each is different.
func orderCapture(i int) inspector.Capture {
	c := someCapture(fmt.Sprintf("evt_%012d", i))
	c.Event = []string{"order.paid", "order.created", "refund.done"}[i%3]
	c.Status, c.Attempts = 200, 1
	if i%5000 == 77 {
		c.Status, c.Outcome = 503, "mismatch"
	}
	c.Message.Body = fmt.Appendf(nil, `{"id":"evt_%012d","type":%q,"livemode":true,"data":{"order":"ord_%09d","total":%d.%02d,"currency":"PLN",
"customer":{"name":"Jan Kowalski %d","email":"jan.kowalski%d@example.pl","address":{"street":"Marszałkowska %d","city":"Warszawa"}},
"items":[{"sku":"SKU-%05d","name":"Kubek ceramiczny z nadrukiem","quantity":%d}],"payment":{"method":"card","last4":"%04d"}}}`,
		i, c.Event, i, i%1000, i%100, i, i, i%200, i%2000, i%5+1, i*7%10000)
	c.Size = int64(len(c.Message.Body))
	return c
}
