// Package redact finds personal data in text and puts a mask of the same shape
// in its place: e-mail addresses, names, phone numbers, cards, bank accounts,
// postal addresses, identity numbers and network addresses. Start with Rules.
//
// It reads whatever it is given in one go and trusts nothing: text may be JSON,
// XML, a form, headers, a multipart body, a part of one of these, or noise. What
// is in doubt inside a field of a telling name is hidden. Work and memory grow
// with the length of the text, whatever stands in it.
package redact

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is a kind of personal data. The strings are stable.
type Kind string

// The kinds.
const (
	Email    Kind = "email"
	Name     Kind = "name"
	Phone    Kind = "phone"
	Card     Kind = "card" // of a payment card; Luhn's sum tells it from another number
	IBAN     Kind = "iban" // and other numbers of bank accounts in fields that say so
	Address  Kind = "address"
	Identity Kind = "identity" // date of birth, numbers of people with their state
	IP       Kind = "ip"       // of others: loopback addresses stay
)

// Kinds are all kinds, in name order.
func Kinds() []Kind { return []Kind{Address, Card, Email, IBAN, Identity, IP, Name, Phone} }

// maxPaths bounds Rules.Paths: each value is compared with all of them.
const maxPaths = 64

// Rules are what is hidden. The zero value hides every kind and nothing else.
// Rules are safe for concurrent use as long as nobody changes them.
type Rules struct {
	// Kinds are those to hide; nil is all.
	Kinds []Kind
	// Paths are JSON paths, or names of form fields and XML elements, whose
	// values are hidden whole: "customer.note". "*" stands for any one name or
	// place in an array. At most 64 count.
	Paths []string
	// Headers are names of header fields whose values are hidden whole.
	Headers []string
	// Patterns are hidden wherever they match.
	Patterns []*regexp.Regexp
}

// Bytes returns text with its personal data masked; the same slice when there is
// none.
func (r *Rules) Bytes(text []byte) []byte {
	spans := r.find(text, maxNested)
	if len(spans) == 0 {
		return text
	}
	return mask(text, spans)
}

// Text is Bytes of a string.
func (r *Rules) Text(text string) string {
	spans := r.find([]byte(text), maxNested)
	if len(spans) == 0 {
		return text
	}
	return string(mask([]byte(text), spans))
}

// Header is the value of a header field as it may be shown.
func (r *Rules) Header(name, value string) string {
	if r.hidesHeader(name) {
		return Mask(value)
	}
	return r.Text(value)
}

// Field is the value of a field of a message as it may be shown.
func (r *Rules) Field(name, value string) string {
	if r.hidesField([]byte(name), noField).hide || r.hidesPath([]string{name}) {
		return Mask(value)
	}
	return r.Text(value)
}

// wants tells whether a kind is hidden.
func (r *Rules) wants(k Kind) bool { return r.Kinds == nil || slices.Contains(r.Kinds, k) }

func (r *Rules) hidesHeader(name string) bool {
	for _, h := range r.Headers {
		if strings.EqualFold(h, name) {
			return true
		}
	}
	return senderHeader(name) && r.wants(IP) || r.hidesField([]byte(name), noField).hide
}

// find returns what is to be hidden, in order and without overlaps. nested is
// how often text inside a value is still read.
func (r *Rules) find(text []byte, nested int) []span {
	s := &search{rules: r, text: text, nested: nested}
	s.json()
	s.xml()
	s.pairs()
	s.lines()
	s.patterns()
	return s.settle()
}

// span is a range of bytes to hide. quote is set for a plain number of JSON,
// which becomes a text.
type span struct {
	from, to int
	quote    bool
}

// search is one reading of a text.
type search struct {
	rules  *Rules
	text   []byte
	nested int
	found  []span
	known  map[string]field // what names outside of anything were found to say
}

func (s *search) hide(from, to int, quote bool) {
	if to > from {
		s.found = append(s.found, span{from, to, quote})
	}
}

// settle puts the findings in order and joins those that overlap.
func (s *search) settle() []span {
	slices.SortFunc(s.found, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	var out []span
	for _, f := range s.found {
		if n := len(out); n > 0 && f.from < out[n-1].to {
			out[n-1].to = max(out[n-1].to, f.to)
			out[n-1].quote = out[n-1].quote || f.quote && f.from == out[n-1].from
			continue
		}
		out = append(out, f)
	}
	return out
}

// Dot stands for a letter or digit that is hidden.
const Dot = '•'

// Mask hides every letter and digit of text and keeps the rest, so that its
// shape stays.
func Mask(text string) string { return string(mask([]byte(text), []span{{0, len(text), false}})) }

// mask puts dots into the spans of text. An escape such as \n or \u00e9 is one
// character there, so that JSON stays JSON.
func mask(text []byte, spans []span) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(text)+len(text)/8))
	at := 0
	for _, s := range spans {
		out.Write(text[at:s.from])
		if s.quote {
			out.WriteByte('"')
		}
		maskSpan(out, text[s.from:s.to])
		if s.quote {
			out.WriteByte('"')
		}
		at = s.to
	}
	out.Write(text[at:])
	return out.Bytes()
}

func maskSpan(out *bytes.Buffer, text []byte) {
	for i := 0; i < len(text); {
		if n := escapeLen(text[i:]); n > 0 {
			out.WriteRune(Dot)
			i += n
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if unicode.IsMark(r) {
			i += n // it stands on the letter before
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError || r > unicode.MaxLatin1 && !unicode.IsSpace(r) {
			out.WriteRune(Dot)
		} else {
			out.Write(text[i : i+n])
		}
		i += n
	}
}

// escapeLen is the length of the escape that text begins with, of JSON, of a
// URL or of XML; 0 is none.
func escapeLen(text []byte) int {
	switch {
	case len(text) >= 6 && text[0] == '\\' && text[1] == 'u' && hexes(text[2:6]):
		return 6
	case len(text) >= 2 && text[0] == '\\':
		return 2
	case len(text) >= 3 && text[0] == '%' && hexes(text[1:3]):
		return 3
	case text[0] == '&':
		if n := bytes.IndexByte(text[:min(len(text), 12)], ';'); n > 1 && wordOnly(bytes.TrimPrefix(text[1:n], []byte("#"))) {
			return n + 1
		}
	}
	return 0
}

func hexes(text []byte) bool {
	for _, c := range text {
		if c = lower(c); !digit(c) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func wordOnly(text []byte) bool {
	return len(text) > 0 && !bytes.ContainsFunc(text, func(r rune) bool { return r > 127 || !wordByte(byte(r)) })
}

func digit(c byte) bool    { return c >= '0' && c <= '9' }
func letter(c byte) bool   { return lower(c) >= 'a' && lower(c) <= 'z' }
func wordByte(c byte) bool { return digit(c) || letter(c) || c == '_' || c >= 0x80 }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
