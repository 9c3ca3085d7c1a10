package console

import (
	"context"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// feedBatch is how many deliveries are read at a time; it bounds memory, not
// what is printed.
const feedBatch = 500

// feedPause is the least time between two looks at the store: under a flood a
// look serves many captures, and nobody reads faster.
const feedPause = 20 * time.Millisecond

// feed prints what was kept since it was made, all of it and in order: every
// capture before its deliveries. It reads the store in its own time, so a slow
// reader of the output slows nobody else.
type feed struct {
	store    inspector.Store
	print    records
	capture  ulid.ULID // the last one printed
	delivery ulid.ULID
}

// run prints until ctx ends, and then what came up to that moment. wake gets a
// value when there may be more; then woken is called.
func (f *feed) run(ctx context.Context, wake <-chan struct{}, woken func()) error {
	reading := context.WithoutCancel(ctx)
	for {
		looked := time.Now()
		if err := f.drain(reading); err != nil {
			return err
		}
		select {
		case <-wake:
			woken()
		case <-ctx.Done():
			return f.drain(reading)
		}
		select {
		case <-time.After(feedPause - time.Since(looked)):
		case <-ctx.Done():
		}
	}
}

// drain prints everything new. Deliveries are read before captures and printed
// after them: so each finds its capture already printed.
func (f *feed) drain(ctx context.Context) error {
	for {
		deliveries, err := f.store.DeliveriesAfter(ctx, f.delivery, feedBatch)
		if err != nil {
			return err
		}
		if err := f.captures(ctx); err != nil {
			return err
		}
		f.print.out.together(func() {
			for _, d := range deliveries {
				f.print.delivery(d)
				f.delivery = d.ID
			}
		})
		if err := f.print.out.err(); err != nil {
			return err
		}
		if len(deliveries) < feedBatch {
			return nil
		}
	}
}

func (f *feed) captures(ctx context.Context) error {
	for {
		captures, err := f.store.After(ctx, f.capture, feedBatch)
		if err != nil {
			return err
		}
		f.print.out.together(func() {
			for _, c := range captures {
				f.print.capture(c)
				f.capture = c.ID
			}
		})
		if len(captures) < feedBatch {
			return nil
		}
	}
}
