// Package badgerstore keeps captures in Badger.
package badgerstore

import (
	"log/slog"
	"time"

	"shopbell/inspector"
)

// Options say where and how long captures are kept.
type Options struct {
	Dir  string
	Days int   // captures older than this many days go; 0 keeps them
	Size int64 // bytes on disk above which the oldest go; 0 is no limit
	Now  func() time.Time
	Log  *slog.Logger
}

// Open opens or makes the store in o.Dir. When another process holds it the
// error wraps ErrLocked.
func Open(o Options) (inspector.Store, error) { panic("contract") }
