package badgerstore

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkRetain fills a store of ten days and lets nine of them go while four
// sides keep captures. It prints the share of the disk given back, the seconds
// that took, and the longest Keep meanwhile and in the second before. Open is
// timed too. BADGERSTORE_BENCH_CAPTURES is how many captures; 60,000 without.
func BenchmarkRetain(b *testing.B) {
	captures, err := strconv.Atoi(os.Getenv("BADGERSTORE_BENCH_CAPTURES"))
	if err != nil {
		captures = 60_000
	}
	for b.Loop() {
		b.StopTimer()
		dir, at := b.TempDir(), newClock(noon.Add(12*time.Hour))
		bulk{captures: captures, days: 10, end: noon.Add(12*time.Hour - time.Second), body: 1500}.write(b, dir)
		s := openTest(b, Options{Dir: dir, Now: at.now}) // which brings it forward
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		s = openTest(b, Options{Dir: dir, Now: at.now})
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "open_ms")
		if err := s.Retain(context.Background()); err != nil {
			b.Fatal(err)
		}
		before := diskUsage(dir)
		var longest atomic.Int64
		stop := keepAlong(b, s, at, &longest)
		time.Sleep(time.Second)
		b.ReportMetric(float64(longest.Swap(0))/1e6, "keep_ms_before")
		s.days.Store(1)
		b.StartTimer()
		began = time.Now()
		if err := s.Retain(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s")
		b.StopTimer()
		b.ReportMetric(float64(longest.Load())/1e6, "keep_ms_longest")
		stop()
		expired := float64(before) * float64(captures-s.Counts().Endpoint["live"]) / float64(captures)
		b.ReportMetric(float64(before-diskUsage(dir))/expired, "share_back")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// keepAlong keeps captures from four sides until stop and notes the longest Keep
// in nanoseconds.
func keepAlong(b *testing.B, s *Store, at *clock, longest *atomic.Int64) (stop func()) {
	var wg sync.WaitGroup
	var ended atomic.Bool
	for w := range 4 {
		wg.Go(func() {
			for i := 0; !ended.Load(); i++ {
				c := sample("new", fmt.Sprint(w, "-", i), fmt.Sprint(w, i))
				c.Received = at.now()
				began := time.Now()
				if err := s.Keep(context.Background(), c); err != nil {
					b.Error(err)
				}
				took := int64(time.Since(began))
				for old := longest.Load(); took > old && !longest.CompareAndSwap(old, took); old = longest.Load() {
				}
				time.Sleep(2 * time.Millisecond)
			}
		})
	}
	return func() {
		ended.Store(true)
		wg.Wait()
	}
}
