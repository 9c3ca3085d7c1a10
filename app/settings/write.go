package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// write puts text in place of the content old that was read before. fresh
// tells that there was no file.
func (f *File) write(old []byte, fresh bool, text []byte) error {
	if bytes.Equal(old, text) && !fresh {
		return nil
	}
	fail := func(err error) error {
		return fmt.Errorf("writing the config file %s: %w", quote(f.path), err)
	}
	target, mode, err := f.target(fresh)
	if err != nil {
		return fail(err)
	}
	temp, err := writeTemp(filepath.Dir(target), mode, text)
	if err != nil {
		return fail(err)
	}
	defer os.Remove(temp) // nothing is left of it once it was renamed
	switch now, err := Read(f.path); {
	case fresh && !errors.Is(err, fs.ErrNotExist):
		return errMoved
	case !fresh && (err != nil || !bytes.Equal(now, old)):
		return errMoved
	}
	if err := os.Rename(temp, target); err != nil {
		return fail(err)
	}
	syncDir(filepath.Dir(target))
	return nil
}

// target returns the file behind symlinks and the mode it shall have: its own,
// or 0600 for a new one, whose folder is made.
func (f *File) target(fresh bool) (string, fs.FileMode, error) {
	if fresh {
		if info, err := os.Lstat(f.path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return "", 0, errors.New("it is a link to a file that does not exist, expected a file")
		}
		return f.path, 0o600, os.MkdirAll(filepath.Dir(f.path), 0o700)
	}
	target, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return "", 0, err
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", 0, err
	}
	if !info.Mode().IsRegular() {
		return "", 0, errors.New("it is no regular file, expected one that can be replaced")
	}
	return target, info.Mode().Perm(), nil
}

// writeTemp writes text durably to a new file in dir and returns its name.
func writeTemp(dir string, mode fs.FileMode, text []byte) (string, error) {
	f, err := os.CreateTemp(dir, ".shopbell-*.tmp")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// syncDir makes a rename durable. Systems that can't sync a folder lose
// nothing but that, so its errors are of no use.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}
