package badgerstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestEncryptedStoreShowsNothingAndOpensWithItsKeyOnly(t *testing.T) {
	dir := t.TempDir()
	key := bytes.Repeat([]byte("k"), 32)
	s := openTest(t, Options{Dir: dir, Key: key})
	small := keep(t, s, sample("live", "d1", `{"card":"tell-nobody"}`))
	keep(t, s, sample("live", "d2", large("tell-nobody, not even at length. ")))
	for range 2 { // once with all of it in the journal, once closed
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			b, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte("tell-nobody")) {
				t.Errorf("%s shows the content", e.Name())
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, other := range [][]byte{nil, bytes.Repeat([]byte("x"), 32)} {
		if _, err := Open(Options{Dir: dir, Key: other}); !errors.Is(err, ErrKey) {
			t.Errorf("with the key %q: %v, want ErrKey", other, err)
		}
	}
	s = openTest(t, Options{Dir: dir, Key: key})
	if c, err := s.Get(t.Context(), small.ID); err != nil || string(c.Message.Body) != `{"card":"tell-nobody"}` {
		t.Errorf("got %q, %v", c.Message.Body, err)
	}
}

func TestPlainStoreRefusesAKey(t *testing.T) {
	dir := t.TempDir()
	if err := openTest(t, Options{Dir: dir}).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Options{Dir: dir, Key: bytes.Repeat([]byte("k"), 32)}); !errors.Is(err, ErrKey) {
		t.Errorf("got %v, want ErrKey", err)
	}
}
