package compare

import (
	"bytes"
	"cmp"
	"slices"

	"znkr.io/diff"
)

// none is the place of a partner that is not there.
const none = -1

// couple is a part of one list and its partner in the other, none when it has
// none there. Of a part that moved, each side has a couple of its own with the
// partner's place in to; elsewhere to is none.
type couple struct {
	a, b int
	to   int
}

// mirror gives couples for the lists in the other order.
func mirror(list []couple) []couple {
	for i, c := range list {
		list[i].a, list[i].b = c.b, c.a
	}
	return list
}

// lists couples two lists in their order: by the longest common subsequence of
// what they mean; then what is left in both, as moved; then, within each gap,
// what is alike. The result is the same, mirrored, for the lists in the other
// order.
func lists(a, b []hash, alike func(i, j int) int) []couple {
	if slices.CompareFunc(a, b, func(x, y hash) int { return bytes.Compare(x[:], y[:]) }) > 0 {
		return mirror(lists(b, a, func(i, j int) int { return alike(j, i) }))
	}
	out := gaps(a, b)
	markMoved(out, a, b)
	return coupleAlike(out, alike)
}

// gaps couples what stays in its order.
func gaps[T comparable](a, b []T) []couple {
	var options []diff.Option
	if len(a)+len(b) > precise {
		options = append(options, diff.Fast())
	}
	out := make([]couple, 0, max(len(a), len(b)))
	for _, e := range diff.Edits(a, b, options...) {
		switch e.Op {
		case diff.Match:
			out = append(out, couple{e.PosX, e.PosY, none})
		case diff.Delete:
			out = append(out, couple{e.PosX, none, none})
		case diff.Insert:
			out = append(out, couple{none, e.PosY, none})
		}
	}
	return out
}

// markMoved finds what was taken out at one place and put in at another.
func markMoved(list []couple, a, b []hash) {
	gone := map[hash][]int{} // numbers of couples without a partner in b
	for n, c := range list {
		if c.b == none {
			gone[a[c.a]] = append(gone[a[c.a]], n)
		}
	}
	if len(gone) == 0 {
		return
	}
	for n, c := range list {
		if c.a != none {
			continue
		}
		if from := gone[b[c.b]]; len(from) > 0 {
			gone[b[c.b]] = from[1:]
			list[from[0]].to, list[n].to = c.b, list[from[0]].a
		}
	}
}

// coupleAlike joins, in each gap, what was taken out with what was put in where
// they are alike.
func coupleAlike(list []couple, alike func(i, j int) int) []couple {
	out := make([]couple, 0, len(list))
	for at := 0; at < len(list); {
		end := at
		var left, right []couple
		for ; end < len(list) && (list[end].a == none || list[end].b == none); end++ {
			if list[end].b == none {
				left = append(left, list[end])
			} else {
				right = append(right, list[end])
			}
		}
		out = append(out, joinGap(left, right, alike)...)
		if end < len(list) {
			out = append(out, list[end])
			end++
		}
		at = end
	}
	return out
}

// mostPairs is how many pairs of a gap are weighed; a larger gap is joined in
// its order.
const mostPairs = 2_500

// pairing is two parts of a gap and how alike they are.
type pairing struct{ i, j, score int }

// joinGap joins two lists of couples without partners, keeping the order of both.
func joinGap(left, right []couple, alike func(i, j int) int) []couple {
	if len(left) == 0 || len(right) == 0 {
		return append(left, right...)
	}
	var out []couple
	i, j := 0, 0
	for _, p := range weigh(left, right, alike) {
		out = append(append(out, left[i:p.i]...), right[j:p.j]...)
		out = append(out, couple{left[p.i].a, right[p.j].b, none})
		i, j = p.i+1, p.j+1
	}
	return append(append(out, left[i:]...), right[j:]...)
}

