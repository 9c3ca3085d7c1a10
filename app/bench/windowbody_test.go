//go:build bench && linux

package bench

import (
	"bytes"
	"context"
	"fmt"
	geometry "image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// bigBody and longLine are the sizes in bytes of the bodies that are opened.
const (
	bigBody  = 10_000_000
	longLine = 1_000_000
	// toolkitLine is how much of the long line the toolkit is given: its one text
	// takes seconds even so.
	toolkitLine = 30_000
)

// opened is what it took to show a body and to scroll in it.
type opened struct {
	name   string
	bytes  int
	took   figures // milliseconds from the key to its lines
	grown  figures // MiB of anonymous memory beside its bytes
	scroll spent
}

// indentedOrders is a JSON body of at least so many bytes, laid out for reading.
func indentedOrders(size int) []byte {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "  {\n    \"id\": %d,\n    \"name\": \"item %d\"\n  },\n", i, i)
	}
	b.WriteString("  0\n]")
	return b.Bytes()
}

// oneLine is a JSON body with a line of so many bytes.
func oneLine(size int) []byte {
	return fmt.Appendf(nil, "{\n  \"text\": %q\n}", strings.Repeat("please ring twice, ", size/19))
}

// benchBodies opens a large body and one on a single line, in the window and in
// the toolkit's list of lines.
func benchBodies(t *testing.T, p plan) (list []opened) {
	large, long := indentedOrders(bigBody), oneLine(longLine)
	data := t.TempDir()
	keepBodies(t, data, long, []byte(`{"n":1}`), large, []byte(`{"n":2}`))
	ours := []opened{{name: "Shopbell, 10 MB", bytes: len(large)}, {name: "Shopbell, 1 MB on one line", bytes: len(long)}}
	theirs := []opened{{name: "toolkit's List of lines, 10 MB", bytes: len(large)}, {name: "toolkit's List, 30 kB on one line", bytes: toolkitLine}}
	for i := range p.rounds {
		last := i == p.rounds-1
		t.Run(fmt.Sprintf("round %d", i+1), func(t *testing.T) {
			openOurs(t, data, ours, last)
			openTheirs(t, bodyFile(t, large), &theirs[0], last)
			openTheirs(t, bodyFile(t, long[:toolkitLine]), &theirs[1], last)
		})
	}
	return append(ours, theirs...)
}

// openOurs goes down the list from the newest capture, with the body in front.
func openOurs(t *testing.T, data string, bodies []opened, scroll bool) {
	w := openWindow(t, program{data: data}.windowCommand(t, freeAddress(t)), rowsPart)
	w.start(&windowed{})
	w.act(bodyPart, "key Down") // the newest
	w.act(bodyPart, "key 2")    // its body
	for i := range bodies {
		w.measure(&bodies[i], bodyPart, "key Down")
		if scroll {
			w.over(bodyPart)
			bodies[i].scroll = w.during(scrollFor, bodyPart, w.wheel(5+2*i)) // the long line to the right
		}
		w.act(bodyPart, "key Down") // a small one
	}
}

func openTheirs(t *testing.T, file string, body *opened, scroll bool) {
	w := openWindow(t, toolkitCommand(t, "body", file), toolkitPart)
	w.start(&windowed{})
	w.measure(body, toolkitPart, "key o")
	if scroll {
		w.over(toolkitPart)
		body.scroll = w.during(scrollFor, toolkitPart, w.wheel(5))
	}
	w.close()
}

// measure opens a body with a key.
func (w *windowRun) measure(body *opened, part geometry.Rectangle, key string) {
	before, _ := w.holds()
	body.took = append(body.took, w.act(part, key))
	after, _ := w.holds()
	body.grown = append(body.grown, after-before-mib(int64(body.bytes)))
}

// keepBodies keeps a capture of each, the last one being the newest.
func keepBodies(t *testing.T, data string, bodies ...[]byte) {
	t.Helper()
	s, err := badgerstore.Open(badgerstore.Options{Dir: engine.StoreDir(data)})
	if err != nil {
		t.Fatal(err)
	}
	for i, body := range bodies {
		c := capture(i, body, time.Now())
		c.State = inspector.Done // nothing waits for a shop
		if err := s.Keep(context.Background(), c); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// bodyFile writes what the toolkit is given to show.
func bodyFile(t *testing.T, text []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "body")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
