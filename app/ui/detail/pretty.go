package detail

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
)

// prettyLimit bounds what an indented body may grow to: nesting makes every
// line longer, and a hostile body nests ten thousand deep.
const prettyLimit = 96 << 20

// prettied is a body laid out for reading.
type prettied struct {
	text   []byte
	kind   rows.Kind
	note   string
	fault  *int            // where in text reading stopped, nil where it did not
	places []outline.Place // the values in text, where its layout alone knows them
}

// pretty lays out JSON or XML. What cannot be laid out stays as it is, with a
// note that says why; so does what is of another kind.
func pretty(body []byte, kind rows.Kind) prettied {
	switch kind {
	case rows.JSON:
		return prettyJSON(body)
	case rows.XML:
		return prettyXML(body)
	}
	return prettied{text: body, kind: kind}
}

// prettyJSON indents JSON, or lines of JSON. Keys keep their order and numbers
// their spelling, because no value is decoded.
func prettyJSON(body []byte) prettied {
	if grown(body) > prettyLimit {
		return prettied{text: body, kind: rows.JSON, note: lang.L("Nested too deeply to be indented; shown as received.")}
	}
	var out bytes.Buffer
	text := bytes.TrimPrefix(body, []byte("\ufeff"))
	err := json.Indent(&out, text, "", "  ")
	if err == nil {
		return prettied{text: bytes.TrimRight(out.Bytes(), "\n"), kind: rows.JSON}
	}
	if lines, ok := prettyLines(text); ok {
		return prettied{text: lines, kind: rows.JSON, note: lang.L("One JSON value on each line.")}
	}
	return notJSON(body, err)
}

// notJSON says where JSON breaks off.
func notJSON(body []byte, err error) prettied {
	p := prettied{text: body, kind: rows.JSON, note: lang.L("Not valid JSON; shown as received.")}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return p
	}
	at := len(body) - len(bytes.TrimPrefix(body, []byte("\ufeff")))
	at = min(at+max(0, int(syntax.Offset)-1), len(body))
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		at = len(bytes.TrimRight(body, " \t\r\n"))
	}
	p.fault = &at
	p.note = faultWords("JSON", body, at, syntax.Error())
	return p
}

// faultWords says where a text stops being what it should be, and why.
func faultWords(form string, text []byte, at int, why string) string {
	line, column := position(text, at)
	return lang.L("Not valid {{.Form}} at line {{.Line}}, column {{.Column}}, byte {{.Byte}}: {{.Why}}. Shown as received, with the place marked.",
		map[string]any{"Form": form, "Line": line, "Column": column, "Byte": at, "Why": why})
}

// position is the line and the character in it of an offset, from 1.
func position(text []byte, at int) (line, column int) {
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	return 1 + bytes.Count(text[:at], []byte{'\n'}), 1 + utf8.RuneCount(text[start:at])
}

// prettyXML indents XML. A page of HTML, whose tags need not close, stays as it
// is.
func prettyXML(body []byte) prettied {
	p := prettied{text: body, kind: rows.XML}
	if isHTML(body) {
		return p
	}
	if fault := outline.CheckXML(body); fault != nil {
		p.fault, p.note = &fault.Offset, faultWords("XML", body, fault.Offset, brokenOff(fault.Says))
		return p
	}
	out, ok := outline.IndentXML(body, prettyLimit)
	if !ok {
		p.note = lang.L("Nested too deeply to be indented; shown as received.")
		return p
	}
	p.text = out
	return p
}

// isHTML tells a page of HTML from XML.
func isHTML(body []byte) bool {
	start := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), sniffed)]))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
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

// prettyForm lays out a form as one "name = value" line for each field, in the
// order received.
func prettyForm(fields []outline.Field) prettied {
	breadth := 0
	for _, f := range fields {
		if n := utf8.RuneCountInString(f.Name); n <= widestName {
			breadth = max(breadth, n)
		}
	}
	p := prettied{kind: rows.Fields}
	var out bytes.Buffer
	for i, f := range fields {
		if i > 0 {
			out.WriteByte('\n')
		}
		from := out.Len()
		name := strings.ReplaceAll(f.Name, "\n", " ")
		out.WriteString(name + strings.Repeat(" ", max(0, breadth-utf8.RuneCountInString(name))))
		if f.Valued {
			indent := "\n" + strings.Repeat(" ", breadth+3)
			out.WriteString(" = " + strings.ReplaceAll(strings.ReplaceAll(f.Value, "\r\n", "\n"), "\n", indent))
		}
		p.places = append(p.places, fieldPlace(f, from, out.Len()))
		if f.Fault >= 0 && p.fault == nil {
			p.fault = &from
			p.note = lang.L("A field is not encoded as a form encodes it, at byte {{.Byte}}; it is shown as received and marked.", map[string]any{"Byte": f.Fault})
		}
	}
	p.text = out.Bytes()
	return p
}

// fieldPlace is where a form's field stands in a text.
func fieldPlace(f outline.Field, from, to int) outline.Place {
	return outline.Place{
		Way:   outline.Way{Path: f.Name, Keys: []string{f.Name}, Kind: outline.InForm},
		Whole: outline.Span{From: int32(from), To: int32(to)}, Text: f.Value,
	}
}
