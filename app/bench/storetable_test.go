//go:build bench && linux

package bench

import "fmt"

// values returns one value for each round.
func values[Round any](rounds []Round, value func(Round) float64) figures {
	var f figures
	for _, r := range rounds {
		f = append(f, value(r))
	}
	return f
}

func perSecond(w written) float64 { return w.Rate }

// badgerAlone is the peer of the store: one writer, a synced transaction each.
func badgerAlone(p plan) writeTask { return writeTask{"badger", 1, p.length} }

func (r *storeResults) writeTable(p plan) *table {
	text := &table{title: fmt.Sprintf("Durable writes of about 2 KB, %d rounds of %v each in turn, median [min..max]", p.rounds, p.length)}
	text.row("how", "writes/s", "of one Badger writer", "p50 ms", "p99 ms", "CPU us each")
	names := map[string]string{"disk": "append 2 KB + fdatasync", "badger": "Badger, a synced Update each", "store": "Shopbell's store"}
	for _, w := range writeTasks(p) {
		rounds := r.writes[w]
		rate := values(rounds, perSecond)
		text.row(fmt.Sprintf("%s, %d at once", names[w.Kind], w.Writers), rate.middle(),
			rate.over(values(r.writes[badgerAlone(p)], perSecond)).String(),
			values(rounds, func(w written) float64 { return w.P50 }).middle(),
			values(rounds, func(w written) float64 { return w.P99 }).middle(),
			values(rounds, func(w written) float64 { return w.CPU }).middle())
	}
	return text
}

func (r *storeResults) sizeTable(p plan) *table {
	text := &table{title: fmt.Sprintf("The store at rest, captures of 1.5 KB, %d processes each, median [min..max]", p.rounds)}
	text.row("captures", "disk MiB", "filled/s", "open ms", "newest 50 ms", "again ms", "all summaries ms", "idle anonymous MiB", "peak RSS MiB", "anonymous after all MiB")
	for _, s := range r.sizes {
		of := func(value func(looked) float64) figures { return values(s.rounds, value) }
		text.row(fmt.Sprint(s.captures), short(mib(s.disk)), short(s.filled),
			of(func(l looked) float64 { return l.Open }).String(),
			of(func(l looked) float64 { return l.Newest }).String(),
			of(func(l looked) float64 { return l.NewestAgain }).middle(),
			of(func(l looked) float64 { return l.All }).String(),
			of(func(l looked) float64 { return l.Idle }).String(),
			of(func(l looked) float64 { return l.IdleResident }).middle(),
			of(func(l looked) float64 { return l.Busy }).middle())
	}
	text.notes = []string{fmt.Sprintf("the whole program (shopbell serve) at rest on the last of these: %s MiB anonymous, %s MiB peak RSS",
		short(mib(r.idle.anon)), short(mib(r.idle.peak)))}
	return text
}

func (r *storeResults) searchTable(p plan) *table {
	text := &table{title: fmt.Sprintf("Search among %d captures: the first %d of those that contain ..., %d processes each, median [min..max]", p.captures, firstPage, p.rounds)}
	text.row("word", "cold ms", "warm ms")
	for _, kind := range words {
		text.row(kind, r.cold(kind).String(), r.warm(kind).String())
	}
	text.notes = []string{
		fmt.Sprintf("the index costs %s us and %s bytes a capture: what %d captures cost with fields in their bodies, less what they cost without",
			values(r.index, func(i indexed) float64 { return i.micros }), values(r.index, func(i indexed) float64 { return i.bytes }), p.captures/10),
	}
	return text
}

func (r *storeResults) cold(kind string) figures {
	return values(r.search[kind], func(s searched) float64 { return s.Cold })
}

// warm is the median of each process.
func (r *storeResults) warm(kind string) figures {
	return values(r.search[kind], func(s searched) float64 { return s.Warm.median() })
}

func (r *storeResults) retentionTable(p plan) *table {
	text := &table{title: fmt.Sprintf("Retention of %d captures, %d of %d days expired, %d rounds, median [min..max]", p.captures/10, expiredDays, filledDays, p.rounds)}
	text.row("given back in 10 s", "80 % after s", "longest Keep ms", "without retention ms")
	of := func(value func(retained) float64) string { return values(r.retain, value).String() }
	text.row(of(func(o retained) float64 { return o.Back }), of(func(o retained) float64 { return o.Enough }),
		of(func(o retained) float64 { return o.Longest }), of(func(o retained) float64 { return o.Calm }))
	return text
}