// weigh chooses pairs that do not cross, the most alike first.
func weigh(left, right []couple, alike func(i, j int) int) []pairing {
	var all, chosen []pairing
	if len(left)*len(right) > mostPairs {
		for n := range min(len(left), len(right)) {
			all = append(all, pairing{n, n, 1})
		}
	} else {
		for i := range left {
			for j := range right {
				all = append(all, pairing{i, j, 1})
			}
		}
	}
	weighed := all[:0]
	for _, p := range all {
		if left[p.i].to != none || right[p.j].to != none {
			continue // it moved
		}
		if p.score = alike(left[p.i].a, right[p.j].b); p.score > 0 {
			weighed = append(weighed, p)
		}
	}
	slices.SortStableFunc(weighed, func(x, y pairing) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(apart(x), apart(y)), cmp.Compare(x.i, y.i))
	})
	for _, p := range weighed {
		n, found := slices.BinarySearchFunc(chosen, p, func(x, y pairing) int { return cmp.Compare(x.i, y.i) })
		free := !found && (n == 0 || chosen[n-1].j < p.j) && (n == len(chosen) || chosen[n].j > p.j)
		if free {
			chosen = slices.Insert(chosen, n, p)
		}
	}
	return chosen
}

func apart(p pairing) int { return max(p.i-p.j, p.j-p.i) }

// members couples two lists of members by key, in the order of a; what b alone
// has stands behind what it follows in b. Members of one key are coupled as
// lists of their own, because their order has a meaning.
func members(a, b []string, ids func(k int, right bool) hash) []couple {
	byKey := map[string][]int{}
	for j, key := range b {
		byKey[key] = append(byKey[key], j)
	}
	partner, moved := make([]int, len(a)), map[int]bool{}
	used := make([]bool, len(b))
	mine := map[string][]int{}
	for i, key := range a {
		partner[i] = none
		mine[key] = append(mine[key], i)
	}
	for i, key := range a {
		group := mine[key]
		if group[0] != i || len(byKey[key]) == 0 {
			continue
		}
		for _, c := range ofOneKey(group, byKey[key], ids) {
			partner[c.a], used[c.b] = c.b, true
			moved[c.a] = c.to != none
		}
	}
	return merge(partner, used, moved)
}

// ofOneKey couples the members of one key: first those that mean the same, in
// order or out of it, then the rest in order. Those that moved have to.
func ofOneKey(a, b []int, ids func(k int, right bool) hash) []couple {
	if len(a) == 1 && len(b) == 1 {
		return []couple{{a[0], b[0], none}}
	}
	x, y := make([]hash, len(a)), make([]hash, len(b))
	for n, k := range a {
		x[n] = ids(k, false)
	}
	for n, k := range b {
		y[n] = ids(k, true)
	}
	var out []couple
	for _, c := range lists(x, y, func(int, int) int { return 1 }) {
		switch {
		case c.a != none && c.b != none:
			out = append(out, couple{a[c.a], b[c.b], none})
		case c.a != none && c.to != none:
			out = append(out, couple{a[c.a], b[c.to], b[c.to]})
		}
	}
	return out
}

// merge puts couples into the order of a, each of b without a partner behind
// the one before it in b.
func merge(partner []int, used []bool, moved map[int]bool) []couple {
	follows := map[int][]int{} // by place in a, none for the start
	back := make([]int, len(used))
	for i, j := range partner {
		if j != none {
			back[j] = i
		}
	}
	last := none
	for j, taken := range used {
		if taken {
			last = back[j]
		} else {
			follows[last] = append(follows[last], j)
		}
	}
	out := make([]couple, 0, len(partner)+len(follows))
	after := none
	put := func() {
		for _, j := range follows[after] {
			out = append(out, couple{none, j, none})
		}
	}
	for i, j := range partner {
		c := couple{i, j, none}
		if j != none { // what was added stands behind what was removed
			put()
			after = i
		}
		if moved[i] {
			c.to = j
		}
		out = append(out, c)
	}
	put()
	return out
}
