// Package userfile opens the files that a person named or put into a folder of
// his. Start with Open. What is no regular file (a device, a pipe, a socket)
// may be endless or make the reader wait, so it is refused, without waiting.
package userfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Open opens the regular file at path for reading. Errors are of the type
// *fs.PathError. How much is read is for the caller to bound.
func Open(path string) (*os.File, error) {
	// Some devices act when they are opened, so look first.
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := regular(path, info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	// It may have become another one since.
	if info, err = f.Stat(); err == nil {
		err = regular(path, info)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// regular tells what a file is instead of a regular one, nil if it is one.
func regular(path string, info fs.FileInfo) error {
	what := "something else"
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	}
	return &fs.PathError{Op: "open", Path: path, Err: errors.New("it is " + what + " and no regular file")}
}

// Folder is the folder dir as a file system whose files open as Open does.
// Links may lead out of it.
func Folder(dir string) fs.FS { return folder{os.DirFS(dir), dir} }

type folder struct {
	fs.FS
	dir string
}

// Open implements fs.FS.
func (f folder) Open(name string) (fs.File, error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return Open(filepath.Join(f.dir, local))
}

// ReadDir implements fs.ReadDirFS.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }

// Stat implements fs.StatFS.
func (f folder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.FS, name) }
