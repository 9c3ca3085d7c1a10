package providers

import (
	"errors"
	"io/fs"
	"os"

	"shopbell/providers/userfile"
)

// WithOwn returns the built-in catalogue with the user's own providers from
// the folder dir; a folder that is not there is empty. The catalogue is good
// whatever the error: a file with a mistake is left out, and the error names
// it and the line.
func WithOwn(dir string) (Catalog, error) {
	c, err := Embedded()
	if err != nil || dir == "" {
		return c, err
	}
	if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return c, nil
	}
	return c.With(userfile.Folder(dir))
}
