package detail

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// prettyLimit bounds what an indented body may grow to: nesting makes every
// line longer, and a hostile body nests ten thousand deep.
const prettyLimit = 96 << 20

// prettied is a body laid out for reading.
type prettied struct {
	text []byte
	kind rows.Kind
	note string
}

// pretty lays out a body of a kind. What cannot be laid out stays as it is,
// with a note that says why.
func pretty(body []byte, kind rows.Kind) prettied {
	switch kind {
	case rows.JSON:
		return prettyJSON(body)
	case rows.Form:
		return prettyForm(body)
	}
	return prettied{text: body, kind: kind}
}

// prettyJSON indents JSON, or lines of JSON. Keys keep their order and numbers
// their spelling, because no value is decoded.
func prettyJSON(body []byte) prettied {
	if grown(body) > prettyLimit {
		return prettied{text: body, kind: rows.JSON, note: "Nested too deeply to be indented; shown as received."}
	}
	var out bytes.Buffer
	text := bytes.TrimPrefix(body, []byte("\ufeff"))
	err := json.Indent(&out, text, "", "  ")
	if err == nil {
		return prettied{text: bytes.TrimRight(out.Bytes(), "\n"), kind: rows.JSON}
	}
	if lines, ok := prettyLines(text); ok {
		return prettied{text: lines, kind: rows.JSON, note: "One JSON value on each line."}
	}
	return prettied{text: body, kind: rows.JSON, note: notJSON(text, err)}
}

// notJSON says where JSON breaks off.
func notJSON(text []byte, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return "Not valid JSON; shown as received."
	}
	at := min(int(syntax.Offset), len(text))
	line := 1 + bytes.Count(text[:at], []byte{'\n'})
	return fmt.Sprintf("Not valid JSON at byte %d, line %d: %s. Shown as received.", at, line, syntax)
}

// prettyLines indents a body that has a JSON value on each of several lines.
func prettyLines(text []byte) ([]byte, bool) {
	var out bytes.Buffer
	values := 0
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if values > 0 {
			out.WriteByte('\n')
		}
		values++
		if json.Indent(&out, line, "", "  ") != nil {
			return nil, false
		}
	}
	return out.Bytes(), values > 1
}

// grown is about how long JSON becomes when it is indented by two.
func grown(text []byte) int {
	size, depth := len(text), 0
	inString := false
	for at := 0; at < len(text); at++ {
		switch c := text[at]; {
		case inString && c == '\\':
			at++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
			size += 1 + 2*depth
		case c == '}' || c == ']':
			depth = max(0, depth-1)
			size += 1 + 2*depth
		case c == ',':
			size += 1 + 2*depth
		}
		if size > prettyLimit {
			break
		}
	}
	return size
}

// widestName is how far values are lined up.
const widestName = 32

// prettyForm decodes a form into one "name = value" line for each field, in
// the order received.
func prettyForm(body []byte) prettied {
	fields, note := formFields(string(body))
	breadth := 0
	for _, f := range fields {
		if n := utf8.RuneCountInString(f.name); n <= widestName {
			breadth = max(breadth, n)
		}
	}
	var out strings.Builder
	for i, f := range fields {
		if i > 0 {
			out.WriteByte('\n')
		}
		pad := max(0, breadth-utf8.RuneCountInString(f.name))
		out.WriteString(f.name + strings.Repeat(" ", pad))
		if f.valued {
			indent := "\n" + strings.Repeat(" ", breadth+3)
			out.WriteString(" = " + strings.ReplaceAll(strings.ReplaceAll(f.value, "\r\n", "\n"), "\n", indent))
		}
	}
	return prettied{text: []byte(out.String()), kind: rows.Fields, note: note}
}

type formField struct {
	name, value string
	valued      bool
}

// formFields splits a form; a field that cannot be decoded stays as it is.
func formFields(body string) (fields []formField, note string) {
	for pair := range strings.SplitSeq(strings.TrimRight(body, "\r\n"), "&") {
		var f formField
		f.name, f.value, f.valued = strings.Cut(pair, "=")
		name, nameErr := url.QueryUnescape(f.name)
		value, valueErr := url.QueryUnescape(f.value)
		if nameErr != nil || valueErr != nil {
			note = "A field is not encoded as a form encodes it; it is shown as received."
		} else {
			f.name, f.value = strings.ReplaceAll(name, "\n", " "), value
		}
		fields = append(fields, f)
	}
	return fields, note
}

// dumpLimit bounds the bytes of a dump, each of which takes five characters.
const dumpLimit = 4 << 20

// dump is the hex view of a body.
func dump(body []byte) prettied {
	p := prettied{kind: rows.Hex}
	if len(body) > dumpLimit {
		p.note = fmt.Sprintf("The first %s of %s.", look.Bytes(dumpLimit), look.Bytes(int64(len(body))))
		body = body[:dumpLimit]
	}
	p.text = hexDump(body)
	return p
}

// hexDump is sixteen bytes to a line: offset, bytes, characters.
func hexDump(body []byte) []byte {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, (len(body)/16+1)*80)
	for at := 0; at < len(body); at += 16 {
		if at > 0 {
			out = append(out, '\n')
		}
		line := body[at:min(at+16, len(body))]
		out = fmt.Appendf(out, "%08x ", at)
		for i := range 16 {
			if i%8 == 0 {
				out = append(out, ' ')
			}
			if i < len(line) {
				out = append(out, digits[line[i]>>4], digits[line[i]&15], ' ')
			} else {
				out = append(out, "   "...)
			}
		}
		out = append(out, " |"...)
		for _, b := range line {
			if b < ' ' || b >= 0x7f {
				b = '.'
			}
			out = append(out, b)
		}
		out = append(out, '|')
	}
	return out
}
