package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"shopbell/inspector"
)

func TestBackupComesBackWhole(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	from := filepath.Join(dir, "from")
	if err := os.Mkdir(from, 0o700); err != nil {
		t.Fatal(err)
	}
	bulk{captures: 300, days: 3, end: noon, body: 1500, change: mixed}.write(t, from)
	s := openTest(t, Options{Dir: from})
	var made bytes.Buffer
	head, err := s.Backup(ctx, &made)
	if err != nil || head.Captures != 300 {
		t.Fatalf("backup of %d captures, %v", head.Captures, err)
	}
	file := filepath.Join(dir, "backup")
	into := filepath.Join(dir, "into", "captures")
	for name, spoil := range map[string]func([]byte) []byte{
		"cut":     func(b []byte) []byte { return b[:len(b)-100] },
		"changed": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"other":   func([]byte) []byte { return []byte("something else\n") },
		"empty":   func([]byte) []byte { return nil },
	} {
		if err := os.WriteFile(file, spoil(bytes.Clone(made.Bytes())), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(ctx, file, Options{Dir: into}); !errors.Is(err, ErrBackup) {
			t.Errorf("%s: %v, want ErrBackup", name, err)
		}
		if _, err := os.Stat(into); err == nil {
			t.Errorf("%s: a store was made of it", name)
		}
	}
	if err := os.WriteFile(file, made.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := Restore(ctx, file, Options{Dir: into}); err != nil || r.Captures != 300 || r.Wrong != 0 {
		t.Fatalf("restored %+v, %v", r, err)
	}
	if _, err := Restore(ctx, file, Options{Dir: into}); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("restored over a store: %v", err)
	}
	back := openTest(t, Options{Dir: into})
	for _, one := range page(t, s, "") {
		want, err := s.Get(ctx, one.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := back.Get(ctx, one.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("capture %s came back changed: %v", one.ID, err)
		}
	}
}

func TestCheckNamesWhatIsWrongAndRepairMendsWhatFollows(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	a, b := keep(t, s, sample("live", "1", "x")), keep(t, s, sample("live", "2", "y"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r := row{Summary: a.Summary, content: a.ContentHash}
	writeKey(t, dir, dayPrefix(kindDay, dayOf(a.ID)), (&day{count: 7, last: b.ID}).encode())
	writeKey(t, dir, waitingKey("gone", b.ID), []byte("gone"))
	writeKey(t, dir, againByID(&r, false), []byte{recordVersion})
	check := func() Report {
		s := openTest(t, Options{Dir: dir})
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		r, err := s.Check(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	found := check()
	if found.Wrong != 3 {
		t.Errorf("found %+v, expected the figures, the queue and the index", found)
	}
	for _, p := range found.Problems {
		if !p.Mends {
			t.Errorf("%q cannot be mended", p.Says)
		}
	}
	if err := Repair(ctx, Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	if left := check(); left.Wrong != 0 || left.Captures != 2 {
		t.Errorf("after the repair %+v", left)
	}
}

func TestCheckNamesCapturesOfACutValueLog(t *testing.T) {
	for _, size := range []int64{1000, 20, 5, 0} {
		dir, ctx := t.TempDir(), context.Background()
		s := openTest(t, Options{Dir: dir})
		lost, kept := keep(t, s, sample("live", "1", large("x"))), keep(t, s, sample("live", "2", "small"))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		cutFile(t, dir, "*.vlog", size)
		s = openTest(t, Options{Dir: dir})
		r, err := s.Check(ctx)
		if err != nil || r.Wrong != 1 || r.Problems[0].Capture != lost.ID.String() {
			t.Errorf("cut to %d bytes: %+v, %v; expected the one that was lost", size, r, err)
		}
		if _, err := s.Get(ctx, kept.ID); err != nil {
			t.Errorf("cut to %d bytes: the other capture: %v", size, err)
		}
	}
}

// cutFile cuts the first file of that name to size.
func cutFile(t *testing.T, dir, name string, size int64) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, name))
	if err != nil || len(files) == 0 {
		t.Fatalf("no file %s: %v", name, err)
	}
	if err := os.Truncate(files[0], size); err != nil {
		t.Fatal(err)
	}
}

func TestCutTableCostsOnlyWhatWasInIt(t *testing.T) {
	for _, size := range []int64{5000, 3, -1} {
		dir, ctx := t.TempDir(), context.Background()
		bulk{captures: 6000, days: 9, end: noon, body: 40}.write(t, dir)
		s := openTest(t, Options{Dir: dir})
		if _, _, err := s.Compact(ctx); err != nil { // into many tables
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if size < 0 {
			files, _ := filepath.Glob(filepath.Join(dir, "*.sst"))
			if err := os.Remove(files[0]); err != nil {
				t.Fatal(err)
			}
		} else {
			cutFile(t, dir, "*.sst", size)
		}
		s = openTest(t, Options{Dir: dir})
		if got, want := withoutBytes(s.Counts()), scan(t, s); !reflect.DeepEqual(got, want) {
			t.Errorf("cut to %d bytes: counts %+v, scanned %+v", size, got, want)
		}
		r, err := s.Check(ctx)
		if err != nil || r.Wrong == 0 || r.Captures+r.Deliveries == 0 {
			t.Errorf("cut to %d bytes: %d captures, %d deliveries, %d wrong, %v; expected most to be left", size, r.Captures, r.Deliveries, r.Wrong, err)
		}
		keep(t, s, sample("live", "new", "x"))
	}
}

func TestCompactionGivesSpaceBack(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	c := keep(t, s, sample("live", "1", "x"))
	before, after, err := s.Compact(ctx)
	if err != nil || before == 0 || after == 0 {
		t.Errorf("%d bytes before, %d after, %v", before, after, err)
	}
	if _, err := s.Get(ctx, c.ID); err != nil {
		t.Error(err)
	}
	sound(t, s)
}

func TestLowDiskAndThoseTurnedAwayAreCounted(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	keep(t, s, sample("live", "1", "x"))
	free, err := freeSpace(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	reserve := s.reserve.Load()
	s.reserve.Store(free / 2) // low, but not full
	keep(t, s, sample("live", "2", "y"))
	if n := s.Counts(); !n.Low || n.Free <= 0 || n.TurnedAway != 0 {
		t.Errorf("counts %+v, expected a low disk", n)
	}
	s.reserve.Store(2 * free)
	if err := s.Keep(ctx, sample("live", "3", "z")); !errors.Is(err, inspector.ErrFull) {
		t.Errorf("Keep: %v, want ErrFull", err)
	}
	s.reserve.Store(reserve)
	keep(t, s, sample("live", "4", "z"))
	if n := s.Counts(); n.TurnedAway != 1 || n.Low != (free < lowFactor*reserve) {
		t.Errorf("counts %+v, expected one turned away", n)
	}
}

func TestClockThatIsWrongForAMomentCostsNothing(t *testing.T) {
	at := newClock(noon)
	s := openTest(t, Options{Days: 30, Now: at.now})
	c := sample("live", "1", "x")
	c.Received = at.now()
	keep(t, s, c)
	at.set(noon.AddDate(10, 0, 0))
	retain(t, s)
	retain(t, s)
	at.set(noon.Add(time.Hour))
	retain(t, s)
	if n := s.Counts().All; n != 1 {
		t.Errorf("%d captures, expected the one", n)
	}
	// What is as old when the clock has proved itself goes.
	at.set(noon.AddDate(10, 0, 0))
	retain(t, s)
	s.retainMu.Lock()
	s.trial.began = s.trial.began.Add(-time.Hour)
	s.trial.wall = s.trial.wall.Add(-time.Hour)
	s.retainMu.Unlock()
	retain(t, s)
	if n := s.Counts().All; n != 0 {
		t.Errorf("%d captures, expected it to go after a while", n)
	}
}

func TestIDsBeginADayWithEachDayAlsoAheadOfTheClock(t *testing.T) {
	at := newClock(noon.AddDate(5, 0, 0))
	dir := t.TempDir()
	s := openTest(t, Options{Dir: dir, Now: at.now})
	last := keepOverDays(t, s, at, 1, func(int) string { return "x" })[0]
	for i := range 3 {
		at.set(noon.AddDate(0, 0, i))
		if i == 2 { // and also over a restart
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = openTest(t, Options{Dir: dir, Now: at.now})
		}
		c := sample("live", "y", "y")
		c.Received = at.now()
		id := keep(t, s, c).ID
		if id.Compare(last) <= 0 || i > 0 && dayOf(id) == dayOf(last) {
			t.Errorf("day %d: id %s after %s, expected a later one of a new day", i, id, last)
		}
		last = id
	}
}
