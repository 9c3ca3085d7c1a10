package signature

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// charset tries the body in the other encodings of its letters.
func (q *search) charset() *Diagnosis {
	return q.bodies("the letters of the body in Latin-1, Windows-1252 and other encodings, and UTF-16", func(yield func(variant) bool) {
		body := q.Message.Body
		if len(body) > maxBody {
			return
		}
		for _, cs := range charsets(plainASCII(body)) {
			for _, v := range cs.variants(body) {
				if !yield(v) {
					return
				}
			}
		}
		if plainASCII(body) || !utf8.Valid(body) {
			return
		}
		if yield(variant{BodyCharset, norm.NFC.Bytes(body), "with each letter and its accent as one character (NFC)"}) {
			yield(variant{BodyCharset, norm.NFD.Bytes(body), "with letters and accents as characters of their own (NFD)"})
		}
	})
}

// charsetNamed is an encoding of letters.
type charsetNamed struct {
	name     string
	encoding encoding.Encoding
}

// charsets lists the encodings that can differ from UTF-8; for a body in ASCII
// only UTF-16 does.
func charsets(ascii bool) []charsetNamed {
	wide := []charsetNamed{
		{"UTF-16 (little end first)", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16 (big end first)", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"UTF-16 with a byte order mark (little end first)", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 with a byte order mark (big end first)", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	}
	if ascii {
		return wide
	}
	return append([]charsetNamed{
		{"Latin-1", charmap.ISO8859_1},
		{"Windows-1252", charmap.Windows1252},
		{"ISO 8859-2", charmap.ISO8859_2},
		{"Windows-1250", charmap.Windows1250},
		{"ISO 8859-15", charmap.ISO8859_15},
		{"Windows-1251", charmap.Windows1251},
	}, wide...)
}

// variants writes a body of UTF-8 in c, and reads one in c as UTF-8. The
// latter also undoes a body that was taken for c and written in UTF-8.
func (c charsetNamed) variants(body []byte) (out []variant) {
	if b, err := c.encoding.NewEncoder().Bytes(body); err == nil && utf8.Valid(body) {
		says := "with the letters of the body in " + c.name
		if utf8.Valid(b) && !plainASCII(b) {
			says = "when the letters of the body, garbled on the way, are put right: they were taken for " + c.name
		}
		out = append(out, variant{BodyCharset, b, says})
	}
	if b, err := c.encoding.NewDecoder().Bytes(body); err == nil {
		out = append(out, variant{BodyCharset, b, "with the letters of the body, which arrived in " + c.name + ", in UTF-8"})
	}
	return out
}

func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
