//go:build unix

package main

import (
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/inspector/badgerstore"
)

func TestFilesOfTheStoreAreTheUsersAlone(t *testing.T) {
	keepPrivate()
	data := t.TempDir()
	store, err := badgerstore.Open(badgerstore.Options{Dir: engine.StoreDir(data), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(engine.StoreDir(data), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		files++
		return err
	})
	if err != nil || files < 5 {
		t.Errorf("%d files, %v", files, err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}
