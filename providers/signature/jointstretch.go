package signature

import "slices"

// stretch is the parts of a template between two secrets, and what a message
// is asked about them. Nothing of it depends on the message.
type stretch struct {
	from, to int
	left     int   // the part that need not show its ends
	mixed    []int // the parts that can be made of several values
	asks     []ask
}

// ask is by what the part at that place shows where it ends and begins.
type ask struct {
	at         int
	end, begin jointRule
}

// stretches are those of t that have something to be asked.
func (l *Layout) stretches(t Template) (out []stretch) {
	c := &check{findings: findings{Layout: l}}
	for from := 0; from < len(t); {
		s := stretch{from: from, to: from}
		j := joints{c: c}
		for ; s.to < len(t) && t[s.to].Kind != PartSecret; s.to++ {
			j.pieces = append(j.pieces, piece{part: &t[s.to]})
		}
		if j.plan(&s); len(s.mixed)+len(s.asks) > 0 {
			out = append(out, s)
		}
		from = s.to + 1
	}
	return out
}

// plan finds out what is to be asked about the pieces of s.
func (j *joints) plan(s *stretch) {
	n := 0
	for i := range j.pieces {
		p := j.pieces[i].part
		if p.Kind == PartText || p.glued() || slices.ContainsFunc(p.Filters, Filter.joins) {
			s.mixed = append(s.mixed, i)
		}
		if j.varies(i) {
			n++
		}
	}
	if n < 2 {
		return
	}
	j.left, _ = j.leftOver()
	s.left = j.left
	for i := range j.pieces {
		if !j.varies(i) || i == j.left && j.wide(i) {
			continue
		}
		a := ask{i, unasked, unasked}
		if i < j.left || j.parted(i, i+1) {
			a.end = j.open(i, j.endRule(i))
		}
		if i > j.left || j.parted(i, i-1) {
			a.begin = j.open(i, j.beginRule(i))
		}
		if a.end != unasked || a.begin != unasked {
			s.asks = append(s.asks, a)
		}
	}
}

// open is the rule if a message can break it: what has one form always has it,
// and the scheme's own time was read before.
func (j *joints) open(i int, r jointRule) jointRule {
	p := j.pieces[i].part
	if r == byForm && (!j.timed(p) || p.Kind == PartTimestamp) {
		return unasked
	}
	return r
}

// wide tells whether piece i is all of the body or of the address, which holds
// separators as a matter of course. A field that is left over may hold none: else
// the text could be cut at it, too.
func (j *joints) wide(i int) bool { return j.pieces[i].part.Name == "" }

// parted tells whether a separator stands between the left-over piece i and
// another part, on the side of the literal at k.
func (j *joints) parted(i, k int) bool {
	if i != j.left || k < 0 || k >= len(j.pieces) || j.pieces[k].part.Kind != PartLiteral {
		return false
	}
	step := k - i
	for k += step; k >= 0 && k < len(j.pieces); k += step {
		if j.varies(k) {
			return true
		}
	}
	return false
}

// leftOver is the part that need not show its ends: the choice depends on the
// template alone, so that it is the same for every way to cut a text. least is
// what the others cost.
func (j *joints) leftOver() (best, least int) {
	best = -1
	for i := range j.pieces {
		if !j.varies(i) {
			continue
		}
		cost := 0
		for k := range j.pieces {
			switch {
			case !j.varies(k):
			case k < i:
				cost += j.endRule(k).cost(j.pieces[k].part)
			case k > i:
				cost += j.beginRule(k).cost(j.pieces[k].part)
			}
		}
		if best < 0 || cost <= least {
			best, least = i, cost
		}
	}
	return best, least
}
