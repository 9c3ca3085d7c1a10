package signature

import (
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const headerDo = "Look for what rewrites the header between the provider and here; if the provider itself sends it so, its form has changed: compare its documentation."

// otherPrefixes tries the signature with another prefix and without one.
func (q *search) otherPrefixes() *Diagnosis {
	before := q.read
	if d := q.with(q.prefixChanges()); d != nil {
		return d
	}
	q.note(before, q.read, "the signature with another prefix and without one")
	return nil
}

func (q *search) prefixChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			own := l.Prefix
			if !l.List.isZero() && l.Timestamp.At.Kind != PartKey && !yield(q.listless(l)) {
				return
			}
			for _, value := range l.signatures(q.Message) {
				value = strings.TrimSpace(value)
				for _, prefix := range prefixesOf(value) {
					if prefix == own || q.listed(prefix) {
						continue
					}
					l.Prefix = prefix
					if !yield(q.prefixed(l, own)) {
						return
					}
				}
			}
		}
	}
}

// listed tells a prefix that is the beginning of a list which another form of
// the signature reads: "t=1,v1=".
func (q *search) listed(prefix string) bool {
	return slices.ContainsFunc(q.layouts, func(l layout) bool {
		if l.List.isZero() || l.List.Pairs == "" || !strings.Contains(prefix, l.List.Pairs) {
			return false
		}
		return len(l.signatures(q.Message)) > 0
	})
}

// listless reads the whole value as the signature where a list is expected.
func (q *search) listless(l layout) change {
	keys := l.List.inWords()
	l.List = List{}
	return change{accident: accident{cause: SignaturePrefix, says: "when the signature is read without a key before it",
		why: "this provider writes it under " + keys, do: headerDo}, scheme: l.laid()}
}

// prefixesOf lists the beginnings of value that may be a prefix: none, and what
// ends with a sign such as "sha1=", "v1:" or "Bearer ".
func prefixesOf(value string) []string {
	out := []string{""}
	for i := range min(len(value), maxShown) {
		if strings.IndexByte("=:, ", value[i]) >= 0 && i+1 < len(value) {
			out = append(out, value[:i+1])
		}
		if len(out) == 4 {
			break
		}
	}
	return out
}

func (q *search) prefixed(l layout, own string) change {
	says := "when " + q.quote(l.Prefix) + " before the signature is taken for its prefix"
	why := "this provider writes none"
	switch {
	case l.Prefix == "":
		says, why = "when the signature is read without a prefix", "this provider writes "+q.quote(own)+" before it"
	case own != "":
		why = "this provider writes " + q.quote(own)
	}
	cause := SignaturePrefix
	if versionKey(strings.TrimRight(l.Prefix, "=:, ")) && versionKey(strings.TrimRight(own, "=:, ")) {
		cause, why = SchemeVersion, "that is another version than "+q.quote(own)
	}
	return change{accident: accident{cause: cause, says: says, why: why, do: headerDo,
		evidence: func() string { return "prefix received: " + q.quote(l.Prefix) + "; expected: " + q.quote(own) }}, scheme: l.laid()}
}

// otherEncodings tries the signature in another encoding, and with what is
// done to a value on the way.
func (q *search) otherEncodings() *Diagnosis {
	before := q.read
	if d := q.with(q.encodingChanges()); d != nil {
		return d
	}
	q.note(before, q.read, "the signature in another encoding")
	return nil
}

func (q *search) encodingChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			own := l.Encoding
			for _, e := range []Encoding{Hex, Base64, Base64URL, Base64OfHex} {
				if slices.Contains(own.readings(), e) || own == "" {
					continue
				}
				l.Encoding = e
				c := change{accident: accident{cause: SignatureEncoding, do: headerDo,
					says: "when the signature is read as " + e.inWords(), why: "this provider writes it in " + own.inWords()}, scheme: l.laid()}
				if !yield(c) {
					return
				}
			}
			for _, c := range q.cleaned(l) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// cleaned undoes what is done to the text of a header on the way.
func (q *search) cleaned(l layout) (out []change) {
	for _, at := range l.At {
		if at.Kind != PartHeader {
			continue
		}
		value := q.Message.Header.Get(at.Name)
		for _, c := range []struct{ text, says string }{
			{unwrapped(value), "without the quotation marks around the signature"},
			{strings.Trim(value, "\"' "), "without the quotation marks around the signature"},
			{unescaped(value), "when the signature is percent-decoded"},
			{strings.ReplaceAll(value, " ", "+"), "with + for each space in the signature"},
			{strings.NewReplacer("-", "", ":", "", " ", "").Replace(value), "without the separators in the signature"},
			{decodedText(value), "when the signature is decoded from base64 once more"},
		} {
			if c.text == value || c.text == "" {
				continue
			}
			out = append(out, change{accident: accident{cause: SignatureEncoding, says: c.says,
				why: "it was encoded once more on the way", do: headerDo}, header: q.Message.Header.With(at.Name, c.text)})
		}
	}
	return out
}

// unwrapped takes off one pair of quotation marks: a list may end with another.
func unwrapped(value string) string {
	value = strings.TrimSpace(value)
	for _, mark := range []string{`"`, "'"} {
		if inner, open := strings.CutPrefix(value, mark); open {
			if inner, closed := strings.CutSuffix(inner, mark); closed {
				return inner
			}
		}
	}
	return value
}

func unescaped(value string) string {
	out, err := url.PathUnescape(value)
	if err != nil {
		return value
	}
	return out
}

// decodedText is a text that was encoded in base64 as a whole.
func decodedText(value string) string {
	b, err := Base64.decode(strings.TrimSpace(value))
	if err != nil || printable(string(b)) != string(b) {
		return value
	}
	return string(b)
}

// quote makes a text of the message fit for a sentence.
func (q *search) quote(text string) string { return strconv.Quote(q.safe(text)) }
