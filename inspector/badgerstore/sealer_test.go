package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

// indexed opens a store with n captures of which those before the last few are
// in segments of 16.
func indexed(t *testing.T, o Options, n int) *Store {
	t.Helper()
	o.segment = 16
	s := openTest(t, o)
	for i := range n {
		keep(t, s, sample("live", fmt.Sprintf("evt_%05d", i), fmt.Sprintf(`{"order":"ord_%05d"}`, i)))
	}
	sealed(t, s)
	return s
}

// looked is how many captures a query reads of how many it finds.
func looked(t *testing.T, s *Store, text string) (read, found int) {
	t.Helper()
	q, err := inspector.ParseQuery(text, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	p := newPlan(q.Needs())
	err = s.view(context.Background(), func(txn *badger.Txn) error {
		segments, _, err := readSegments(txn)
		for _, g := range segments {
			set, err := p.candidates(newReader(txn, g))
			if err != nil {
				return err
			}
			read += set.count() + len(g.touched(txn))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return read, len(page(t, s, text))
}

// reads is how many captures most searches of a pattern read, each with another
// number, and how many did not find want. Ids of captures are random: now and
// then one shares a row of the index with what is looked for.
func reads(t *testing.T, s *Store, pattern string, want int) (most, wrong int) {
	t.Helper()
	var all []int
	for n := range 15 {
		read, found := looked(t, s, fmt.Sprintf(pattern, n))
		all = append(all, read)
		if found != want {
			wrong++
		}
	}
	slices.Sort(all)
	return all[len(all)/2], wrong
}

func TestASearchReadsHardlyMoreThanItFinds(t *testing.T) {
	s := indexed(t, Options{}, 160)
	for pattern, want := range map[string]int{"ord_%05d": 1, "id:evt_%05d": 1, "body.order:ord_%05d": 1, `"ORD_%04d"`: 10, "nowhere%d": 0} {
		if most, wrong := reads(t, s, pattern, want); wrong > 0 || most > want+10 {
			t.Errorf("%s: %d read for most numbers and %d times another number found than %d", pattern, most, wrong, want)
		}
	}
}

func TestASegmentIsOfOneDayAndADayThatIsOverIsSealed(t *testing.T) {
	at := newClock(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Now: at.now, segment: 16})
	for day := range 3 {
		for i := range 20 {
			keep(t, s, sample("live", fmt.Sprint(day, i), "x"))
		}
		at.set(at.now().AddDate(0, 0, 1))
	}
	sealed(t, s)
	sizes := []int{}
	for _, g := range segmentsOf(t, s) {
		sizes = append(sizes, g.n)
	}
	if fmt.Sprint(sizes) != "[16 4 16 4 16 4]" {
		t.Errorf("segments of %v captures, want 16 and 4 of each day", sizes)
	}
}

func TestASegmentWithoutARecordIsNotSearched(t *testing.T) {
	dir := t.TempDir()
	s := indexed(t, Options{Dir: dir}, 40)
	// As if the process had died before the records were written.
	removeKinds(t, s, kindSegment)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir, segment: 16})
	if n := len(page(t, s, "ord_00007")); n != 1 {
		t.Errorf("found %d, want 1", n)
	}
	sealed(t, s)
	if n := len(segmentsOf(t, s)); n != 2 {
		t.Errorf("%d segments were made again, want 2", n)
	}
	numbers := map[string]bool{}
	for _, key := range s.keysOf([]byte{kindPosting}, 1<<20) {
		numbers[string(key[:dayLen+4])] = true
	}
	if len(numbers) != 2 {
		t.Errorf("postings of %d segments are left, want 2", len(numbers))
	}
}

func TestADamagedSegmentIsReadOneByOneAndMadeAgain(t *testing.T) {
	for name, harm := range map[string]func(*badger.Txn, []byte) error{
		"missing": func(txn *badger.Txn, key []byte) error { return txn.Delete(key) },
		"changed": func(txn *badger.Txn, key []byte) error { return txn.Set(key, []byte("something else")) },
		"empty":   func(txn *badger.Txn, key []byte) error { return txn.Set(key, nil) },
	} {
		for _, kind := range []byte{kindSegment, kindPosting} {
			s := indexed(t, Options{}, 40)
			for _, key := range s.keysOf([]byte{kind}, 1<<20) {
				if err := s.db.Update(func(txn *badger.Txn) error { return harm(txn, key) }); err != nil {
					t.Fatal(err)
				}
			}
			for _, text := range []string{"ord_00007", "id:evt_00020", "outcome:verified -ord_00007"} {
				want := 1
				if text[0] == 'o' && text[1] == 'u' {
					want = 39
				}
				if n := len(page(t, s, text)); n != want {
					t.Errorf("%c %s: %s finds %d, want %d", kind, name, text, n, want)
				}
			}
			sealed(t, s)
			if n := len(segmentsOf(t, s)); n != 2 {
				t.Errorf("%c %s: %d segments, want them made again", kind, name, n)
			}
			if most, wrong := reads(t, s, "ord_%05d", 1); wrong > 0 || most > 3 {
				t.Errorf("%c %s: %d read for most numbers, %d not found", kind, name, most, wrong)
			}
		}
	}
}

func TestASegmentOfWhichMuchChangedIsMadeAgain(t *testing.T) {
	s := indexed(t, Options{}, 16)
	for _, c := range page(t, s, "") {
		record(t, s, &inspector.Delivery{Capture: c.ID, Status: 503}, inspector.Done)
	}
	flushed(t, s)
	sealed(t, s)
	sealed(t, s)
	if n := len(s.keysOf([]byte{kindTouched}, 100)); n != 0 {
		t.Errorf("%d changed captures are still read by every search", n)
	}
	if most, wrong := reads(t, s, "status:2%02d", 0); wrong > 0 || most > 1 {
		t.Errorf("%d read, %d times some found; want none", most, wrong)
	}
	if _, found := looked(t, s, "status:503"); found != 16 {
		t.Errorf("%d found, want 16", found)
	}
}

func TestASegmentGoesWithItsCaptures(t *testing.T) {
	at := newClock(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	s := indexed(t, Options{Now: at.now, Days: 30}, 40)
	at.set(at.now().AddDate(0, 0, 60))
	c := sample("live", "new", "x")
	c.Received = at.now()
	keep(t, s, c)
	retain(t, s)
	sealed(t, s)
	sealed(t, s)
	for _, kind := range []byte{kindSegment, kindPosting, kindTouched} {
		if n := len(s.keysOf([]byte{kind}, 1<<20)); n != 0 {
			t.Errorf("%d keys of kind %c are left", n, kind)
		}
	}
	if n := len(page(t, s, "live")); n != 1 {
		t.Errorf("found %d, want the new one", n)
	}
}

func removeKinds(t *testing.T, s *Store, kind byte) {
	t.Helper()
	for _, key := range s.keysOf([]byte{kind}, 1<<20) {
		if err := s.db.Update(func(txn *badger.Txn) error { return txn.Delete(key) }); err != nil {
			t.Fatal(err)
		}
	}
}
