package badgerstore

import (
	"context"
	"encoding/binary"
	"os"
	"reflect"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// mixed gives captures all states, some pins and some failures.
func mixed(i int, c *inspector.Capture) {
	c.State = states()[i%4]
	c.Pinned = i%17 == 3
	if i%5 == 0 {
		c.Endpoint = "test"
	}
	if i%7 == 0 {
		c.Outcome, c.Cover = signature.Mismatch, ""
	}
}

// sound checks a store as "store check" does.
func sound(t *testing.T, s *Store) Report {
	t.Helper()
	r, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("check: %s %s", p.Capture, p.Says)
	}
	return r
}

func TestStoreOfVersion1IsBroughtForward(t *testing.T) {
	dir := t.TempDir()
	bulk{captures: 400, days: 5, end: noon, body: 40, change: mixed}.write(t, dir)
	for range 2 { // as it is brought forward, and from its records
		s := openTest(t, Options{Dir: dir})
		if got, want := withoutBytes(s.Counts()), scan(t, s); !reflect.DeepEqual(got, want) || got.All != 400 || got.Waiting != 100 {
			t.Errorf("counts %+v, scanned %+v, expected 400 captures of which 100 wait", got, want)
		}
		if r := sound(t, s); r.Captures != 400 || r.Deliveries != 400 {
			t.Errorf("%d captures and %d deliveries, expected 400 of each", r.Captures, r.Deliveries)
		}
		if version, err := s.readStamp(); version != formatVersion || err != nil {
			t.Errorf("the stamp is %d, %v; expected %d", version, err, formatVersion)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestStoreThatVersion1Wrote opens a store that Shopbell wrote when its format
// was 1: 24 captures over six days of three endpoints, one pinned, one large.
func TestStoreThatVersion1Wrote(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/v1")); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, Options{Dir: dir})
	want := inspector.Counts{All: 24, NotVerified: 4, Waiting: 14, Held: 4, Pinned: 1, Endpoint: map[string]int{"": 8, "live": 8, "test": 8}, WaitingAt: map[string]int{"": 6, "live": 2, "test": 6}}
	if got := withoutBytes(s.Counts()); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(got, scan(t, s)) {
		t.Errorf("counts %+v, expected %+v", got, want)
	}
	if r := sound(t, s); r.Captures != 24 || r.Deliveries != 6 {
		t.Errorf("%d captures and %d deliveries, expected 24 and 6", r.Captures, r.Deliveries)
	}
}

func TestMigrationGoesOnWhereItWasCutOff(t *testing.T) {
	dir := t.TempDir()
	bulk{captures: 400, days: 5, end: noon, body: 40, change: mixed}.write(t, dir)
	s := openTest(t, Options{Dir: dir})
	want := withoutBytes(s.Counts())
	var days []uint32
	for n := range s.tally.days {
		days = append(days, n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// As after a crash: the last days have neither figures nor their mark passed.
	first := max(days[0], days[1])
	for _, n := range days {
		if n >= first {
			writeKey(t, dir, dayPrefix(kindDay, n), (&day{}).encode())
		}
	}
	writeKey(t, dir, recountKey(), binary.BigEndian.AppendUint32(nil, first))
	s = openTest(t, Options{Dir: dir})
	if got := withoutBytes(s.Counts()); !reflect.DeepEqual(got, want) {
		t.Errorf("counts %+v, expected %+v", got, want)
	}
	sound(t, s)
}

func TestLostFiguresAreCountedAnew(t *testing.T) {
	dir := t.TempDir()
	bulk{captures: 200, days: 3, end: noon, body: 40, change: mixed}.write(t, dir)
	s := openTest(t, Options{Dir: dir})
	want, n := withoutBytes(s.Counts()), s.tally.newest
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	writeKey(t, dir, dayPrefix(kindDay, n), []byte{recordVersion, 7, 200})
	s = openTest(t, Options{Dir: dir})
	if got := withoutBytes(s.Counts()); !reflect.DeepEqual(got, want) {
		t.Errorf("counts %+v, expected %+v", got, want)
	}
	sound(t, s)
}
