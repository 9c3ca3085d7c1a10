package signature

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

// safe makes a text of the message fit for a diagnosis: one line, cut, and
// without any secret that the inquiry knows. A text that holds a part of one
// as its beginning or end may be cut in the middle of it, so the whole text is
// searched first.
func (q *search) safe(text string) string {
	text = text[:min(len(text), 16<<10)]
	hide := func(secrets []Secret) {
		for _, s := range secrets {
			if s.value != "" {
				text = strings.ReplaceAll(text, s.value, dots)
			}
		}
	}
	hide(q.own)
	for _, ring := range q.Others {
		hide(ring.Secrets)
	}
	if kept := cut(text, maxShown); len(kept) < len(text) {
		return printable(kept) + "…"
	}
	return printable(text)
}

// aroundDifference is how many bytes stand before and behind the first one
// that differs.
const aroundDifference = 12

// difference shows where the signed body differs from the received one. A body
// that holds a secret, in whatever spelling, is not shown.
func (q *search) difference(signed []byte) string {
	got := q.Message.Body
	at := 0
	for at < min(len(got), len(signed)) && got[at] == signed[at] {
		at++
	}
	out := "received " + itoa(int64(len(got))) + " bytes, signed " + itoa(int64(len(signed))) +
		"; the first difference is at byte " + itoa(int64(at))
	if q.holdsSecret(near(got, at)) || q.holdsSecret(near(signed, at)) {
		return out
	}
	return out + "\nreceived " + snippet(got, at) + "\nsigned   " + snippet(signed, at)
}

// near is what may hold a secret of which a snippet would show a part.
func near(b []byte, at int) []byte {
	const longest = 8 << 10
	return b[max(0, at-longest):min(len(b), at+longest)]
}

// snippet shows the bytes around at, as text and those behind it as hex.
func snippet(b []byte, at int) string {
	from, to := max(0, at-aroundDifference), min(len(b), at+aroundDifference)
	text, behind := "", "the end"
	if from < to {
		text = printable(strings.ToValidUTF8(strconv.Quote(string(b[from:to])), "·"))
	}
	if at < to {
		behind = hex.EncodeToString(b[at:min(to, at+4)])
	}
	return text + " at that byte: " + behind
}

// holdsSecret tells whether a secret stands in b, also when it is escaped as in
// JSON or in a form.
func (q *search) holdsSecret(b []byte) bool {
	text := string(b)
	plain := unfold(text)
	in := func(secrets []Secret) bool {
		for _, s := range secrets {
			bare := bareSecret(s.value)
			if bare == "" {
				continue
			}
			if strings.Contains(text, bare) || strings.Contains(plain, unfold(bare)) {
				return true
			}
		}
		return false
	}
	if in(q.own) {
		return true
	}
	for _, ring := range q.Others {
		if in(ring.Secrets) {
			return true
		}
	}
	return false
}

// unfold takes away what encoders add to a text: escapes, and all that is
// neither a letter nor a digit of ASCII.
func unfold(text string) string {
	if un, err := strconv.Unquote(`"` + text + `"`); err == nil {
		text = un
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '%' && i+2 < len(text), c == '\\' && i+5 < len(text) && text[i+1] == 'u':
			size := 3
			if c == '\\' {
				size = 6
			}
			if n, err := strconv.ParseUint(text[i+size-2:i+size], 16, 8); err == nil {
				if alnum(byte(n)) {
					b.WriteByte(byte(n))
				}
				i += size - 1
			}
		case alnum(c):
			b.WriteByte(c)
		case c >= utf8.RuneSelf:
		}
	}
	return b.String()
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
