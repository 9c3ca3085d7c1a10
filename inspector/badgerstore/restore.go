package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"shopbell/inspector"
)

// loadsPending bounds the writes under way while a backup is read in.
const loadsPending = 16

// ErrNotEmpty: a backup is restored into an empty folder only.
var ErrNotEmpty = errors.New("the folder is not empty")

// Restore makes the store in o.Dir from a backup. It must not be there yet; it
// comes into being whole, after all of it was read in and checked, or not at
// all.
func Restore(ctx context.Context, file string, o Options) (Report, error) {
	r, err := restore(ctx, file, o)
	if err != nil {
		return r, fmt.Errorf("restore store %q from %q: %w", o.Dir, file, err)
	}
	return r, nil
}

func restore(ctx context.Context, file string, o Options) (Report, error) {
	if err := emptyFolder(o.Dir); err != nil {
		return Report{}, err
	}
	f, err := os.Open(file)
	if err != nil {
		return Report{}, err
	}
	defer f.Close() // nothing was written
	head, records, err := checkBackup(ctx, f)
	if err != nil {
		return Report{}, err
	}
	if err := os.MkdirAll(filepath.Dir(o.Dir), 0o700); err != nil {
		return Report{}, err
	}
	made, err := os.MkdirTemp(filepath.Dir(o.Dir), ".restore-*")
	if err != nil {
		return Report{}, err
	}
	defer os.RemoveAll(made) // nothing is left of it once it was renamed
	inside := o
	inside.Dir, inside.Days, inside.Size = made, 0, 0
	if err := loadBackup(ctx, records, inside); err != nil {
		return Report{}, err
	}
	r, err := checkRestored(ctx, head, inside)
	if err != nil {
		return r, err
	}
	return r, takePlace(made, o.Dir)
}

// emptyFolder tells why dir cannot be restored into.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%w: it holds %d files, expected none", ErrNotEmpty, len(entries))
	}
	return err
}

// loadBackup reads the records of a backup into a new store.
func loadBackup(ctx context.Context, records io.Reader, o Options) (err error) {
	s := newStore(o)
	db, err := openBadger(s, o)
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrBackup, p)
		}
		err = errors.Join(err, db.Close())
	}()
	return db.Load(&untilRead{ctx: ctx, r: records}, loadsPending)
}

// untilRead is a reader that fails once ctx has ended.
type untilRead struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilRead) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// checkRestored opens the new store as the next start would and checks it.
func checkRestored(ctx context.Context, head BackupHead, o Options) (r Report, err error) {
	s, err := Open(o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if r, err = s.Check(ctx); err != nil {
		return r, err
	}
	if r.Captures < head.Captures {
		return r, fmt.Errorf("%w: %d captures were read in, expected %d", inspector.ErrNotFound, r.Captures, head.Captures)
	}
	return r, nil
}

// takePlace renames a finished store to where it belongs, for good.
func takePlace(made, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // somebody put a file into it meanwhile
	}
	if err := newFolder(made).sync(); err != nil {
		return err
	}
	if err := os.Rename(made, dir); err != nil {
		return err
	}
	return syncNames(filepath.Dir(dir))
}
