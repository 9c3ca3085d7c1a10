package badgerstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

// BenchmarkKeep keeps captures of 1.5 KB from several sides. In the same run it
// times one writer with plain synced Badger transactions, and a plain file with
// write and fsync: x_badger and x_fsync say how many times as fast as those.
func BenchmarkKeep(b *testing.B) {
	for _, writers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("%dwriters", writers), func(b *testing.B) {
			s := openTest(b, Options{})
			record := make([]byte, 2<<10)
			b.ResetTimer()
			before := s.Commits()
			keepFrom(b, s, writers)
			each := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(b.N)/float64(s.Commits()-before), "captures/sync")
			b.StopTimer()
			b.ReportMetric(float64(plainBadger(b, record))/float64(each), "x_badger")
			b.ReportMetric(float64(plainFile(b, record))/float64(each), "x_fsync")
		})
	}
}

func keepFrom(b *testing.B, s *Store, writers int) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				id := fmt.Sprintf("%012d", n)
				if err := s.Keep(context.Background(), sample("live", id, strings.Repeat(id, 1500/12))); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

const plainWrites = 300

// plainBadger returns the time of one synced transaction of one writer.
func plainBadger(b *testing.B, record []byte) time.Duration {
	db, err := badger.Open(badger.DefaultOptions(b.TempDir()).WithLogger(nil).WithSyncWrites(true))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	start := time.Now()
	for i := range plainWrites {
		err := db.Update(func(txn *badger.Txn) error { return txn.Set(fmt.Append(nil, i), record) })
		if err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start) / plainWrites
}

// plainFile returns the time of one write and fsync.
func plainFile(b *testing.B, record []byte) time.Duration {
	f, err := os.Create(filepath.Join(b.TempDir(), "file"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	start := time.Now()
	for range plainWrites {
		if _, err := f.Write(record); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start) / plainWrites
}

// BenchmarkLook times what a window and a search ask of 100,000 captures.
func BenchmarkLook(b *testing.B) {
	const captures = 100_000
	s, ctx := openTest(b, Options{}), context.Background()
	var wg sync.WaitGroup
	for w := range 64 {
		wg.Go(func() {
			for i := w; i < captures; i += 64 {
				id := fmt.Sprintf("%012d", i)
				if err := s.Keep(ctx, sample("live", id, strings.Repeat(id, 600/12))); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for name, ask := range map[string]struct {
		query string
		limit int
	}{"newest50": {"", 50}, "summaries": {"event:nowhere", 0}, "bodies": {"nowhere", 0}} {
		q, err := inspector.ParseQuery(ask.query, time.Now())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Page(ctx, q, [16]byte{}, ask.limit); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
