//go:build bench && linux

package bench

import "fmt"

// results is all that a run measured.
type results struct {
	plan   plan
	boards map[setting]*board
	store  *storeResults // nil when it was not measured
}

// goal is one limit and what was reached. It counts by the median, but where a
// moment is too many by the most of all rounds.
type goal struct {
	what    string
	least   bool // limit is the least that will do, not the most
	limit   float64
	reached figures
}

func (g goal) row() []string {
	sign, answer := "<=", "not measured"
	met := g.reached.median() <= g.limit
	if g.least {
		sign, met = ">=", g.reached.median() >= g.limit
	}
	switch {
	case len(g.reached) > 0 && met:
		answer = "met"
	case len(g.reached) > 0:
		answer = "MISSED"
	}
	return []string{g.what, sign + " " + short(g.limit), g.reached.String(), answer}
}

// goals is the table of all goals.
func (r results) goals() string {
	text := table{title: "Goals: median [min..max] of the rounds of this run"}
	text.row("goal", "limit", "reached", "")
	for _, g := range append(r.pathGoals(), r.storeGoals()...) {
		text.row(g.row()...)
	}
	var shares figures
	for _, b := range r.boards {
		shares = append(shares, b.foreign()...)
	}
	if r.store != nil {
		shares = append(shares, r.store.foreign...)
	}
	text.notes = []string{quiet(shares)}
	return text.String()
}

// at is the board of a setting; one without samples when it was not measured.
func (r results) at(connections, size int) *board {
	if b := r.boards[setting{connections, size}]; b != nil {
		return b
	}
	return &board{}
}

// pathGoals are those of a delivery's way through the program.
func (r results) pathGoals() []goal {
	c1, c16, c64 := r.at(1, smallBody), r.at(16, smallBody), r.at(64, smallBody)
	middle, large := r.at(16, 64<<10), r.at(16, 1<<20)
	held := func(b *board) figures { return b.of(shopbell, anon).most() }
	var goals []goal
	for _, b := range []*board{c16, c64} {
		at := fmt.Sprintf(", %d connections", map[*board]int{c16: 16, c64: 64}[b])
		goals = append(goals,
			goal{"req/s of tuned ReverseProxy, 1.5 KB" + at, true, 0.45, b.ratio(shopbell, tuned, rate)},
			goal{"the same, stretch" + at, true, 0.6, b.ratio(shopbell, tuned, rate)},
			goal{"req/s of plain ReverseProxy, 1.5 KB" + at, true, 1, b.ratio(shopbell, plain, rate)})
	}
	return append(goals,
		goal{"CPU per request of tuned ReverseProxy, 16 connections", false, 2, c16.ratio(shopbell, tuned, cpu)},
		goal{"CPU per request of tuned ReverseProxy, 64 connections", false, 1.4, c64.ratio(shopbell, tuned, cpu)},
		goal{"req/s of mitmdump, 16 connections", true, 8, c16.ratio(shopbell, mitmdump, rate)},
		goal{"req/s of mitmdump, 64 connections", true, 8, c64.ratio(shopbell, mitmdump, rate)},
		goal{"req/s of mitmdump, 1 connection", true, 2, c1.ratio(shopbell, mitmdump, rate)},
		goal{"req/s of mockttp, 16 connections", true, 5, c16.ratio(shopbell, mockttp, rate)},
		goal{"p50 added to tuned's at 1 connection, of 2.5 fsync p50 + 0.1 ms", false, 1, c1.addedByStoring()},
		goal{"req/s of tuned ReverseProxy, 64 KB", true, 0.25, middle.ratio(shopbell, tuned, rate)},
		goal{"req/s of mitmdump, 1 MB", true, 1, large.ratio(shopbell, mitmdump, rate)},
		goal{"anonymous MiB under load, 1.5 KB, 16 connections", false, 200, held(c16)},
		goal{"anonymous MiB under load, 1.5 KB, 64 connections", false, 200, held(c64)},
		goal{"anonymous MiB under load, 1 MB", false, 300, held(large)},
	)
}

// addedByStoring is the p50 that Shopbell has above the tuned proxy, as a share
// of what the disk of the same round allows.
func (b *board) addedByStoring() figures {
	var shares figures
	mine, theirs := b.of(shopbell, p50), b.of(tuned, p50)
	for i := range min(len(mine), len(theirs), len(b.disk)) {
		shares = append(shares, (mine[i]-theirs[i])/(2.5*b.disk[i].P50+0.1))
	}
	return shares
}

// storeGoals are those of the store alone. Of the kinds of words the slowest
// counts.
func (r results) storeGoals() []goal {
	var writers, open, page, all, idle, warm, cold, micros, bytes, back, longest figures
	if s := r.store; s != nil {
		writers = values(s.writes[writeTask{"store", 64, r.plan.length}], perSecond).over(values(s.writes[badgerAlone(r.plan)], perSecond))
		var most []looked
		if len(s.sizes) > 0 {
			most = s.sizes[len(s.sizes)-1].rounds
		}
		open = values(most, func(l looked) float64 { return l.Open })
		page = values(most, func(l looked) float64 { return l.Newest })
		all = values(most, func(l looked) float64 { return l.All })
		idle = values(most, func(l looked) float64 { return l.Idle })
		for _, kind := range words {
			warm, cold = slower(warm, s.warm(kind)), slower(cold, s.cold(kind))
		}
		micros = values(s.index, func(i indexed) float64 { return i.micros })
		bytes = values(s.index, func(i indexed) float64 { return i.bytes })
		back = values(s.retain, func(o retained) float64 { return o.Back })
		longest = values(s.retain, func(o retained) float64 { return o.Longest }).most()
	}
	at := fmt.Sprintf(" at %d captures", r.plan.captures)
	return []goal{
		{"64 writers of one synced Badger writer", true, 10, writers},
		{"ms to open" + at, false, 300, open},
		{"ms for the newest 50" + at, false, 5, page},
		{"ms for all summaries" + at, false, 1000, all},
		{"anonymous MiB idle" + at, false, 60, idle},
		{"ms for a word, warm" + at, false, 100, warm},
		{"ms for a word, cold" + at, false, 500, cold},
		{"us of index a capture", false, 25, micros},
		{"bytes of index a capture", false, 250, bytes},
		{"share of expired bytes given back in 10 s", true, 0.8, back},
		{"ms that a reply was held meanwhile, at most", false, 100, longest},
	}
}

// slower is the one with the larger median.
func slower(a, b figures) figures {
	if a.median() >= b.median() && len(a) > 0 {
		return a
	}
	return b
}
