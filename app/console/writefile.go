package console

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile writes a file whole or not at all, readable by its owner alone: a
// delivery holds personal data. A file that is there is replaced only if over
// is true.
func writeFile(path string, data []byte, over bool) error {
	fail := func(err error) error { return fmt.Errorf("writing %s: %w", path, err) }
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fail(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".shopbell-*.tmp")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name()) // nothing is left of it once it was renamed
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fail(err)
	}
	if over {
		err = os.Rename(f.Name(), path)
	} else if err = os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return refused(path+" is there already", "remove it first")
	}
	if err != nil {
		return fail(err)
	}
	return nil
}
