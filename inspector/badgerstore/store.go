// Package badgerstore keeps captures in Badger: durable before anyone is told
// so, many captures to one sync, the oldest dropped by age and size.
//
// Start with Store and Open here; committer.go is the only place that writes,
// journal.go makes that durable, keys.go and record.go are the format on disk, read.go is every question that
// can be asked.
package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Options say where and how long captures are kept.
type Options struct {
	// Dir is the folder of the store; it is made with mode 0700 if missing.
	Dir string
	// Days is the age in days above which captures go; 0 keeps them. Pinned
	// captures stay.
	Days int
	// Size is the bytes on disk above which the oldest go; 0 is no limit.
	// Pinned captures stay. What is deleted leaves the disk file by file, so
	// that for a while more is in use than is kept.
	Size int64
	// Reserve is the free disk space in bytes below which Keep answers
	// inspector.ErrFull; 0 means 128 MiB. Badger writes through mapped sparse
	// files, and a disk that fills up under such a file kills the process.
	Reserve int64
	// Key encrypts what is kept, with AES-256 by keys derived from it; none keeps
	// it as it is. A store takes the key that it was made with and no other;
	// losing it loses the captures.
	Key []byte
	// Now is the clock; time.Now when nil.
	Now func() time.Time
	// Log gets what Badger warns of; slog.DiscardHandler when nil.
	Log *slog.Logger

	segment int // captures to a segment of the index; 0 is segmentSize, below 0 none is made
}

// Store keeps captures; it is an inspector.Store.
type Store struct {
	dir     string
	days    atomic.Int64 // as in Options, set by Limit
	size    atomic.Int64
	now     func() time.Time
	log     *slog.Logger
	db      *badger.DB
	reserve atomic.Int64
	damaged int // tables that were set aside at open

	queue      *queue
	records    recordPool
	captureIDs sequence // used by the committer only
	// sending holds the rows of captures that are being sent, which change next;
	// used by the committer only.
	sending  map[ulid.ULID]row
	began    time.Time    // when the store was opened
	binDue   atomic.Int64 // when to look into the bin, in nanoseconds of 1970; 0 while it is empty
	tally    tally
	activity activity
	index    *index
	feed     inspector.Feed

	// commits is held while Badger takes a commit and while it compacts, which
	// refuses writes.
	commits   sync.Mutex
	journal   *journal
	disk      spaceMeter
	committed atomic.Int64
	failure   atomic.Pointer[error]

	gate     sync.RWMutex // held for reading while Badger is in use
	closed   bool
	closing  chan struct{}
	retain   chan struct{}
	room     room
	retainMu sync.Mutex
	key      []byte       // of Options
	changed  bool         // by load, in Badger alone
	trial    trial        // guarded by retainMu
	retained atomic.Int64 // bytes of all records after the last retention
	// retainedAt is when that was, in nanoseconds of 1970.
	retainedAt atomic.Int64
	work       sync.WaitGroup
}

var _ inspector.Store = (*Store)(nil)

// Open opens or makes the store in o.Dir. When another process holds it the
// error wraps ErrLocked; when a newer Shopbell wrote it, ErrNewer; when its
// files cannot be read, ErrCorrupt.
func Open(o Options) (*Store, error) {
	s := newStore(o)
	db, err := openBadger(s, o)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", o.Dir, err)
	}
	s.db = db
	if err := s.load(); err != nil {
		if s.journal != nil {
			_ = s.journal.close() // the first error is the one to tell
		}
		_ = db.Close()
		return nil, fmt.Errorf("open store %q: %w", o.Dir, err)
	}
	s.work.Add(1)
	cutOff := slices.Collect(maps.Values(s.sending)) // before the committer has them
	go s.commitLoop()
	if err := s.endAttempts(context.Background(), cutOff); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %q: %w", o.Dir, err), s.Close())
	}
	s.work.Add(2)
	go s.retainLoop()
	go s.countLoop()
	if o.segment >= 0 {
		s.work.Add(1)
		go s.sealLoop()
	}
	return s, nil
}

