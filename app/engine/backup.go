package engine

import (
	"context"
	"errors"
	"io"

	"shopbell/inspector/badgerstore"
)

// Backup writes all that is kept to w, in the form that badgerstore.Restore
// reads.
func (e *Engine) Backup(ctx context.Context, w io.Writer) error {
	store, ok := e.store.(*badgerstore.Store)
	if !ok {
		return errors.New("back up the store: it is of a kind that cannot be backed up")
	}
	_, err := store.Backup(ctx, w)
	return err
}
