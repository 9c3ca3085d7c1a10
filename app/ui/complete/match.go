package complete

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rank tells how well a candidate fits what is typed, 0 best; none is "not".
type rank int

const (
	begins   rank = iota // it begins with it
	partAt               // a part behind a dot, dash, space or the like does
	contains             // it stands somewhere in it
	fuzzy                // its letters stand in it in this order
	none
)

// leastFuzzy is how many letters have to be typed for a fuzzy match: with few
// nearly all would match.
const leastFuzzy = 3

// rankOf compares without regard to case. An empty typed fits all.
func rankOf(candidate, typed string) rank {
	c, t := strings.ToLower(candidate), strings.ToLower(typed)
	at := strings.Index(c, t)
	switch {
	case at == 0:
		return begins
	case at > 0:
		for from := at; ; {
			before, _ := utf8.DecodeLastRuneInString(c[:from])
			if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				return partAt
			}
			next := strings.Index(c[from+1:], t)
			if next < 0 {
				return contains
			}
			from += 1 + next
		}
	case utf8.RuneCountInString(t) >= leastFuzzy && inOrder(c, t):
		return fuzzy
	}
	return none
}

// inOrder tells whether the runes of t stand in c in this order.
func inOrder(c, t string) bool {
	for _, r := range t {
		at := strings.IndexRune(c, r)
		if at < 0 {
			return false
		}
		c = c[at+utf8.RuneLen(r):]
	}
	return true
}

// best sorts offers by rank, keeps their order among equals, and cuts them off.
func best(offers []Offer, most int) []Offer {
	slices.SortStableFunc(offers, func(a, b Offer) int { return int(a.rank) - int(b.rank) })
	return offers[:min(len(offers), most)]
}
