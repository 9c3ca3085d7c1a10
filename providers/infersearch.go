package providers

import "slices"

// separators are what providers put between parts.
var separators = [...]string{"", ".", ":", "|", "\n", ",", "-", "&", ";", "+", "_", " ", "/"}

// search tries one kind of text after the other, so that a simple form is
// found before one that happens to give the same text.
func (q *inference) search() bool {
	p := &q.pool
	others := p.others()
	q.plain, q.rare = true, true
	near := append(slices.Clone(p.times), first(p.names, 6)...)
	for _, stage := range []func() bool{
		func() bool { return q.around([]*atom{p.body}, near, 2) || q.bare() },
		func() bool { return q.around(p.fields, nil, 1) },
		func() bool { return q.around([]*atom{p.body}, others, 2) },
		func() bool { return q.versioned(others) },
		func() bool { return q.around(p.forms, others, 1) },
		func() bool { q.rare = false; return q.around([]*atom{p.body}, near, 3) },
		func() bool { return q.twice() || q.ended(near) },
		func() bool { return q.around(p.sorted, p.request, 1) || q.keyTails() },
		func() bool { return q.around(p.forms, others, 2) },
		func() bool {
			return q.around(first(p.fields, 16), first(append(slices.Clone(p.times), p.fields...), 20), 2)
		},
		func() bool { return q.around(p.sorted, p.request, 2) },
		func() bool { return q.around([]*atom{p.body}, others, 3) },
		func() bool { return q.around(append(first(p.forms, 1), p.body), near, 4) },
		func() bool { return q.around(append(first(p.forms, 4), p.body), q.line(), 4) },
		func() bool { return q.around(p.fields, others, 2) || q.around([]*atom{p.body}, p.fields, 2) },
		func() bool { return q.around(p.request, others, 3) },
		func() bool { return q.digested(near) },
		func() bool { return q.subsets() },
		func() bool { q.plain = false; return q.ended(others) },
		func() bool { return q.around(first(p.forms, 8), others, 3) },
		func() bool { return q.around([]*atom{p.body}, others, 4) },
		func() bool { return q.around(first(p.forms, 4), others, 4) },
		func() bool { return q.around(first(p.sorted, 60), others, 2) },
		func() bool { return q.around(first(p.fields, 12), first(append(others, p.fields...), 20), 3) },
		func() bool { return q.withHead(others) },
	} {
		if stage() {
			return q.done
		}
	}
	return false
}

func first(list []*atom, n int) []*atom { return list[:min(n, len(list))] }

// around tries each of must alone and in every order with up to k-1 of others,
// a single one of must at a time.
func (q *inference) around(must, others []*atom, k int) bool {
	for n := range k {
		for _, m := range must {
			if orders(others, n, func(c []*atom) bool {
				if slices.Contains(c, m) {
					return false
				}
				return q.inserted(c, m)
			}) {
				return true
			}
		}
	}
	return false
}

// bare tries a hash of the secret alone: a token in disguise.
func (q *inference) bare() bool {
	for _, s := range q.pool.secrets {
		if q.try([]*atom{s}) {
			return true
		}
	}
	return false
}

// line is what a request line and a time may put beside a digest of the body.
func (q *inference) line() (out []*atom) {
	for _, text := range [...]string{"method", "url", "target", "path"} {
		if a := q.atomOf(text); a != nil {
			out = append(out, q.pool.seen[string(a.text)])
		}
	}
	return append(out, first(q.pool.times, 2)...)
}

// twice puts the same part before and behind the body.
func (q *inference) twice() bool {
	for _, a := range q.pool.others() {
		for _, body := range append(first(q.pool.forms, 2), q.pool.body) {
			if q.spaced([]*atom{a, body, a}) {
				return true
			}
		}
	}
	return false
}

// inserted tries c with m at every place of it.
func (q *inference) inserted(c []*atom, m *atom) bool {
	parts := make([]*atom, 0, len(c)+1)
	for at := range len(c) + 1 {
		parts = append(append(append(parts[:0], c[:at]...), m), c[at:]...)
		if q.spaced(parts) {
			return true
		}
	}
	return false
}

// orders yields every choice of n of the atoms in every order. It ends, true,
// when yield does.
func orders(atoms []*atom, n int, yield func([]*atom) bool) bool {
	chosen := make([]*atom, 0, n)
	var next func() bool
	next = func() bool {
		if len(chosen) == n {
			return yield(chosen)
		}
		for _, a := range atoms {
			if slices.Contains(chosen, a) {
				continue
			}
			chosen = append(chosen, a)
			if next() {
				return true
			}
			chosen = chosen[:len(chosen)-1]
		}
		return false
	}
	return next()
}

// spaced tries c with each separator between its parts, and with the secret
// before, behind and among them.
func (q *inference) spaced(c []*atom) bool {
	for _, sep := range separators {
		if (len(c) > 1 || sep == "") && q.try(q.joined(sep, c)) {
			return true
		}
		if q.plain && q.withSecret(sep, c) {
			return true
		}
	}
	return false
}

// withSecret puts the secret at every place among the parts, and at both ends.
func (q *inference) withSecret(sep string, c []*atom) bool {
	room := make([]*atom, 0, len(c)+2)
	for _, s := range q.pool.secrets {
		for at := range len(c) + 1 {
			room = append(append(append(room[:0], c[:at]...), s), c[at:]...)
			if q.try(q.joined(sep, room)) {
				return true
			}
		}
		room = append(append(append(room[:0], s), c...), s)
		if q.try(q.joined(sep, room)) {
			return true
		}
	}
	return false
}

// joined is c with a separator between its parts, until the next call.
func (q *inference) joined(sep string, c []*atom) []*atom {
	if sep == "" {
		return c
	}
	between := q.pool.separators[sep]
	q.room = q.room[:0]
	for i, a := range c {
		if i > 0 {
			q.room = append(q.room, between)
		}
		q.room = append(q.room, a)
	}
	return q.room
}

// versioned puts a version or the signature's prefix before the text:
// "v0:{timestamp}:{body}".
func (q *inference) versioned(others []*atom) bool {
	body := q.pool.body
	for _, word := range q.pool.words {
		for n := range 2 {
			if orders(others, n, func(c []*atom) bool {
				for at := range len(c) + 1 {
					parts := append([]*atom{word}, slices.Insert(slices.Clone(c), at, body)...)
					for _, sep := range separators {
						if q.try(q.joined(sep, parts)) {
							return true
						}
					}
				}
				return false
			}) {
				return true
			}
		}
	}
	return false
}

// ended puts the separator behind the last part too.
func (q *inference) ended(others []*atom) bool {
	return orders(append([]*atom{q.pool.body}, others...), 3, q.endings) ||
		orders(append([]*atom{q.pool.body}, others...), 2, q.endings) ||
		q.endings([]*atom{q.pool.body})
}

func (q *inference) endings(c []*atom) bool {
	for _, sep := range separators[1:] {
		if q.try(append(q.joined(sep, c), q.pool.separators[sep])) {
			return true
		}
	}
	return false
}
