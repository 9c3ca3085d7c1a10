//go:build bench && linux

package bench

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/dgraph-io/badger/v4"
	"golang.org/x/sys/unix"
)

// recordBytes is the size of a record that is about what a capture of 1.5 KB takes.
const recordBytes = 2 << 10

// diskFloor appends records to a file, one fdatasync each: the least that one
// durable write costs here.
func diskFloor(dir string) (func() error, func() error, error) {
	f, err := os.Create(filepath.Join(dir, "floor"))
	if err != nil {
		return nil, nil, err
	}
	record := make([]byte, recordBytes)
	once := func() error {
		if _, err := f.Write(record); err != nil {
			return err
		}
		return unix.Fdatasync(int(f.Fd()))
	}
	return once, f.Close, nil
}

// stampNewer makes the store in dir, which nobody uses, one of a newer version:
// kindStamp in badgerstore's keys.go.
func stampNewer(dir string) error {
	db, err := badger.Open(badger.DefaultOptions(dir).WithLogger(nil))
	if err != nil {
		return err
	}
	err = db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{'v'}, []byte("99")) })
	return errors.Join(err, db.Close())
}

// badgerFloor writes records with one synced Badger transaction each. Its
// options are those that badgerstore gives Badger, see openBadger there.
func badgerFloor(dir string) (func() error, func() error, error) {
	db, err := badger.Open(badger.DefaultOptions(dir).WithLogger(nil).WithSyncWrites(true).
		WithMemTableSize(16 << 20).WithNumMemtables(3).
		WithValueThreshold(1 << 10).WithValueLogFileSize(128 << 20).
		WithBlockCacheSize(16 << 20).WithIndexCacheSize(16 << 20).
		WithNumCompactors(2).WithDetectConflicts(false).WithMetricsEnabled(false))
	if err != nil {
		return nil, nil, err
	}
	record, n := make([]byte, recordBytes), uint64(0)
	once := func() error {
		n++
		key := time.Now().AppendFormat(nil, time.RFC3339Nano)
		return db.Update(func(txn *badger.Txn) error { return txn.Set(append(key, byte(n)), record) })
	}
	return once, db.Close, nil
}
