package signature

import "strings"

// maxSignatures is how many signatures one message may carry. No provider
// sends more than a handful; the limit keeps a hostile header cheap.
const maxSignatures = 64

// pair is one key and value of a list, spaces trimmed.
type pair struct{ key, value string }

func (l List) isZero() bool { return l.Pairs == "" }

// split yields the pairs of value, at most limit of them; more tells whether
// there were others. Parts without a separator are pairs with an empty value.
func (l List) split(value string, limit int) (pairs []pair, more bool) {
	for part := range strings.SplitSeq(value, l.Pairs) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if len(pairs) == limit {
			return pairs, true
		}
		k, v, _ := strings.Cut(part, l.Equals)
		pairs = append(pairs, pair{strings.TrimSpace(k), strings.TrimSpace(v)})
	}
	return pairs, false
}

// signs tells whether key holds a signature.
func (l List) signs(key string) bool {
	for _, pattern := range l.Keys {
		if key == pattern {
			return true
		}
		stem, open := strings.CutSuffix(pattern, "*")
		if rest, ok := strings.CutPrefix(key, stem); open && ok && digits(rest) {
			return true
		}
	}
	return false
}

// first is the key under which a new signature is written.
func (l List) first() string {
	if stem, open := strings.CutSuffix(l.Keys[0], "*"); open {
		return stem + "0"
	}
	return l.Keys[0]
}

// inWords names the keys for a person: "v0, v1 ...".
func (l List) inWords() string {
	if stem, open := strings.CutSuffix(l.Keys[0], "*"); open {
		return stem + "0, " + stem + "1 ..."
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