func newStore(o Options) *Store {
	s := &Store{
		dir: o.Dir, key: o.Key, now: o.Now, log: o.Log,
		queue:    newQueue(queueBytes),
		sending:  map[ulid.ULID]row{},
		index:    newIndex(o.segment),
		activity: newActivity(),
		closing:  make(chan struct{}),
		retain:   make(chan struct{}, 1),
	}
	s.days.Store(int64(o.Days))
	s.size.Store(o.Size)
	s.disk.ask = s.freeSpace
	s.reserve.Store(o.Reserve)
	if o.Reserve == 0 {
		s.reserve.Store(defaultReserve)
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.began = s.now()
	s.binDue.Store(1) // nobody looked yet
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	return s
}

// load checks the stamp and reads what the store holds in memory.
func (s *Store) load() error {
	if err := s.checkStamp(); err != nil {
		return err
	}
	if err := s.openJournal(); err != nil {
		return err
	}
	if s.damaged > 0 { // then figures and rows may no longer agree
		if err := s.db.Update(func(txn *badger.Txn) error { return txn.Set(recountKey(), nil) }); err != nil {
			return err
		}
	}
	if err := s.loadTally(); err != nil {
		return err
	}
	if err := s.loadIDs(); err != nil {
		return err
	}
	if err := s.loadSweep(); err != nil {
		return err
	}
	if err := s.index.load(s.db); err != nil {
		return err
	}
	s.tally.measured(diskUsage(s.dir))
	s.noteRoom(s.freeSpace())
	if s.changed { // not by way of the journal
		return s.journal.badger.sync()
	}
	return nil
}

// Close makes everything queued durable and closes the store. Later calls of
// any method but Counts fail; a second Close does nothing.
func (s *Store) Close() error {
	if !s.queue.close() {
		return nil
	}
	close(s.closing)
	s.work.Wait()
	s.gate.Lock()
	defer s.gate.Unlock()
	s.closed = true
	if s.failure.Load() != nil {
		return s.abandon()
	}
	err := s.db.Close()
	if err == nil {
		err = s.journal.checkpoint()
	}
	if err = errors.Join(err, s.journal.close()); err != nil {
		return fmt.Errorf("close store %q: %w", s.dir, err)
	}
	return nil
}

// abandonAfter is how long a store whose disk failed is given to close.
const abandonAfter = 3 * time.Second

// abandon closes a store whose disk failed. Badger tries for ever to write what
// it has in memory, so it is not waited for; the journal holds all that was
// acknowledged, and is played again at the next start.
func (s *Store) abandon() error {
	done := make(chan error, 1)
	go func() { done <- s.db.Close() }()
	select {
	case err := <-done:
		return errors.Join(err, s.journal.close())
	case <-time.After(abandonAfter):
		return fmt.Errorf("close store %q: %w", s.dir, *s.failure.Load())
	}
}

// openJournal opens the journal and plays what Badger may have lost.
func (s *Store) openJournal() (err error) {
	seal, err := journalSeal(s.key)
	if err != nil {
		return err
	}
	s.journal, err = openJournal(s.dir, seal, func(entries []entry) error {
		b := s.db.NewWriteBatch()
		defer b.Cancel()
		for _, e := range entries {
			if err := e.write(b); err != nil {
				return err
			}
		}
		return b.Flush()
	})
	return err
}

// Commits tells how many commits were made since Open. Each is one transaction
// and one sync, whatever the number of captures in it.
func (s *Store) Commits() int64 { return s.committed.Load() }

// Counts returns the figures of the sidebar.
func (s *Store) Counts() inspector.Counts {
	c := s.tally.counts()
	c.Free, c.Low, c.TurnedAway = s.room.free.Load(), s.room.low.Load(), s.room.turnedAway.Load()
	return c
}

// Subscribe returns a channel that gets a value when anything changed, and the
// function that ends the subscription.
func (s *Store) Subscribe() (<-chan struct{}, func()) { return s.feed.Subscribe() }

// Sync returns when everything queued before it is durable.
func (s *Store) Sync(ctx context.Context) error {
	return s.do(ctx, &op{apply: func(*batch) error { return nil }})
}

// untilClosing returns a context for background work that ends when the store
// begins to close; cancel must be called when the work ends.
func (s *Store) untilClosing() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-s.closing:
		case <-ctx.Done():
		}
		cancel()
	}()
	return ctx, cancel
}

// enter keeps Badger open until leave; it fails once the store is closed.
func (s *Store) enter() error {
	s.gate.RLock()
	if s.closed {
		s.gate.RUnlock()
		return ErrClosed
	}
	return nil
}

func (s *Store) leave() { s.gate.RUnlock() }
