package signature

import (
	"strconv"
	"strings"
)

// List is a signature value made of several parts: "ts=...;v0=...;v1=...".
// Its zero value means that the whole value is one signature.
type List struct {
	// Pairs stands between pairs, Equals between key and value. Space around
	// a key, a value or a pair is ignored. With an empty Equals the parts have
	// no keys and are numbered from 1.
	Pairs  string
	Equals string
	// Keys hold signatures; parts under other keys are ignored. "v*" is v and
	// digits, "*" any key; of numbers, "2-" is the second and all later ones.
	Keys []string
	// After keeps of a signature only what follows the first of these: ":" in
	// "v1=keyid:5257a8...". One without it counts whole.
	After string
}

// maxSignatures is how many signatures one message may carry. No provider
// sends more than a handful; the limit keeps a hostile header cheap.
const maxSignatures = 64

// pair is one key and value of a list, spaces trimmed.
type pair struct{ key, value string }

func (l List) isZero() bool { return l.Pairs == "" }

// split yields the pairs of value, at most limit of them; more tells whether
// there were others. Parts without a separator are pairs with an empty value.
func (l List) split(value string, limit int) (pairs []pair, more bool) {
	return l.appendPairs(nil, value, limit)
}

// appendPairs is split into pairs, which is empty.
func (l *List) appendPairs(pairs []pair, value string, limit int) (_ []pair, more bool) {
	// A space behind the separator is written, and need not be there to be read.
	separator := l.Pairs
	if bare := strings.TrimRight(separator, " "); bare != "" {
		separator = bare
	}
	for rest, there := value, true; there; {
		var part string
		part, rest, there = strings.Cut(rest, separator)
		there = there && separator != ""
		part = strings.TrimSpace(part)
		if part == "" && l.Equals != "" {
			continue
		}
		if len(pairs) == limit {
			return pairs, true
		}
		if l.Equals == "" {
			pairs = append(pairs, pair{itoa(int64(len(pairs) + 1)), part})
			continue
		}
		k, v, _ := strings.Cut(part, l.Equals)
		pairs = append(pairs, pair{strings.TrimSpace(k), strings.TrimSpace(v)})
	}
	return pairs, false
}

// join is split backwards.
func (l List) join(pairs []pair) string {
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteString(l.Pairs)
		}
		if l.Equals != "" {
			b.WriteString(p.key + l.Equals)
		}
		b.WriteString(p.value)
	}
	return b.String()
}

// cut takes the name of a key off a signature.
func (l *List) cut(value string) string {
	if l.After != "" {
		if _, rest, ok := strings.Cut(value, l.After); ok {
			return rest
		}
	}
	return value
}

// signs tells whether key holds a signature.
func (l *List) signs(key string) bool {
	for _, pattern := range l.Keys {
		if key == pattern || pattern == "*" && key != "" {
			return true
		}
		if stem, open := strings.CutSuffix(pattern, "*"); open {
			if rest, ok := strings.CutPrefix(key, stem); ok && digits(rest) {
				return true
			}
		}
		if l.Equals == "" && l.later(pattern, key) {
			return true
		}
	}
	return false
}

// later tells whether key is a number at or behind the one of "2-".
func (l *List) later(pattern, key string) bool {
	from, open := strings.CutSuffix(pattern, "-")
	if !open {
		return false
	}
	least, err := strconv.Atoi(from)
	at, wrong := strconv.Atoi(key)
	return err == nil && wrong == nil && at >= least
}

// first is the key under which a new signature is written.
func (l List) first() string {
	key := l.Keys[0]
	if stem, open := strings.CutSuffix(key, "*"); open {
		return stem + "0"
	}
	if l.Equals == "" {
		return strings.TrimSuffix(key, "-")
	}
	return key
}

// inWords names the keys for a person: "v0, v1 ...".
func (l List) inWords() string {
	key := l.Keys[0]
	if stem, open := strings.CutSuffix(key, "*"); open && stem != "" {
		return stem + "0, " + stem + "1 ..."
	}
	switch {
	case l.Equals == "":
		return "part " + strings.TrimSuffix(key, "-") + " of a list"
	case key == "*":
		return "a key"
	}
	return strings.Join(l.Keys, " or ")
}

func digits(text string) bool {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return text != ""
}
