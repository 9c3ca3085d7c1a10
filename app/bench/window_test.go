//go:build bench && linux

package bench

import (
	"fmt"
	"io"
	"strconv"
	"testing"
	"time"

	"shopbell/app/engine"
)

const (
	// few is how many captures the window is compared with that has little to show.
	few = 60
	// scrollFor and arriveFor are how long the wheel turns and deliveries arrive.
	scrollFor = 5 * time.Second
	arriveFor = 10 * time.Second
	// slow is how long a frame may take while deliveries arrive, in milliseconds.
	slow = 50
)

// windowed is what was measured of one window.
type windowed struct {
	first, rows figures // milliseconds from the start to anything, and to the rows
	again       figures // milliseconds to the rows of another scope and back
	// What it used at rest, while scrolled at the top and from the end, while
	// deliveries arrive at the top, and while scrolled meanwhile.
	rest, scroll, deep, arrive, both spent
}

// benchWindow opens the real window on few and on many captures, and the
// toolkit's list beside it.
func benchWindow(t *testing.T, p plan, out io.Writer) {
	buildToolkit(t)
	shop, _ := startShop(t)
	small, large := filledData(t, few), filledData(t, p.captures)
	var r windowResults
	r.many.arrive.deliveries, r.many.both.deliveries = newAnswers(), newAnswers() // for a run of a part of this
	for i := range p.rounds {
		t.Run(fmt.Sprintf("start %d", i+1), func(t *testing.T) {
			startOnce(t, program{shop: "http://" + shop, data: small}, &r.few)
			startOnce(t, program{shop: "http://" + shop, data: large}, &r.many)
			startToolkit(t, p.captures, &r.toolkit)
		})
	}
	t.Run("few", func(t *testing.T) { restWindow(t, program{shop: "http://" + shop, data: small}, &r.few) })
	t.Run("many", func(t *testing.T) { useWindow(t, program{shop: "http://" + shop, data: large}, &r.many) })
	t.Run("toolkit", func(t *testing.T) { useToolkit(t, p.captures, &r.toolkit) })
	t.Run("no window", func(t *testing.T) { r.headless = useHeadless(t, program{shop: "http://" + shop, data: large}) })
	t.Run("body", func(t *testing.T) { r.bodies = benchBodies(t, p) })
	fmt.Fprint(out, r.tables(p))
}

// filledData is a data folder with so many captures.
func filledData(t *testing.T, captures int) string {
	t.Helper()
	data := t.TempDir()
	ask[filled](t, "fill", fillTask{Dir: engine.StoreDir(data), To: captures})
	return data
}

// start opens the window and notes when it showed what.
func (w *windowRun) start(r *windowed) {
	w.t.Helper()
	f := w.untilStill(w.t, w.part, w.bare)
	r.first = append(r.first, millis(f[1].since.Sub(w.began)))
	r.rows = append(r.rows, millis(f.settled().Sub(w.began)))
}

func startOnce(t *testing.T, p program, r *windowed) {
	w := openWindow(t, p.windowCommand(t, freeAddress(t)), rowsPart)
	w.start(r)
	w.close()
}

func startToolkit(t *testing.T, captures int, r *windowed) {
	w := openWindow(t, toolkitCommand(t, "list", strconv.Itoa(captures)), toolkitPart)
	w.start(r)
	w.close()
}

// restWindow only looks at the window at rest.
func restWindow(t *testing.T, p program, r *windowed) {
	w := openWindow(t, p.windowCommand(t, freeAddress(t)), rowsPart)
	w.start(&windowed{}) // only the rounds count
	r.rest = w.during(scrollFor, w.part, nothing)
}

// useWindow does to the real window what a user does.
func useWindow(t *testing.T, p program, r *windowed) {
	address := freeAddress(t)
	w := openWindow(t, p.windowCommand(t, address), rowsPart)
	w.start(&windowed{})
	w.process.await(t, address)
	for range 5 {
		w.act(w.part, "key ctrl+2") // what is not verified: nothing
		r.again = append(r.again, w.act(w.part, "key ctrl+1"))
	}
	w.use(r, "key Home", "key End")
	orders := newParcels(t, smallBody)
	w.do("key Home")
	w.untilStill(t, w.part)
	send := func(a **answers) func(time.Time) {
		return func(until time.Time) { *a = arrive(address, orders, arrivals, until) }
	}
	var got *answers
	r.arrive = w.during(arriveFor, w.part, send(&got))
	r.arrive.deliveries = got
	r.both = w.during(arriveFor, w.part, func(until time.Time) {
		go w.wheel(5)(until)
		send(&got)(until)
	})
	r.both.deliveries = got
}

// use measures what both lists do: rest, and scroll from the top and from the end.
func (w *windowRun) use(r *windowed, home, end string) {
	w.t.Helper()
	w.over(w.part)
	r.rest = w.during(scrollFor, w.part, nothing)
	r.scroll = w.during(scrollFor, w.part, w.wheel(5))
	w.do(end)
	w.untilStill(w.t, w.part)
	r.deep = w.during(scrollFor, w.part, w.wheel(4))
	w.do(home)
	w.untilStill(w.t, w.part)
}

// useToolkit does the same to the toolkit's list. It is in memory, and nothing
// is received, checked or kept: a hundred rows come ten times a second.
func useToolkit(t *testing.T, captures int, r *windowed) {
	w := openWindow(t, toolkitCommand(t, "list", strconv.Itoa(captures)), toolkitPart)
	w.start(&windowed{})
	w.use(r, "key h", "key e")
	w.do("key a")
	r.arrive = w.during(arriveFor, w.part, nothing)
	r.both = w.during(arriveFor, w.part, w.wheel(5))
}

// useHeadless is the same arrivals at the program without a window, in per cent
// of a core.
func useHeadless(t *testing.T, p program) float64 {
	at := p.start(t)
	orders := newParcels(t, smallBody)
	before, err := readUsage()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	arrive(at.address, orders, arrivals, began.Add(arriveFor))
	took := time.Since(began)
	after, err := readUsage()
	if err != nil {
		t.Fatal(err)
	}
	pid := at.process.cmd.Process.Pid
	return 100 * float64(after.of(pid)-before.of(pid)) / float64(took)
}
