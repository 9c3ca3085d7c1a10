//go:build bench && linux

package bench

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"shopbell/app/engine"
)

// storeResults is what was measured of the store; a key that is missing was not.
type storeResults struct {
	writes map[writeTask][]written
	sizes  []sized
	idle   memory                // of the whole program at the last of sizes
	search map[string][]searched // by kind of word
	index  []indexed
	retain []retained

	foreign figures // shares that others took
	printed int     // how many of foreign a table told
}

// measured is ask with an eye on what others do meanwhile.
func measured[Result any](t *testing.T, r *storeResults, name string, argument any) Result {
	t.Helper()
	before, err := readUsage()
	if err != nil {
		t.Fatal(err)
	}
	result := ask[Result](t, name, argument)
	after, err := readUsage()
	if err != nil {
		t.Fatal(err)
	}
	r.foreign = append(r.foreign, after.foreign(before))
	return result
}

// print prints a table with a word on how quiet it was.
func (r *storeResults) print(out io.Writer, b *table) {
	b.notes = append(b.notes, quiet(r.foreign[r.printed:]))
	r.printed = len(r.foreign)
	fmt.Fprint(out, b)
}

// sized is what was measured of a store of so many captures.
type sized struct {
	captures int
	disk     int64   // bytes
	filled   float64 // captures a second
	rounds   []looked
}

// indexed is what one capture costs that can be searched, above one that cannot.
type indexed struct{ micros, bytes float64 }

func newStoreResults() *storeResults {
	return &storeResults{writes: map[writeTask][]written{}, search: map[string][]searched{}}
}

// bench measures the store in processes of its own and prints the tables.
func (r *storeResults) bench(t *testing.T, p plan, out io.Writer) {
	r.benchWrites(t, p)
	r.print(out, r.writeTable(p))
	data := t.TempDir()
	dir := engine.StoreDir(data)
	r.benchSizes(t, p, dir)
	r.benchProgram(t, data)
	r.print(out, r.sizeTable(p))
	r.benchSearch(t, p, dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	r.benchIndex(t, p)
	r.print(out, r.searchTable(p))
	r.benchRetention(t, p)
	r.print(out, r.retentionTable(p))
}

// writeTasks are the ways to write, in the order of the table.
func writeTasks(p plan) []writeTask {
	return []writeTask{
		{"disk", 1, p.length}, {"badger", 1, p.length},
		{"store", 1, p.length}, {"store", 16, p.length}, {"store", 64, p.length},
	}
}

func (r *storeResults) benchWrites(t *testing.T, p plan) {
	for range p.rounds {
		for _, w := range writeTasks(p) {
			r.writes[w] = append(r.writes[w], measured[written](t, r, "write", w))
		}
	}
}

// sizes are the numbers of captures at which the store is looked at.
func sizes(most int) []int {
	list := []int{0}
	for _, n := range []int{10_000, 100_000} {
		if n < most {
			list = append(list, n)
		}
	}
	return append(list, most)
}

// benchSizes fills dir step by step.
func (r *storeResults) benchSizes(t *testing.T, p plan, dir string) {
	have := 0
	for _, n := range sizes(p.captures) {
		one := sized{captures: n}
		if n > 0 {
			one.filled = measured[filled](t, r, "fill", fillTask{Dir: dir, From: have, To: n}).Rate
			have = n
		}
		for range p.rounds {
			l := measured[looked](t, r, "look", lookTask{dir})
			if l.Count != n {
				t.Errorf("the store lists %d captures, expected %d", l.Count, n)
			}
			one.rounds = append(one.rounds, l)
		}
		var err error
		if one.disk, err = usedBytes(dir); err != nil {
			t.Fatal(err)
		}
		r.sizes = append(r.sizes, one)
	}
}

// benchProgram starts the program on the store in data and waits until it rests.
func (r *storeResults) benchProgram(t *testing.T, data string) {
	s := startShopbell(t, "http://127.0.0.1:1", data) // there is no shop, and no delivery for it
	pid := s.process.cmd.Process.Pid
	if _, err := rest(pid, 5*time.Second, settleAtMost); err != nil {
		t.Fatal(err)
	}
	r.idle = readMemory([]int{pid})
	s.process.stop(syscall.SIGINT)
}

// The kinds of words that are looked for.
const (
	rareWord   = "an order's number, in one capture"
	absentWord = "an order's number, in none"
	commonWord = "a word that is in every capture"
)

var words = []string{rareWord, absentWord, commonWord}

// wordsAtOnce is how many words are looked for in one process: one with nothing
// in memory, the others for the warm figure.
const wordsAtOnce = 6

func (r *storeResults) benchSearch(t *testing.T, p plan, dir string) {
	for round := range p.rounds {
		for _, kind := range words {
			task := searchTask{Dir: dir}
			for i := range wordsAtOnce {
				n := (round*wordsAtOnce + i) * 104_729 // all over the store
				switch kind {
				case rareWord:
					task.Words, task.Hits = append(task.Words, orderName(n%p.captures)), 1
				case absentWord:
					task.Words, task.Hits = append(task.Words, orderName(p.captures+n)), 0
				case commonWord:
					task.Words, task.Hits = append(task.Words, "walnut"), min(firstPage, p.captures)
				}
			}
			r.search[kind] = append(r.search[kind], measured[searched](t, r, "search", task))
		}
	}
}

// benchIndex fills a store with bodies that have fields and one with bodies that
// have none, and takes the difference.
func (r *storeResults) benchIndex(t *testing.T, p plan) {
	n := max(1, p.captures/10)
	for range p.rounds {
		var cost [2]indexed
		for i, opaque := range []bool{false, true} {
			dir := filepath.Join(t.TempDir(), "captures")
			cost[i].micros = measured[filled](t, r, "fill", fillTask{Dir: dir, To: n, Opaque: opaque}).CPU
			used, err := usedBytes(dir)
			if err != nil {
				t.Fatal(err)
			}
			cost[i].bytes = float64(used) / float64(n)
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
		r.index = append(r.index, indexed{cost[0].micros - cost[1].micros, cost[0].bytes - cost[1].bytes})
	}
}

func (r *storeResults) benchRetention(t *testing.T, p plan) {
	n := max(1, p.captures/10)
	for range p.rounds {
		dir := filepath.Join(t.TempDir(), "captures")
		const day = 24 * time.Hour
		measured[filled](t, r, "fill", fillTask{Dir: dir, To: n, Begin: time.Now().Add(-(keptDays + expiredDays) * day), Span: filledDays * day})
		r.retain = append(r.retain, measured[retained](t, r, "retain", retainTask{dir}))
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}
