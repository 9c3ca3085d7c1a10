//go:build bench && linux

package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// cutCaptures are in the store whose value log is cut.
const cutCaptures = 20_000

func logCut(t *testing.T, _ plan) (o outcome) {
	p := program{data: t.TempDir(), shop: "http://127.0.0.1:1"}
	dir := engine.StoreDir(p.data)
	ask[filled](t, "fill", fillTask{Dir: dir, To: cutCaptures})
	logs, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("value logs are %q, error %v, expected one at least", logs, err)
	}
	newest := slices.Max(logs)
	info, err := os.Stat(newest)
	if err == nil {
		err = os.Truncate(newest, info.Size()/2)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.note("%s cut from %s to %s MiB", filepath.Base(newest), short(mib(info.Size())), short(mib(info.Size()/2)))
	var got, kept []string
	for _, args := range [][]string{{"store", "check"}, {"list", "--limit", "0"}, {"store", "check", "--repair"}, {"store", "check"}, {"list", "--limit", "0"}} {
		code, printed, said := p.run(t, args...)
		says := fmt.Sprintf("%s: exit code %d; ends with %q; said %d lines, the last %q",
			strings.Join(args, " "), code, lastLine(printed), bytes.Count(said, []byte("\n"))+min(1, len(said)), lastLine(said))
		if args[0] == "list" {
			kept = append(kept, fmt.Sprintf("%d of %d listed after %d commands, exit code %d", bytes.Count(printed, []byte("\n")), cutCaptures, len(got)+len(kept), code))
		} else {
			got = append(got, says)
		}
	}
	at := p.start(t)
	o.note("shopbell serve starts on it: %s", at.process.fate())
	at.endWell(t)
	o.got, o.kept = strings.Join(got, "\n"), strings.Join(kept, "\n")
	return o
}

// lastLine is the last line of a text, cut to a size that can be read.
func lastLine(text []byte) string {
	line := text[bytes.LastIndexByte(text, '\n')+1:]
	return string(line[:min(len(line), 300)])
}

func newerStore(t *testing.T, _ plan) (o outcome) {
	p := program{data: t.TempDir(), shop: "http://127.0.0.1:1"}
	dir := engine.StoreDir(p.data)
	ask[filled](t, "fill", fillTask{Dir: dir, To: 1000})
	if err := stampNewer(dir); err != nil {
		t.Fatal(err)
	}
	code, _, said := outcomeOf(t, p.command(t, freeAddress(t)))
	o.got = fmt.Sprintf("exit code %d: %s", code, said)
	if code != 3 || !bytes.Contains(said, []byte("newer")) {
		t.Errorf("serve ended with %d and said %q, expected 3 and a word on the newer version", code, said)
	}
	code, _, said = p.run(t, "list")
	o.note("list: exit code %d: %s", code, said)
	return o
}

// clockTask is to keep captures while the clock goes, jumps back, and goes on
// from there after a restart.
type clockTask struct {
	Dir  string
	Each int // captures in each of the three parts
}

// jumped is what came of it.
type jumped struct {
	Kept, Listed int
	Fell         int // ids that are not above the one kept before
	Swapped      int // places in the list where the order is not that of arrival
}

func jumpBack(task clockTask) (j jumped, err error) {
	var wrong atomic.Int64 // by how much the clock is, in nanoseconds
	now := func() time.Time { return time.Now().Add(time.Duration(wrong.Load())) }
	var order []ulid.ULID
	var s *badgerstore.Store
	for part := range 3 {
		wrong.Store(int64(part) * int64(clockJump))
		if part != 1 { // the first jump comes while the store is open
			if s, err = badgerstore.Open(badgerstore.Options{Dir: task.Dir, Now: now}); err != nil {
				return j, err
			}
		}
		for range task.Each {
			n := len(order)
			c := capture(n, []byte(orderName(n)), now())
			c.State = inspector.Done
			if err := s.Keep(context.Background(), c); err != nil {
				return j, err
			}
			order = append(order, c.ID)
		}
		if part == 1 {
			err = s.Close()
		}
		if err != nil {
			return j, err
		}
	}
	j.compare(order)
	list, err := s.Page(context.Background(), inspector.Query{}, ulid.ULID{}, 2*len(order))
	j.Listed = len(list)
	for i, c := range list {
		if last := len(order) - 1 - i; last < 0 || c.ID != order[last] {
			j.Swapped++
		}
	}
	return j, errors.Join(err, s.Close())
}

// compare counts ids that do not rise.
func (j *jumped) compare(order []ulid.ULID) {
	j.Kept = len(order)
	for i := 1; i < len(order); i++ {
		if order[i].Compare(order[i-1]) <= 0 {
			j.Fell++
		}
	}
}

// clockJump is how far the clock jumps: over a day, so that the day changes too.
const clockJump = -26 * time.Hour

func clockBack(t *testing.T, _ plan) (o outcome) {
	j := ask[jumped](t, "clock", clockTask{Dir: t.TempDir(), Each: 500})
	o.got = fmt.Sprintf("500 captures, clock back by %v, 500 more, restart with the clock back by as much again, 500 more", -clockJump)
	o.kept = fmt.Sprintf("%d of %d listed; %d ids did not rise, %d places out of order", j.Listed, j.Kept, j.Fell, j.Swapped)
	if j.Listed != j.Kept || j.Fell+j.Swapped > 0 {
		t.Error(o.kept)
	}
	o.note("how: the store in a process of its own with a clock of ours; a Go program without C cannot be given another by faketime")
	return o
}

func manyCaptures(t *testing.T, p plan) (o outcome) {
	at := program{data: t.TempDir(), shop: "http://127.0.0.1:1"}
	dir := engine.StoreDir(at.data)
	f := ask[filled](t, "fill", fillTask{Dir: dir, To: p.captures})
	l := ask[looked](t, "look", lookTask{dir})
	o.got = fmt.Sprintf("open %s ms, newest 50 %s ms, all summaries %s ms (the store alone)", short(l.Open), short(l.Newest), short(l.All))
	o.kept = fmt.Sprintf("%d of %d captures of 1.5 KB listed; filled at %s a second", l.Count, p.captures, short(f.Rate))
	began := time.Now()
	running := at.start(t)
	o.note("the program listens %s ms after its start (looked at every 50 ms)", short(millis(time.Since(began))))
	o.held = observed(running, func() {
		if _, err := rest(running.process.cmd.Process.Pid, 2*time.Second, settleAtMost); err != nil {
			t.Error(err)
		}
	})
	running.endWell(t)
	return o
}
