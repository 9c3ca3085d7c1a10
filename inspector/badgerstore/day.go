package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// day are the figures of the captures whose ids are of one day. They are kept
// as a record, written in the same transaction as the rows that change them, so
// that a store opens without reading its rows.
type day struct {
	count, notVerified, waiting, held, pinned, sending int
	endpoint                                           map[string]int
	live                                               int64 // bytes of all records
	// No capture of the day was received before oldest or after newest.
	oldest, newest time.Time
	last           ulid.ULID // the largest id that was given, also when its capture is gone
	// going tells that captures of the day were being removed: what is left of
	// them goes at the next start.
	going bool
	// cut tells that captures of the day were removed and the index of
	// repetitions may still name them.
	cut bool
}

// add counts a capture, or takes it away when by is -1.
func (d *day) add(r *row, by int) {
	d.count += by
	d.notVerified += when(r.Outcome.Held(), by)
	d.waiting += when(r.State == inspector.Waiting, by)
	d.held += when(r.State == inspector.Held, by)
	d.pinned += when(r.Pinned, by)
	d.sending += when(r.Sending > 0, by)
	d.live += int64(by) * r.bytes
	if d.endpoint == nil {
		d.endpoint = map[string]int{}
	}
	if d.endpoint[r.Endpoint] += by; d.endpoint[r.Endpoint] == 0 {
		delete(d.endpoint, r.Endpoint)
	}
	if d.oldest.IsZero() || r.Received.Before(d.oldest) {
		d.oldest = r.Received
	}
	if r.Received.After(d.newest) {
		d.newest = r.Received
	}
	if r.ID.Compare(d.last) > 0 {
		d.last = r.ID
	}
}

// less takes the figures of o away.
func (d *day) less(o *day) {
	d.count -= o.count
	d.notVerified -= o.notVerified
	d.waiting -= o.waiting
	d.held -= o.held
	d.pinned -= o.pinned
	d.sending -= o.sending
	d.live -= o.live
	if d.endpoint == nil {
		d.endpoint = map[string]int{}
	}
	for name, n := range o.endpoint {
		if d.endpoint[name] -= n; d.endpoint[name] == 0 {
			delete(d.endpoint, name)
		}
	}
}

func when(yes bool, by int) int {
	if yes {
		return by
	}
	return 0
}

// clone returns a copy; that of no day is an empty one.
func (d *day) clone() *day {
	if d == nil {
		return &day{}
	}
	c := *d
	c.endpoint = maps.Clone(d.endpoint)
	return &c
}

// same tells whether two days have the same figures; times and the last id are
// bounds, which need not be.
func (d *day) same(o *day) bool {
	return d.count == o.count && d.notVerified == o.notVerified && d.waiting == o.waiting && d.held == o.held &&
		d.pinned == o.pinned && d.sending == o.sending && d.live == o.live && maps.Equal(d.endpoint, o.endpoint)
}

// The tags of the record of a day. Never reuse one.
const (
	dayCount = iota + 1
	dayNotVerified
	dayWaiting
	dayHeld
	dayPinned
	dayEndpoint
	dayLive
	dayOldest
	dayNewest
	dayLast
	dayGoing
	dayCut
	daySending
)

func (d *day) encode() []byte {
	e := newEncoder(256)
	e.number(dayCount, int64(d.count))
	e.number(dayNotVerified, int64(d.notVerified))
	e.number(dayWaiting, int64(d.waiting))
	e.number(dayHeld, int64(d.held))
	e.number(dayPinned, int64(d.pinned))
	for name, n := range d.endpoint {
		e.pair(dayEndpoint, name, string(binary.AppendVarint(nil, int64(n))))
	}
	e.number(dayLive, d.live)
	e.moment(dayOldest, d.oldest)
	e.moment(dayNewest, d.newest)
	e.bytes(dayLast, d.last[:])
	e.flag(dayGoing, d.going)
	e.flag(dayCut, d.cut)
	e.number(daySending, int64(d.sending))
	return e.b
}

func decodeDay(v []byte) (*day, error) {
	d := &day{endpoint: map[string]int{}}
	if err := decodeRecord(v, d.take); err != nil {
		return nil, fmt.Errorf("read figures of a day: %w", err)
	}
	return d, nil
}

func (d *day) take(tag uint64, f field) error {
	switch tag {
	case dayCount:
		return f.whole(&d.count)
	case dayNotVerified:
		return f.whole(&d.notVerified)
	case dayWaiting:
		return f.whole(&d.waiting)
	case dayHeld:
		return f.whole(&d.held)
	case dayPinned:
		return f.whole(&d.pinned)
	case dayEndpoint:
		return d.takeEndpoint(f)
	case dayLive:
		return f.number(&d.live)
	case dayOldest:
		return f.moment(&d.oldest)
	case dayNewest:
		return f.moment(&d.newest)
	case dayLast:
		return f.id(&d.last)
	case dayGoing:
		d.going = true
	case dayCut:
		d.cut = true
	case daySending:
		return f.whole(&d.sending)
	}
	return nil
}

func (d *day) takeEndpoint(f field) error {
	name, n, err := f.pair()
	if err != nil {
		return err
	}
	count := 0
	err = field(n).whole(&count)
	d.endpoint[name] = count
	return err
}

// dayFromKey reads the day out of the key of a day record.
func dayFromKey(key []byte) (uint32, error) {
	if len(key) != dayLen {
		return 0, fmt.Errorf("%w: %w", ErrCorrupt, errors.New("key of a day has a wrong length"))
	}
	return binary.BigEndian.Uint32(key[1:]), nil
}
