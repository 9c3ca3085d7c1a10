//go:build bench && linux

package bench

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"shopbell/inspector/badgerstore"
)

// Stores for retention span ten days; the first nine expire.
const (
	keptDays    = 30
	filledDays  = 10
	expiredDays = 9
)

// retainTask is to open a store of which a part has expired, and to keep
// captures all the while.
type retainTask struct{ Dir string }

// retained is what came of it.
type retained struct {
	Back    float64 // share of the expired bytes that was given back in time
	Enough  float64 // seconds until enoughBack was given back; 0 when that was not reached
	Longest float64 // milliseconds, of a Keep meanwhile
	Calm    float64 // milliseconds, the longest in calmTime afterwards
}

const (
	retainTime = 10 * time.Second
	calmTime   = 5 * time.Second
	enoughBack = 0.8
)

func retain(task retainTask) (r retained, err error) {
	before, err := usedBytes(task.Dir)
	if err != nil {
		return r, err
	}
	stays, err := journalBytes(task.Dir)
	if err != nil {
		return r, err
	}
	expired := float64(before-stays) * expiredDays / filledDays
	began := time.Now()
	s, err := badgerstore.Open(badgerstore.Options{Dir: task.Dir, Days: keptDays})
	if err != nil {
		return r, err
	}
	p := startProbe(s)
	for time.Since(began) < retainTime {
		time.Sleep(100 * time.Millisecond)
		now, err := usedBytes(task.Dir)
		if err != nil {
			return r, err
		}
		if r.Back = float64(before-now) / expired; r.Back >= enoughBack && r.Enough == 0 {
			r.Enough = time.Since(began).Seconds()
		}
	}
	r.Longest = millis(time.Duration(p.longest.Swap(0)))
	time.Sleep(calmTime)
	r.Calm = millis(time.Duration(p.longest.Load()))
	close(p.stop)
	if err := <-p.ended; err != nil {
		return r, err
	}
	return r, s.Close()
}

// journalBytes is what the journal takes: its files are written over and over,
// and hold what came last, whatever expires.
func journalBytes(dir string) (total int64, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "journal.*"))
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		total += info.Size()
	}
	return total, err
}

// probe keeps one small capture after another and notes the longest that one took.
type probe struct {
	longest atomic.Int64
	stop    chan struct{}
	ended   chan error
}

func startProbe(s *badgerstore.Store) *probe {
	p := &probe{stop: make(chan struct{}), ended: make(chan error, 1)}
	go func() {
		for n := os.Getpid() << 20; ; n++ { // none of those that are there
			select {
			case <-p.stop:
				p.ended <- nil
				return
			case <-time.After(2 * time.Millisecond):
			}
			began := time.Now()
			if err := s.Keep(context.Background(), capture(n, []byte(`{"probe":true}`), began)); err != nil {
				p.ended <- err
				return
			}
			p.longest.Store(max(p.longest.Load(), int64(time.Since(began))))
		}
	}()
	return p
}
