package engine

import (
	"context"
	"io"
)

// Backup writes all that is kept to w, in the form that badgerstore.Restore
// reads.
func (e *Engine) Backup(ctx context.Context, w io.Writer) error {
	_, err := e.store.Backup(ctx, w)
	return err
}

// Compact gives all disk space back that can be had now, and returns the bytes
// on disk before and after.
func (e *Engine) Compact(ctx context.Context) (before, after int64, err error) {
	return e.store.Compact(ctx)
}
