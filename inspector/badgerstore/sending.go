package badgerstore

import (
	"context"
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Begin tells that an attempt at the shop starts, durable on return.
func (s *Store) Begin(ctx context.Context, id ulid.ULID) error {
	err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
		r, err := b.row(id)
		if err != nil {
			return err
		}
		r.Sending++
		b.setRow(r)
		return nil
	}})
	if err != nil {
		return fmt.Errorf("begin a delivery of capture %q: %w", id, err)
	}
	return nil
}

// endAttempts ends the attempts of captures that were under way when the program
// ended without closing the store: each gets a delivery that says so. It is begun
// once more if it is cut off itself.
func (s *Store) endAttempts(ctx context.Context, cutOff []row) error {
	for _, r := range cutOff {
		for n := range r.Sending {
			d := inspector.Delivery{Capture: r.ID, Kind: inspector.Retry, Sent: r.Received, Error: inspector.AnswerUnknown, Unknown: true}
			if r.Attempts+n == 0 {
				d.Kind = inspector.First
			}
			if err := s.Record(ctx, &d, r.State); err != nil {
				return err
			}
		}
	}
	if len(cutOff) == 0 {
		return nil
	}
	return s.Sync(ctx)
}
