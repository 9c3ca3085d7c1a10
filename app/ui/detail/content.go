package detail

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"shopbell/app/ui/rows"
	"shopbell/providers/signature"
)

// sniffed is how much of a body is looked at to tell what it is.
const sniffed = 4 << 10

// kindOf tells what a body is, from its Content-Type and, since senders often
// get that wrong, from its first bytes.
func kindOf(header signature.Header, body []byte) rows.Kind {
	start := bytes.TrimLeft(body[:min(len(body), sniffed)], "\ufeff \t\r\n")
	media, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		media = ""
	}
	switch {
	case len(start) == 0:
		return rows.Plain
	case start[0] == '{' || start[0] == '[':
		return rows.JSON
	case strings.HasSuffix(media, "json"):
		return rows.JSON
	case start[0] == '<':
		return rows.XML
	case media == "application/x-www-form-urlencoded" || media == "" && looksLikeForm(start):
		return rows.Form
	}
	return rows.Plain
}

// looksLikeForm tells whether text can be a URL-encoded form.
func looksLikeForm(text []byte) bool {
	return bytes.IndexByte(text, '=') > 0 && !bytes.ContainsAny(text, " \r\n\t<>\"{}")
}

// binary tells whether a body is better read as a dump than as text.
func binary(body []byte) bool {
	start := body[:min(len(body), sniffed)]
	strange := 0
	for at := 0; at < len(start); {
		r, size := utf8.DecodeRune(start[at:])
		if r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			strange++
		}
		at += size
	}
	return strange > 0 && strange*10 > len(start)
}
