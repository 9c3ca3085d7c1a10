package badgerstore

import (
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// row is a summary with what only the store needs of it. Its record is meant
// to stay below 1 KiB, so that lists never touch the value log.
type row struct {
	inspector.Summary
	content [32]byte // hash of the body, to find the index keys again
	bytes   int64    // length of all records of this capture, for retention by size
}

// The tags of a summary record. Never reuse one.
const (
	sumReceived = iota + 1
	sumEndpoint
	sumProvider
	sumDetected
	sumEvent
	sumEventDerived
	sumDeliveryID
	sumDeliveryIDDerived
	sumOutcome
	sumCover
	sumMethod
	sumPath
	sumSize
	sumState
	sumAgain
	sumAttempts
	sumStatus
	sumMillis
	sumError
	sumPinned
	sumHint
	sumContent
	sumBytes
	sumHandshake
	sumOffersSecret
	sumUnknown
	sumSending
)

func (r *row) encode() []byte {
	e := newEncoder(256)
	e.moment(sumReceived, r.Received)
	e.text(sumEndpoint, r.Endpoint)
	e.text(sumProvider, r.Provider)
	e.flag(sumDetected, r.Detected)
	e.text(sumEvent, r.Event)
	e.flag(sumEventDerived, r.EventDerived)
	e.text(sumDeliveryID, r.DeliveryID)
	e.flag(sumDeliveryIDDerived, r.DeliveryIDDerived)
	e.text(sumOutcome, string(r.Outcome))
	e.text(sumCover, string(r.Cover))
	e.text(sumMethod, r.Method)
	e.text(sumPath, r.Path)
	e.number(sumSize, r.Size)
	e.text(sumState, string(r.State))
	if r.Again != nil {
		e.pair(sumAgain, string(r.Again.Of[:]), string(r.Again.Kind))
	}
	e.number(sumAttempts, int64(r.Attempts))
	e.number(sumStatus, int64(r.Status))
	e.number(sumMillis, r.Millis)
	e.text(sumError, r.Error)
	e.flag(sumPinned, r.Pinned)
	e.text(sumHint, r.Hint)
	e.bytes(sumContent, r.content[:])
	e.number(sumBytes, r.bytes)
	e.text(sumHandshake, string(r.Handshake))
	e.flag(sumOffersSecret, r.OffersSecret)
	e.flag(sumUnknown, r.Unknown)
	e.number(sumSending, int64(r.Sending))
	return e.b
}

func decodeRow(id ulid.ULID, b []byte) (row, error) {
	r := row{Summary: inspector.Summary{ID: id}}
	if err := decodeRecord(b, r.take); err != nil {
		return row{}, fmt.Errorf("read summary of capture %q: %w", id, err)
	}
	return r, nil
}

func (r *row) take(tag uint64, f field) error {
	switch tag {
	case sumReceived:
		return f.moment(&r.Received)
	case sumEndpoint:
		r.Endpoint = string(f)
	case sumProvider:
		r.Provider = string(f)
	case sumDetected:
		r.Detected = true
	case sumEvent:
		r.Event = string(f)
	case sumEventDerived:
		r.EventDerived = true
	case sumDeliveryID:
		r.DeliveryID = string(f)
	case sumDeliveryIDDerived:
		r.DeliveryIDDerived = true
	case sumOutcome:
		r.Outcome = signature.Outcome(f)
	case sumCover:
		r.Cover = signature.Cover(f)
	case sumMethod:
		r.Method = string(f)
	case sumPath:
		r.Path = string(f)
	case sumSize:
		return f.number(&r.Size)
	default:
		return r.takeFate(tag, f)
	}
	return nil
}

// takeFate reads the fields that tell what became of the capture.
func (r *row) takeFate(tag uint64, f field) error {
	switch tag {
	case sumState:
		r.State = inspector.State(f)
	case sumAgain:
		return r.takeAgain(f)
	case sumAttempts:
		return f.whole(&r.Attempts)
	case sumStatus:
		return f.whole(&r.Status)
	case sumMillis:
		return f.number(&r.Millis)
	case sumError:
		r.Error = string(f)
	case sumPinned:
		r.Pinned = true
	case sumHint:
		r.Hint = string(f)
	case sumContent:
		if len(f) != len(r.content) {
			return errRecord
		}
		copy(r.content[:], f)
	case sumBytes:
		return f.number(&r.bytes)
	case sumHandshake:
		r.Handshake = inspector.Handshake(f)
	case sumOffersSecret:
		r.OffersSecret = true
	case sumUnknown:
		r.Unknown = true
	case sumSending:
		return f.whole(&r.Sending)
	}
	return nil
}

func (r *row) takeAgain(f field) error {
	of, kind, err := f.pair()
	if err != nil || len(of) != len(ulid.ULID{}) {
		return errRecord
	}
	r.Again = &inspector.Again{Kind: inspector.AgainKind(kind)}
	copy(r.Again.Of[:], of)
	return nil
}
