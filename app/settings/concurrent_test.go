package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestALinkIsFollowedAndStays(t *testing.T) {
	target := file(t, tended)
	link := filepath.Join(t.TempDir(), "link.toml")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := Edit(link).Set("keep", "days", 3); err != nil {
		t.Fatal(err)
	}
	if got, err := os.Readlink(link); err != nil || got != target {
		t.Errorf("the link is %q (%v), expected it to stay", got, err)
	}
	wantText(t, target, tended, "days = 30 #", "days = 3 #")
}

func TestALinkToNothingIsSaidSo(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link.toml")
	if err := os.Symlink(filepath.Join(t.TempDir(), "gone"), link); err != nil {
		t.Fatal(err)
	}
	if err := Edit(link).Set("keep", "days", 3); err == nil {
		t.Error("a link to nothing was written to, expected an error")
	}
}

// TestEditsOfSeveralHandsAllArrive edits one file from several goroutines.
func TestEditsOfSeveralHandsAllArrive(t *testing.T) {
	path := file(t, tended)
	f := Edit(path)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			name := fmt.Sprintf("n%d", i)
			if err := f.PutEndpoint(name, Endpoint{Name: name, Provider: "tweed"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(read(t, contentOf(t, path)).Endpoints); n != 10 {
		t.Errorf("the file has %d endpoints, expected 10", n)
	}
}

// TestAChangeInBetweenIsNotOverwritten changes the file by hand while an edit
// is under way: the edit starts over and both changes are there.
func TestAChangeInBetweenIsNotOverwritten(t *testing.T) {
	path := file(t, "[keep]\ndays = 1\n")
	once := sync.OnceFunc(func() {
		if err := os.WriteFile(path, []byte("# by hand\n[keep]\ndays = 1\n"), 0o600); err != nil {
			t.Error(err)
		}
	})
	err := Edit(path).edit("days", func(p *patch, s *Settings) error {
		s.Keep.Days = 2
		p.put(p.doc.root.get("keep").value.table, "days", "2")
		once()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, path, "# by hand\n[keep]\ndays = 2\n")
}
