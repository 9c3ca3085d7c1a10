// Package redact finds personal data in text and puts a mask of the same shape
// in its place: e-mail addresses, names, phone numbers, cards, bank accounts,
// postal addresses, identity numbers and network addresses but those of this
// machine. Start with Text.
//
// It reads whatever it is given in one go and trusts nothing: text may be JSON,
// XML, a form, headers, a multipart body, a part of one of these, or noise. What
// is in doubt inside a field of a telling name is hidden. Work and memory grow
// with the length of the text, whatever stands in it.
package redact

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Bytes returns text with its personal data masked; the same slice when there is
// none.
func Bytes(text []byte) []byte {
	spans := find(text, maxNested)
	if len(spans) == 0 {
		return text
	}
	return mask(text, spans)
}

// Text is Bytes of a string.
func Text(text string) string {
	spans := find([]byte(text), maxNested)
	if len(spans) == 0 {
		return text
	}
	return string(mask([]byte(text), spans))
}

// Header is the value of a header field as it may be shown.
func Header(name, value string) string {
	if hidesHeader(name) {
		return masked(value)
	}
	return Text(value)
}

func hidesHeader(name string) bool { return senderHeader(name) || fieldOf([]byte(name), noField).hide }

// find returns what is to be hidden, in order and without overlaps. nested is
// how often text inside a value is still read.
func find(text []byte, nested int) []span {
	s := &search{text: text, nested: nested}
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

// dot stands for a letter or digit that is hidden.
const dot = '•'

// masked hides every letter and digit of text and keeps the rest, so that its
// shape stays.
func masked(text string) string { return string(mask([]byte(text), []span{{0, len(text), false}})) }

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
			out.WriteRune(dot)
			i += n
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if unicode.IsMark(r) {
			i += n // it stands on the letter before
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError || r > unicode.MaxLatin1 && !unicode.IsSpace(r) {
			out.WriteRune(dot)
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
