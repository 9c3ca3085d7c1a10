package engine

import (
	"errors"

	"shopbell/inspector/badgerstore"
)

// Locked tells whether err is that another Shopbell holds the data folder.
func Locked(err error) bool { return errors.Is(err, badgerstore.ErrLocked) }
