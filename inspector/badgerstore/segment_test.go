package badgerstore

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
)

func someIDs(n int) (ids []ulid.ULID) {
	var s sequence
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for i := range n {
		ids = append(ids, s.next(at.Add(time.Duration(i/3)*time.Millisecond)))
	}
	return ids
}

func TestASegmentsRecordComesBackAsItWas(t *testing.T) {
	ids := someIDs(2)
	want := segment{
		from: ids[0], last: ids[1], n: 77, number: 3, gramBits: 12, groupBits: 2,
		oldest: time.Unix(1_800_000_000, 5).UTC(), newest: time.Unix(1_800_000_100, 6).UTC(), always: []byte{postingAll},
	}
	got, err := decodeSegment(want.last, want.encode())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

func TestIDsOfASegmentComeBackAsTheyWere(t *testing.T) {
	for _, n := range []int{1, 2, 31, idsTogether} {
		ids := someIDs(n)
		got, err := decodeIDs(encodeIDs(ids))
		if err != nil || !reflect.DeepEqual(got, ids) {
			t.Errorf("%d ids came back as %d, %v", n, len(got), err)
		}
	}
}

func TestAGroupStaysBelowTheValueLog(t *testing.T) {
	for range 100 {
		rows := make([][]byte, 1<<rand.IntN(mostGroupBits+1))
		for i := range rows {
			rows[i] = bytes.Repeat([]byte{byte(i)}, 1+rand.IntN(segmentSize/8+2))
		}
		group, apart := encodeGroup(rows)
		if len(group)+checkLen > 1<<10 {
			t.Errorf("a group of %d rows has %d bytes", len(rows), len(group))
		}
		for i := range rows {
			got, err := cutGroup(group, i)
			if set := bytes.IndexByte(places(apart), byte(i)) >= 0; err != nil || (got == nil) != set || !set && !bytes.Equal(got, rows[i]) {
				t.Errorf("row %d came back as %x, %v", i, got, err)
			}
		}
	}
}

func places(apart []int) (out []byte) {
	for _, i := range apart {
		out = append(out, byte(i))
	}
	return out
}

// FuzzSegment: any bytes are an error or something that can be used.
func FuzzSegment(f *testing.F) {
	ids := someIDs(idsTogether)
	f.Add(encodeIDs(ids), uint8(0))
	group, _ := encodeGroup([][]byte{{postingAll}, bytes.Repeat([]byte{postingBitmap}, 300), {postingNone}})
	f.Add(group, uint8(2))
	f.Add((&segment{from: ids[0], last: ids[1], n: 5, number: 1, gramBits: 9, always: []byte{postingNone}}).encode(), uint8(1))
	f.Fuzz(func(t *testing.T, b []byte, place uint8) {
		if g, err := decodeSegment(ids[1], b); err == nil {
			if again, err := decodeSegment(ids[1], g.encode()); err != nil || again.n != g.n {
				t.Errorf("%x: %v", b, err)
			}
		}
		if list, err := decodeIDs(b); err == nil && len(list) > len(b) {
			t.Errorf("%d ids from %d bytes", len(list), len(b))
		}
		if part, err := unseal(seal(bytes.Clone(b))); err != nil || !bytes.Equal(part, b) {
			t.Errorf("%x: %v", b, err)
		}
		if row, err := cutGroup(b, int(place)); err == nil && len(row) > len(b) {
			t.Errorf("row of %d bytes from %d", len(row), len(b))
		}
	})
}
