package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/inspector/badgerstore"
)

type storeBackupCommand struct {
	JSON bool   `help:"Print one JSON object."`
	File string `arg:"" help:"The file to write; it must not be there."`
}

// Run writes a backup, whole or not at all.
func (c *storeBackupCommand) Run(s *session) error {
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(c.File); err == nil {
		return refused(c.File+" is there already", "remove it first, or name another file")
	}
	write := func(ctx context.Context, w io.Writer) error { return s.backup(ctx, w) }
	if api, err := localapi.Dial(dir); err == nil {
		write = api.Backup
	} else if !errors.Is(err, localapi.ErrNotRunning) {
		return err
	}
	head, err := c.write(s.ctx, write)
	if err != nil {
		return err
	}
	if c.JSON {
		return s.out.object(head)
	}
	s.out.line(fmt.Sprintf("%d captures are in %s", head.Captures, clean(c.File)))
	return s.out.err()
}

// write lets a backup be written under another name, checks it and gives it its
// own. It is readable by its owner alone.
func (c *storeBackupCommand) write(ctx context.Context, backup func(context.Context, io.Writer) error) (head badgerstore.BackupHead, err error) {
	f, err := os.CreateTemp(filepath.Dir(c.File), ".shopbell-*.tmp") // with mode 0600
	if err != nil {
		return head, fmt.Errorf("writing %s: %w", c.File, err)
	}
	defer os.Remove(f.Name()) // nothing is left of it once it has its name
	err = backup(ctx, f)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return head, fmt.Errorf("writing %s: %w", c.File, err)
	}
	if head, err = badgerstore.ReadBackupHead(ctx, f.Name()); err != nil {
		return head, fmt.Errorf("writing %s: %w", c.File, err)
	}
	// A link, unlike a rename, replaces nothing.
	if err := os.Link(f.Name(), c.File); err != nil {
		return head, fmt.Errorf("writing %s: %w", c.File, err)
	}
	return head, nil
}

// backup writes the store that no other process holds.
func (s *session) backup(ctx context.Context, w io.Writer) (err error) {
	o, err := s.ownStore()
	if err != nil {
		return err
	}
	store, err := badgerstore.Open(o)
	if err != nil {
		return err
	}
	_, err = store.Backup(ctx, w)
	return errors.Join(err, store.Close())
}

type storeRestoreCommand struct {
	JSON bool   `help:"Print one JSON object."`
	File string `arg:"" help:"The backup."`
}

// Run reads a backup into an empty data folder.
func (c *storeRestoreCommand) Run(s *session) error {
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	key, err := s.storeKey(!badgerstore.Exists(engine.StoreDir(dir)))
	if err != nil {
		return err
	}
	r, err := badgerstore.Restore(s.ctx, c.File, badgerstore.Options{Dir: engine.StoreDir(dir), Key: key, Now: s.now, Log: s.log()})
	switch {
	case errors.Is(err, badgerstore.ErrNotEmpty):
		return refused(oneLine(err), "--data names another folder")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, badgerstore.ErrBackup):
		return wrongUse(oneLine(err), "name a file that \"shopbell store backup\" wrote")
	case err != nil:
		return err
	}
	return s.report(r, c.JSON) // what is wrong was so when it was backed up
}
