package badgerstore

import (
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// The tags of a delivery record. Never reuse one.
const (
	delCapture = iota + 1
	delKind
	delTarget
	delSent
	delAnswered
	delStatus
	delMillis
	delError
	delHeader
	delBody
	delTruncated
	delEdited
	delResigned
	delUnknown
	delRepeated
)

// encodeDelivery returns the record of d; the log's has no header and body.
func encodeDelivery(d *inspector.Delivery, answer bool) []byte {
	e := newEncoder(256)
	e.bytes(delCapture, d.Capture[:])
	e.text(delKind, string(d.Kind))
	e.text(delTarget, d.Target)
	e.moment(delSent, d.Sent)
	e.moment(delAnswered, d.Answered)
	e.number(delStatus, int64(d.Status))
	e.number(delMillis, d.Millis)
	e.text(delError, d.Error)
	e.flag(delTruncated, d.Truncated)
	e.flag(delEdited, d.Edited)
	e.flag(delResigned, d.Resigned)
	e.flag(delUnknown, d.Unknown)
	e.flag(delRepeated, d.Repeated)
	if answer {
		for _, f := range d.Header {
			e.pair(delHeader, f.Name, f.Value)
		}
		e.bytes(delBody, d.Body)
	}
	return e.b
}

// decodeDelivery reads a record; the body is a part of b.
func decodeDelivery(id ulid.ULID, b []byte) (inspector.Delivery, error) {
	d := inspector.Delivery{ID: id}
	err := decodeRecord(b, func(tag uint64, f field) error { return takeDelivery(&d, tag, f) })
	if err != nil {
		return inspector.Delivery{}, fmt.Errorf("read delivery %q: %w", id, err)
	}
	return d, nil
}

func takeDelivery(d *inspector.Delivery, tag uint64, f field) error {
	switch tag {
	case delCapture:
		return f.id(&d.Capture)
	case delKind:
		d.Kind = inspector.DeliveryKind(f)
	case delTarget:
		d.Target = string(f)
	case delSent:
		return f.moment(&d.Sent)
	case delAnswered:
		return f.moment(&d.Answered)
	case delStatus:
		return f.whole(&d.Status)
	case delMillis:
		return f.number(&d.Millis)
	case delError:
		d.Error = string(f)
	case delHeader:
		name, value, err := f.pair()
		d.Header = append(d.Header, signature.Field{Name: name, Value: value})
		return err
	case delBody:
		d.Body = f
	case delTruncated:
		d.Truncated = true
	case delEdited:
		d.Edited = true
	case delResigned:
		d.Resigned = true
	case delUnknown:
		d.Unknown = true
	case delRepeated:
		d.Repeated = true
	}
	return nil
}
