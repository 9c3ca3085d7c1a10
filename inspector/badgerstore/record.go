package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"
)

// A record is a version byte and then fields: tag, length, that many bytes;
// tag and length are uvarints. A reader skips tags that it does not know, so a
// field can be added without a new version; a new version is for what an older
// reader would get wrong. Zero values are left out.
const recordVersion = 1

type encoder struct{ b []byte }

func newEncoder(size int) *encoder {
	return &encoder{b: append(make([]byte, 0, size+64), recordVersion)}
}

func (e *encoder) always(tag uint64, v []byte) {
	e.b = binary.AppendUvarint(e.b, tag)
	e.b = binary.AppendUvarint(e.b, uint64(len(v)))
	e.b = append(e.b, v...)
}

func (e *encoder) bytes(tag uint64, v []byte) {
	if len(v) > 0 {
		e.always(tag, v)
	}
}

func (e *encoder) text(tag uint64, v string) {
	if v == "" {
		return
	}
	e.b = binary.AppendUvarint(e.b, tag)
	e.b = binary.AppendUvarint(e.b, uint64(len(v)))
	e.b = append(e.b, v...)
}

func (e *encoder) number(tag uint64, v int64) {
	if v == 0 {
		return
	}
	var room [binary.MaxVarintLen64]byte
	e.always(tag, binary.AppendVarint(room[:0], v))
}

func (e *encoder) flag(tag uint64, v bool) {
	if v {
		e.always(tag, nil)
	}
}

// moment keeps seconds and nanoseconds; the zone is not kept.
func (e *encoder) moment(tag uint64, t time.Time) {
	if t.IsZero() {
		return
	}
	var room [2 * binary.MaxVarintLen64]byte
	b := binary.AppendVarint(room[:0], t.Unix())
	e.always(tag, binary.AppendVarint(b, int64(t.Nanosecond())))
}

// pair keeps two texts in one field.
func (e *encoder) pair(tag uint64, a, b string) {
	e.b = binary.AppendUvarint(e.b, tag)
	e.b = binary.AppendUvarint(e.b, uint64(uvarintLen(len(a))+len(a)+len(b)))
	e.b = binary.AppendUvarint(e.b, uint64(len(a)))
	e.b = append(e.b, a...)
	e.b = append(e.b, b...)
}

func uvarintLen(n int) int {
	var room [binary.MaxVarintLen64]byte
	return binary.PutUvarint(room[:], uint64(n))
}

var errRecord = errors.New("record cut short or malformed")

// decodeRecord hands each field of a record to take. The bytes are part of b.
func decodeRecord(b []byte, take func(tag uint64, v field) error) error {
	if len(b) == 0 {
		return fmt.Errorf("%w: empty record", ErrCorrupt)
	}
	if b[0] > recordVersion {
		return fmt.Errorf("%w: record version %d, expected at most %d", ErrNewer, b[0], recordVersion)
	}
	if b[0] == 0 {
		return fmt.Errorf("%w: record version 0", ErrCorrupt)
	}
	for b = b[1:]; len(b) > 0; {
		tag, n := binary.Uvarint(b)
		if n <= 0 {
			return fmt.Errorf("%w: %w", ErrCorrupt, errRecord)
		}
		size, m := binary.Uvarint(b[n:])
		if m <= 0 || size > uint64(len(b)-n-m) {
			return fmt.Errorf("%w: %w", ErrCorrupt, errRecord)
		}
		end := n + m + int(size)
		if err := take(tag, field(b[n+m:end:end])); err != nil {
			return fmt.Errorf("%w: field %d: %w", ErrCorrupt, tag, err)
		}
		b = b[end:]
	}
	return nil
}

// field is the content of one field; its methods read it as a type.
type field []byte

func (f field) number(to *int64) error {
	v, n := binary.Varint(f)
	if n <= 0 {
		return errRecord
	}
	*to = v
	return nil
}

func (f field) whole(to *int) error {
	var v int64
	err := f.number(&v)
	*to = int(v)
	return err
}

func (f field) moment(to *time.Time) error {
	sec, n := binary.Varint(f)
	if n <= 0 {
		return errRecord
	}
	nano, m := binary.Varint(f[n:])
	if m <= 0 || nano < 0 || nano > 999_999_999 {
		return errRecord
	}
	*to = time.Unix(sec, nano).UTC()
	return nil
}

func (f field) id(to *ulid.ULID) error {
	if len(f) != len(to) {
		return errRecord
	}
	copy(to[:], f)
	return nil
}

func (f field) pair() (a, b string, err error) {
	size, n := binary.Uvarint(f)
	if n <= 0 || size > uint64(len(f)-n) {
		return "", "", errRecord
	}
	both := string(f[n:])
	return both[:size], both[size:], nil
}
