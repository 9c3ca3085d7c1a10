package badgerstore

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// childRole and childDir make the test binary play another process.
const (
	childRole = "BADGERSTORE_TEST_ROLE"
	childDir  = "BADGERSTORE_TEST_DIR"
)

func TestMain(m *testing.M) {
	switch os.Getenv(childRole) {
	case "":
		os.Exit(m.Run())
	case "hold":
		os.Exit(childHolds(os.Getenv(childDir)))
	case "keep":
		os.Exit(childKeeps(os.Getenv(childDir)))
	case "bin":
		os.Exit(childDiscards(os.Getenv(childDir)))
	case "fill":
		os.Exit(childFills(os.Getenv(childDir)))
	}
}

// child starts this test binary again in a role and returns what it prints.
func child(t *testing.T, role, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childRole+"="+role, childDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
	})
	return cmd, bufio.NewScanner(out)
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 3
}

// childHolds opens the store and keeps it open until it is killed.
func childHolds(dir string) int {
	if _, err := Open(Options{Dir: dir}); err != nil {
		return fail(err)
	}
	fmt.Println("open")
	select {}
}

func TestStoreOfAnotherProcessIsLocked(t *testing.T) {
	dir := t.TempDir()
	cmd, out := child(t, "hold", dir)
	if !out.Scan() {
		t.Fatal("the child did not open the store")
	}
	_, err := Open(Options{Dir: dir})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open: %v, want ErrLocked with the folder", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it says that it was killed
	openTest(t, Options{Dir: dir})
}

func TestStoreOfThisProcessIsLockedToo(t *testing.T) {
	dir := t.TempDir()
	openTest(t, Options{Dir: dir})
	if _, err := Open(Options{Dir: dir}); !errors.Is(err, ErrLocked) {
		t.Errorf("Open: %v, want ErrLocked", err)
	}
}

// childKeeps keeps captures, small and large, from 16 sides, and prints the id
// of each that was acknowledged, until it is killed.
func childKeeps(dir string) int {
	s, err := Open(Options{Dir: dir})
	if err != nil {
		return fail(err)
	}
	var printing sync.Mutex
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := 0; ; i++ {
				body := strings.Repeat(fmt.Sprint(os.Getpid(), "-", w, "-", i, "."), 1+(i%4)*500)
				c := sample("live", fmt.Sprint(os.Getpid(), "-", w, "-", i), body)
				if err := s.Keep(context.Background(), c); err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				printing.Lock()
				fmt.Println(c.ID, len(body))
				printing.Unlock()
				_ = s.Record(context.Background(), &inspector.Delivery{Capture: c.ID, Status: 200}, inspector.Done)
			}
		})
	}
	wg.Wait()
	return 3
}

func TestKilledProcessLosesNothingAcknowledged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	acknowledged := map[string]string{}
	for round := range 4 {
		cmd, out := child(t, "keep", dir)
		for want := len(acknowledged) + 200 + 300*round; out.Scan(); {
			id, size, _ := strings.Cut(out.Text(), " ")
			if acknowledged[id] = size; len(acknowledged) == want {
				_ = cmd.Process.Kill() // and what it still printed is read below
			}
		}
		_ = cmd.Wait()
		checkAcknowledged(t, dir, acknowledged)
	}
}

// checkAcknowledged opens the store as the next start would: all that was
// acknowledged is there, nothing twice, nothing half.
func checkAcknowledged(t *testing.T, dir string, acknowledged map[string]string) {
	t.Helper()
	s := openTest(t, Options{Dir: dir})
	seen := map[string]bool{}
	for _, one := range page(t, s, "") {
		c, err := s.Get(context.Background(), one.ID)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(c.Message.Body)) != c.Size || seen[c.DeliveryID] || c.Again != nil {
			t.Errorf("capture %v is half or there twice", c.ID)
		}
		seen[c.DeliveryID] = true
		if size, ok := acknowledged[c.ID.String()]; ok && size != fmt.Sprint(c.Size) {
			t.Errorf("capture %v has %d bytes, want %s", c.ID, c.Size, size)
		}
	}
	for id := range acknowledged {
		if _, err := s.Summary(context.Background(), ulid.MustParse(id)); err != nil {
			t.Errorf("acknowledged capture %s: %v", id, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
