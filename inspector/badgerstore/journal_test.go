package badgerstore

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

// A power cut leaves what was synced: the journal, and Badger's files as of its
// last checkpoint at the least. Here they are copied at that moment, and the
// journal at the end, which is what the next start would find.
func TestPowerCutLosesNothingAcknowledged(t *testing.T) {
	dir, cut, ctx := t.TempDir(), t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir, Size: 1 << 30})
	s.journal.limit = 256 << 10 // several turns
	for n := range 20 {
		keep(t, s, sample("live", fmt.Sprint("before-", n), strings.Repeat("x", 3000)))
	}
	flushed(t, s)
	s.commits.Lock()
	if err := s.journal.checkpoint(); err != nil {
		t.Fatal(err)
	}
	copyFiles(t, dir, cut, func(name string) bool { return !strings.HasPrefix(name, "journal.") && name != "LOCK" })
	s.journal.limit = journalLimit // no further checkpoint, or Badger's files of that time would count
	s.commits.Unlock()
	first := keep(t, s, sample("live", "after-0", strings.Repeat("y", 3000)))
	for n := 1; n < 60; n++ {
		keep(t, s, sample("live", fmt.Sprint("after-", n), strings.Repeat("y", 3000)))
	}
	keep(t, s, sample("live", "large", strings.Repeat("z", 100_000)))
	record(t, s, &inspector.Delivery{Capture: first.ID, Kind: inspector.First, Status: 201}, inspector.Done)
	if err := s.Delete(ctx, page(t, s, "before-3")[0].ID); err != nil {
		t.Fatal(err)
	}
	copyFiles(t, dir, cut, func(name string) bool { return strings.HasPrefix(name, "journal.") })

	again := openTest(t, Options{Dir: cut, Size: 1 << 30})
	want, got := page(t, s, ""), page(t, again, "")
	if len(got) != len(want) || len(got) != 80 {
		t.Fatalf("%d captures after the cut, want %d", len(got), len(want))
	}
	for i := range want {
		a, errA := s.Get(ctx, want[i].ID)
		b, errB := again.Get(ctx, got[i].ID)
		if errA != nil || errB != nil || a.ID != b.ID || a.Status != b.Status || !bytes.Equal(a.Message.Body, b.Message.Body) {
			t.Errorf("capture %d differs: %+v, %v; want %+v, %v", i, b.Summary, errB, a.Summary, errA)
		}
	}
	if a, b := s.Counts(), again.Counts(); a.All != b.All || a.Waiting != b.Waiting {
		t.Errorf("counts %+v, want %+v", b, a)
	}
}

func copyFiles(t *testing.T, from, to string, want func(name string) bool) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if want(e.Name()) {
			copySparse(t, filepath.Join(from, e.Name()), filepath.Join(to, e.Name()))
		}
	}
}

// copySparse leaves out the zeros that most of Badger's files consist of.
func copySparse(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close() //nolint:errcheck // read only
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	block, zero := make([]byte, 64<<10), make([]byte, 64<<10)
	at := int64(0)
	for {
		n, err := in.Read(block)
		if !bytes.Equal(block[:n], zero[:n]) {
			if _, err := out.WriteAt(block[:n], at); err != nil {
				t.Fatal(err)
			}
		}
		if at += int64(n); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Truncate(at); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func commitOf(n int) []entry {
	return []entry{{key: []byte(fmt.Sprint("k", n)), value: bytes.Repeat([]byte{byte(n)}, n)}, {key: []byte("gone"), deleted: true}}
}

// played opens the journal in dir and lists the keys that it plays.
func played(t *testing.T, dir string, seal cipher.AEAD) (keys string, j *journal) {
	t.Helper()
	var out []string
	j, err := openJournal(dir, seal, func(entries []entry) error {
		for _, e := range entries {
			if !e.deleted {
				out = append(out, string(e.key))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " "), j
}

func appendAll(t *testing.T, j *journal, from, to int) (keys string) {
	t.Helper()
	var out []string
	for n := from; n < to; n++ {
		if err := j.append(commitOf(n)); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint("k", n))
	}
	return strings.Join(out, " ")
}

func TestJournalPlaysInOrderWhatWasNotSettled(t *testing.T) {
	for name, seal := range map[string]cipher.AEAD{"plain": nil, "sealed": testSeal(t)} {
		dir := t.TempDir()
		_, j := played(t, dir, seal)
		j.limit = 2000
		appendAll(t, j, 0, 100) // over both files, more than once
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		got, j := played(t, dir, seal)
		if !strings.HasSuffix(got, "k98 k99") || strings.HasPrefix(got, "k0 ") {
			t.Errorf("%s: played %q", name, got)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		if got, j = played(t, dir, seal); got != "" {
			t.Errorf("%s: played %q a second time", name, got)
		}
		want := appendAll(t, j, 5, 9) // over what is left of former frames
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		if got, j = played(t, dir, seal); got != want {
			t.Errorf("%s: played %q, want %q", name, got, want)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
	}
}

func testSeal(t *testing.T) cipher.AEAD {
	t.Helper()
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	return seal
}

func TestJournalEndsWhereAFrameIsCutOrDamaged(t *testing.T) {
	for at, want := range map[int64]string{0: "", 4: "", 30: "", 75: "k10"} {
		dir := t.TempDir()
		_, j := played(t, dir, nil)
		appendAll(t, j, 10, 13)
		if _, err := j.files[0].WriteAt([]byte{0xff, 0xfe}, at); err != nil {
			t.Fatal(err)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		got, j := played(t, dir, nil)
		if got != want {
			t.Errorf("damaged at %d: played %q, want %q", at, got, want)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCheckpointOfTheJournalHoldsUpNoCommit(t *testing.T) {
	s := openTest(t, Options{})
	s.journal.limit = 64 << 10
	for n := range 50 {
		keep(t, s, sample("live", fmt.Sprint(n), strings.Repeat("x", 10_000)))
	}
	if err := s.db.View(func(txn *badger.Txn) error {
		_, err := readRow(txn, page(t, s, "")[49].ID)
		return err
	}); err != nil {
		t.Error(err)
	}
}

func FuzzJournalFrame(f *testing.F) {
	j := &journal{epoch: 7}
	made, err := j.encode(commitOf(9))
	if err != nil {
		f.Fatal(err)
	}
	whole := bytes.Join(made.pieces, nil)
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _, _ = readFrame(bytes.NewReader(b), int64(len(b)), nil, 7, 0)
		entries, err := decodeEntries(b)
		if err != nil {
			return
		}
		var again []byte
		for _, e := range entries {
			again = append(e.appendHead(again), e.value...)
		}
		back, err := decodeEntries(again)
		if err != nil || len(back) != len(entries) {
			t.Fatalf("%d entries came back as %d, %v", len(entries), len(back), err)
		}
	})
}
