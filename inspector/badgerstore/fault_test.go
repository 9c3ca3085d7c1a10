package badgerstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

func TestNewerStoreIsRefused(t *testing.T) {
	dir := t.TempDir()
	for stamp, want := range map[string]error{"3": ErrNewer, "99": ErrNewer, "": ErrCorrupt, "x": ErrCorrupt, "0": ErrCorrupt, "1": nil, "2": nil} {
		writeKey(t, dir, []byte{kindStamp}, []byte(stamp))
		s, err := Open(Options{Dir: dir})
		if !errors.Is(err, want) {
			t.Errorf("stamp %q: %v, want %v", stamp, err, want)
		}
		if err == nil && s.Close() != nil {
			t.Error("it does not close")
		}
	}
}

func TestDamagedRecordHidesNoOther(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	bad, good := keep(t, s, sample("live", "1", "x")), keep(t, s, sample("live", "2", "y"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	writeKey(t, dir, idKey(kindSummary, bad.ID), []byte{recordVersion, 7, 200})
	s = openTest(t, Options{Dir: dir})
	if list := page(t, s, ""); len(list) != 1 || list[0].ID != good.ID {
		t.Errorf("the list is %v, want the one that can be read", ids(list))
	}
	if _, err := s.Get(ctx, bad.ID); !errors.Is(err, ErrCorrupt) {
		t.Errorf("Get: %v, want ErrCorrupt", err)
	}
	if err := s.Delete(ctx, bad.ID); err != nil {
		t.Errorf("the damaged capture cannot be deleted: %v", err)
	}
	if _, err := s.Get(ctx, bad.ID); !errors.Is(err, inspector.ErrNotFound) {
		t.Errorf("Get: %v, want ErrNotFound", err)
	}
}

func TestTruncatedValueLogCostsOnlyWhatWasThere(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	lost := keep(t, s, sample("live", "1", large("x")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no value log: %v", err)
	}
	if err := os.Truncate(logs[len(logs)-1], 1000); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir})
	if _, err := s.Get(ctx, lost.ID); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), lost.ID.String()) {
		t.Errorf("Get: %v, want ErrCorrupt with the id", err)
	}
	if n := len(page(t, s, "")); n != 1 {
		t.Errorf("the list has %d rows, want the summary that is left", n)
	}
	c := keep(t, s, sample("live", "2", large("y")))
	if _, err := s.Get(ctx, c.ID); err != nil {
		t.Errorf("a capture kept since: %v", err)
	}
}

func TestDamagedFilesAreAnError(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, Options{Dir: dir})
	keep(t, s, sample("live", "1", "x"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, badger.ManifestFilename), []byte("not a manifest at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Options{Dir: dir}); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open: %v, want ErrCorrupt with the folder", err)
	}
}

func TestFolderThatCannotBeUsedIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "store"), ""} {
		if _, err := Open(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "expected") {
			t.Errorf("Open(%q): %v, want an error that says what was expected", dir, err)
		}
	}
}

func TestFolderIsForThisUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "store")
	openTest(t, Options{Dir: dir})
	shared := t.TempDir()
	if err := os.WriteFile(filepath.Join(shared, "notes.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	openTest(t, Options{Dir: shared})
	for path, want := range map[string]os.FileMode{dir: 0o700, shared: 0o755} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want && os.PathSeparator == '/' {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
}

// writeKey writes behind the store's back.
func writeKey(t *testing.T, dir string, key, value []byte) {
	t.Helper()
	db, err := badger.Open(badger.DefaultOptions(dir).WithLogger(nil).WithMemTableSize(16 << 20).WithValueLogFileSize(largestLog))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(txn *badger.Txn) error { return txn.Set(key, value) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
