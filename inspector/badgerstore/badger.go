package badgerstore

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

const (
	// largestLog and smallestLog bound a value log file: space comes back file
	// by file, so a small store has small ones.
	largestLog  = 128 << 20
	smallestLog = 64 << 20
	// defaultReserve leaves room for Badger's own flushes and compactions.
	defaultReserve = 128 << 20
)

// openBadger makes the folder and opens Badger as measured for a desktop:
// values apart from keys, small tables and caches, no sync: the journal does.
func openBadger(s *Store, o Options) (db *badger.DB, err error) {
	if o.Dir == "" {
		return nil, fmt.Errorf("no folder given, expected one for the captures")
	}
	if err := makeFolder(o.Dir); err != nil {
		return nil, folderError(err)
	}
	if free := s.freeSpace(); free >= 0 && free < s.reserve.Load()/4 {
		return nil, fullError(s.dir, free, s.reserve.Load()/4)
	}
	key, err := badgerKey(o.Key)
	if err != nil {
		return nil, err
	}
	if s.damaged, err = s.setAside(); err != nil {
		return nil, fmt.Errorf("set damaged tables aside: %w", err)
	}
	// Badger answers some damage with a panic.
	defer func() {
		if p := recover(); p != nil {
			db, err = nil, fmt.Errorf("%w: %v", ErrCorrupt, p)
		}
	}()
	db, err = badger.Open(smallTables(badger.DefaultOptions(o.Dir)).
		WithSyncWrites(false).
		WithMemTableSize(16 << 20).WithNumMemtables(3).
		WithValueThreshold(1 << 10).WithValueLogFileSize(logFileSize(o.Size)).
		WithBlockCacheSize(16 << 20).WithIndexCacheSize(16 << 20).
		WithNumCompactors(2).
		WithCompression(options.Snappy).
		WithDetectConflicts(false). // there is one writer
		WithMetricsEnabled(false).
		WithVerifyValueChecksum(true).
		WithEncryptionKey(key).
		WithLogger(newBadgerLog(s.log)))
	if err != nil {
		return nil, openError(err)
	}
	return db, nil
}

// makeFolder makes dir for this user alone. A folder that holds anything but a
// store keeps its mode: it may be there for others too.
func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(entries) == 0 || Exists(dir) {
		return os.Chmod(dir, 0o700)
	}
	return nil
}

func logFileSize(limit int64) int64 {
	if limit == 0 {
		return largestLog
	}
	return min(max(limit/8, smallestLog), largestLog)
}

// Exists tells whether there is a store in dir, of whatever version.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, badger.ManifestFilename))
	return err == nil
}
