package providers

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"math/bits"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// keyTails puts the secret behind sorted fields like one more of them:
// "a=1&b=2&key=SECRET".
func (q *inference) keyTails() bool {
	for _, fields := range append(slices.Clone(q.pool.sorted), q.pool.body) {
		for _, name := range [...]string{"&key=", "&secret=", "&secret_key=", "&app_secret=", "&key:", "|key=", "&"} {
			for _, s := range q.pool.secrets {
				if q.try([]*atom{fields, literal(name), s}) {
					return true
				}
			}
		}
	}
	return false
}

// digested signs a digest of a short text instead of the text.
func (q *inference) digested(others []*atom) bool {
	body := q.pool.body
	for n := range 3 {
		if orders(others, n, func(c []*atom) bool {
			for at := range len(c) + 1 {
				parts := slices.Insert(slices.Clone(c), at, body)
				for _, sep := range separators {
					if q.digests(q.joined(sep, parts)) {
						return true
					}
				}
			}
			return false
		}) {
			return true
		}
	}
	return false
}

func (q *inference) digests(inner []*atom) bool {
	var text []byte
	for _, a := range inner {
		text = append(text, a.text...)
	}
	if len(text) == 0 || q.over(2*len(text)) {
		return q.done || len(text) > 0
	}
	raw, weak := sha256.Sum256(text), md5.Sum(text)
	for _, d := range []struct {
		filters string
		sum     []byte
	}{
		{"text|sha256", raw[:]}, {"text|sha256|hex", []byte(hex.EncodeToString(raw[:]))}, {"text|md5|hex", []byte(hex.EncodeToString(weak[:]))},
	} {
		p, err := signature.ParsePart(d.filters)
		if err == nil && q.try([]*atom{{parts: signature.Template{p}, text: d.sum, inner: inner}}) {
			return true
		}
	}
	return false
}

// maxSubsets is how many choices among the fields of a body are tried in one
// order.
const maxSubsets = 1 << 14

// subsets tries choices of fields of the body or the query: in the order in
// which they stand and in that of their names, alone and with their names.
func (q *inference) subsets() bool {
	byName := slices.Clone(q.pool.fields)
	slices.SortStableFunc(byName, func(a, b *atom) int { return strings.Compare(a.parts[0].Name, b.parts[0].Name) })
	lists := [][]*atom{q.pool.fields, byName}
	if slices.Equal(q.pool.fields, byName) {
		lists = lists[:1]
	}
	for _, list := range lists {
		if choices(len(list), func(chosen []int) bool {
			c := make([]*atom, len(chosen))
			for i, at := range chosen {
				c[i] = list[at]
			}
			return len(c) > 1 && (q.listed(c) || q.labelled(c))
		}) {
			return true
		}
	}
	return false
}

// listed tries values alone, with the secret at either end.
func (q *inference) listed(c []*atom) bool {
	for _, sep := range [...]string{"", "|", ":", ",", "&", ".", "-", ";", "\n", "_"} {
		if q.try(q.joined(sep, c)) {
			return true
		}
		for _, s := range first(q.pool.secrets, 2) {
			if q.try(q.joined(sep, append(slices.Clone(c), s))) || q.try(q.joined(sep, append([]*atom{s}, c...))) {
				return true
			}
		}
	}
	return false
}

// labelled writes the name of each field before it.
func (q *inference) labelled(c []*atom) bool {
	for _, equals := range [...]string{"=", ":"} {
		for _, pairs := range [...]string{"&", ",", ";", "|", "\n"} {
			text := make([]*atom, 0, 2*len(c))
			for i, a := range c {
				label := lastName(a.parts[0].Name) + equals
				if i > 0 {
					label = pairs + label
				}
				text = append(text, literal(label), a)
			}
			if q.try(text) {
				return true
			}
		}
	}
	return false
}

func lastName(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// choices yields subsets of 0 to n-1, each in order: all of them when there are
// few, else those of nearly all and of a few, maxSubsets in all.
func choices(n int, yield func([]int) bool) bool {
	if n <= bits.Len(maxSubsets)-1 {
		for mask := 1<<n - 1; mask > 0; mask-- {
			var chosen []int
			for i := range n {
				if mask>>i&1 == 1 {
					chosen = append(chosen, i)
				}
			}
			if yield(chosen) {
				return true
			}
		}
		return false
	}
	left := maxSubsets
	for k := range 4 {
		if combinations(n, k, func(some []int) bool {
			left--
			return left < 0 || yield(without0(n, some)) || k > 1 && yield(slices.Clone(some))
		}) {
			return true
		}
	}
	return combinations(n, 4, func(some []int) bool {
		left--
		return left < 0 || yield(slices.Clone(some))
	})
}

// without0 is 0 to n-1 without some.
func without0(n int, some []int) (out []int) {
	for i := range n {
		if !slices.Contains(some, i) {
			out = append(out, i)
		}
	}
	return out
}

// combinations yields every choice of k of 0 to n-1, in order.
func combinations(n, k int, yield func([]int) bool) bool {
	chosen := make([]int, 0, k)
	var next func(from int) bool
	next = func(from int) bool {
		if len(chosen) == k {
			return yield(chosen)
		}
		for i := from; i < n; i++ {
			chosen = append(chosen, i)
			if next(i + 1) {
				return true
			}
			chosen = chosen[:len(chosen)-1]
		}
		return false
	}
	return next(0)
}

// withHead puts a request line before the rest, with another separator.
func (q *inference) withHead(others []*atom) bool {
	rest := append([]*atom{q.pool.body}, first(others, 6)...)
	for _, where := range [...]string{"target", "path", "url"} {
		method, at := q.atomOf("method"), q.atomOf(where)
		if method == nil || at == nil {
			continue
		}
		for _, between := range [...]string{" ", "\n", "", ":"} {
			for n := 1; n < 4; n++ {
				if orders(rest, n, func(c []*atom) bool {
					for _, head := range separators {
						for _, sep := range separators {
							if q.try(append([]*atom{method, literal(between), at, literal(head)}, q.joined(sep, c)...)) {
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
	}
	return false
}
