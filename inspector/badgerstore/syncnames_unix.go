//go:build !windows

package badgerstore

import (
	"errors"
	"os"
)

// syncNames makes the names of the files in dir durable.
func syncNames(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
