package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

// The reasons for which a store does not open or answer; test with errors.Is.
var (
	// ErrLocked: another process holds the store.
	ErrLocked = errors.New("another process holds the store")
	// ErrNewer: a newer Shopbell wrote the store, or one record of it.
	ErrNewer = errors.New("written by a newer version")
	// ErrCorrupt: files of the store cannot be read.
	ErrCorrupt = errors.New("the store is damaged")
	// ErrKey: the store was made with another key, or with none, or with one
	// where none was given.
	ErrKey = errors.New("the key does not fit the store")
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("the store is closed")
	// ErrFailed: the disk failed a write. The store takes nothing more until
	// it is opened again, because what is on disk is no longer certain.
	ErrFailed = errors.New("the store stopped after a failed write")
)

// openError names the common reasons why Badger does not open; Badger itself
// gives texts only.
func openError(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "directory lock"), strings.Contains(text, "Cannot create lock file"), errors.Is(err, syscall.EWOULDBLOCK):
		return fmt.Errorf("%w: close the other Shopbell, or choose another data folder", ErrLocked)
	case errors.Is(err, badger.ErrEncryptionKeyMismatch):
		return fmt.Errorf("%w: give the key it was made with, or, to change that, save it with \"store backup\" and restore it into another folder", ErrKey)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return folderError(err)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: %w", inspector.ErrFull, err)
	case strings.Contains(text, "unsupported version"):
		return fmt.Errorf("%w: %w", ErrNewer, err)
	}
	if file := (*fs.PathError)(nil); errors.As(err, &file) {
		return err // the system refused, which says nothing about the content
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// folderError is why the folder cannot be used.
func folderError(err error) error {
	return fmt.Errorf("the folder cannot be written, expected one that this user may write: %w", err)
}

// writeError is what a failed commit means to those who waited for it.
func writeError(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w: %w: %w", inspector.ErrFull, ErrFailed, err)
	}
	return fmt.Errorf("%w: %w", ErrFailed, err)
}
