//go:build bench && linux

package bench

import (
	"fmt"
	"slices"
)

// windowResults are the windows of one run.
type windowResults struct {
	few, many, toolkit windowed
	headless           float64 // per cent of a core, for the same arrivals without a window
	bodies             []opened
}

// tables prints what was measured and which goals are met.
func (r windowResults) tables(p plan) string {
	return r.startTable(p).String() + r.useTable(p).String() + r.bodyTable().String() + r.goalTable(p).String()
}

func (r windowResults) startTable(p plan) *table {
	text := &table{title: fmt.Sprintf("The window: milliseconds from the start of its process, %d rounds in turn, median [min..max]", p.rounds)}
	text.row("window", "first picture", "first rows", "rows of another scope", "anonymous MiB at rest", "resident MiB")
	for _, w := range []struct {
		name string
		of   windowed
	}{
		{fmt.Sprintf("Shopbell, %d captures", few), r.few},
		{fmt.Sprintf("Shopbell, %d captures", p.captures), r.many},
		{fmt.Sprintf("toolkit's List, %d rows in memory", p.captures), r.toolkit},
	} {
		text.row(w.name, w.of.first.String(), w.of.rows.String(), w.of.again.String(), short(w.of.rest.anon), short(w.of.rest.resident))
	}
	return text
}

func (r windowResults) useTable(p plan) *table {
	text := &table{title: fmt.Sprintf("The window with %d captures, used; times are between two pictures of the rows", p.captures)}
	text.row("window", "CPU %", "pictures/s", "p50 ms", "p95 ms", "longest ms", "over 50 ms", "anonymous MiB", "foreign")
	for _, w := range []struct {
		name string
		of   windowed
	}{{"Shopbell", r.many}, {"toolkit", r.toolkit}} {
		for _, s := range []struct {
			name string
			of   spent
		}{
			{"at rest", w.of.rest}, {"scrolled from the top", w.of.scroll}, {"scrolled up from the end", w.of.deep},
			{"1000 arrivals a second at the top", w.of.arrive}, {"the same, scrolled", w.of.both},
		} {
			text.row(s.of.row(w.name + ", " + s.name)...)
		}
	}
	text.notes = []string{
		"The toolkit's arrivals are a hundred rows ten times a second, in memory; Shopbell receives, checks, keeps and forwards deliveries.",
		fmt.Sprintf("Without a window the program uses %s %% of a core for the same arrivals. Senders got: at the top %s, p99 %s ms; scrolled %s.",
			short(r.headless), r.many.arrive.deliveries, short(r.many.arrive.deliveries.quantile(99)), r.many.both.deliveries),
	}
	return text
}

// row is one line of the table; at rest there are no frames.
func (s spent) row(name string) []string {
	p50, p95, longest, over := "-", "-", "-", "-"
	if len(s.frames) > 1 {
		sorted := slices.Sorted(slices.Values(s.frames))
		p50, p95, longest = short(sorted[len(sorted)/2]), short(sorted[len(sorted)*95/100]), short(s.frames.max())
		over = fmt.Sprint(s.slow())
	}
	return []string{name, short(s.cpu), short(s.perSecond), p50, p95, longest, over, short(s.anon), short(s.foreign)}
}

// slow counts the frames that took too long.
func (s spent) slow() (n int) {
	for _, ms := range s.frames {
		if ms > slow {
			n++
		}
	}
	return n
}

func (r windowResults) bodyTable() *table {
	text := &table{title: "Bodies: milliseconds from the key to the lines on the screen, Shopbell's with reading and formatting"}
	text.row("body", "ms", "MiB beside its bytes", "scrolled: pictures/s", "p50 ms", "p95 ms", "longest ms", "CPU %")
	for _, b := range r.bodies {
		cells := b.scroll.row(b.name)
		text.row(b.name, b.took.String(), b.grown.String(), cells[2], cells[3], cells[4], cells[5], cells[1])
	}
	return text
}

func (r windowResults) goalTable(p plan) *table {
	text := &table{title: "Goals under Xvfb, drawn by the processor"}
	text.row("goal", "limit", "reached", "")
	at := fmt.Sprintf(" at %d captures", p.captures)
	one := func(v float64) figures { return figures{v} }
	goals := []goal{
		{"ms to the rows of a scope" + at, false, 150, r.many.again},
		{"ms to the first rows, more than with few," + at, false, 150, one(r.many.rows.median() - r.few.rows.median())},
		{"pictures/s, scrolled" + at, true, 57, one(r.many.scroll.perSecond)},
		{"the same from the end", true, 57, one(r.many.deep.perSecond)},
		{"MiB more than with few" + at, false, 20, one(r.many.rest.anon - r.few.rest.anon)},
		{"CPU % of a core for the window, 1000 arrivals/s", false, 60, one(r.many.arrive.cpu - r.headless)},
		{"frames over 50 ms, scrolled while 1000/s arrive", false, 0, one(float64(r.many.both.slow()))},
	}
	for _, b := range r.bodies[:min(2, len(r.bodies))] {
		goals = append(goals, goal{"ms to open: " + b.name, false, 150, b.took}, goal{"MiB beside its bytes: " + b.name, false, 15, b.grown})
	}
	for _, g := range goals {
		text.row(g.row()...)
	}
	var shares figures
	for _, s := range []spent{r.many.rest, r.many.scroll, r.many.deep, r.many.arrive, r.many.both, r.toolkit.scroll} {
		shares = append(shares, s.foreign)
	}
	text.notes = []string{"60 frames a second are met at 57 pictures: the wheel is not in step with them.", quiet(shares)}
	return text
}
