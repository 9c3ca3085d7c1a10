package rows

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestDocumentKeepsEveryLine(t *testing.T) {
	for _, body := range []string{"", "\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "\n\n\n", "čeština\nžluť"} {
		d := NewDocument([]byte(body), Plain)
		want := strings.Split(body, "\n")
		if d.Lines() != len(want) {
			t.Errorf("%q has %d lines, expected %d", body, d.Lines(), len(want))
			continue
		}
		for i, line := range want {
			if got := string(d.Line(i)); got != strings.TrimSuffix(line, "\r") {
				t.Errorf("line %d of %q is %q", i, body, got)
			}
		}
	}
}

func TestLineOfFindsTheLineOfEachByte(t *testing.T) {
	body := []byte("one\n\nthree\r\nfour")
	d := NewDocument(body, Plain)
	for offset := range body {
		if got, want := d.lineOf(offset), bytes.Count(body[:offset], []byte("\n")); got != want {
			t.Errorf("byte %d is in line %d, expected %d", offset, got, want)
		}
	}
}

func TestIndexOfLineEndsIsBounded(t *testing.T) {
	body := bytes.Repeat([]byte("\n"), 3*maxStarts)
	copy(body[len(body)-4:], "tail")
	d := NewDocument(body, JSON)
	if len(d.starts) > maxStarts {
		t.Errorf("the index has %d entries, expected at most %d", len(d.starts), maxStarts)
	}
	if got := string(d.Line(d.Lines() - 1)); got != "tail" {
		t.Errorf("last line is %q, expected \"tail\"", got)
	}
	if got := d.lineOf(len(body) - 1); got != d.Lines()-1 {
		t.Errorf("last byte is in line %d, expected %d", got, d.Lines()-1)
	}
}

func TestFarEndOfALongLineIsFoundByMarks(t *testing.T) {
	for name, unit := range map[string]string{"ascii": `{"a":"bc"},`, "wide": "日本語é", "tabs": "a\tb", "strange": "\x00\xff\u202e"} {
		t.Run(name, func(t *testing.T) {
			line := strings.Repeat(unit, 20_000)
			d := NewDocument([]byte(line), JSON)
			if len(d.marks[0]) < 2 {
				t.Fatalf("a line of %d bytes has %d marks", len(line), len(d.marks[0]))
			}
			offset := 19_990 * len(unit)
			column := d.columnOf(0, offset)
			if want := width([]byte(line[:offset]), 0); column != want {
				t.Errorf("byte %d stands at column %d, expected %d", offset, column, want)
			}
			if got := d.offsetAt(0, float32(column)); got != offset {
				t.Errorf("column %d is byte %d, expected %d", column, got, offset)
			}
		})
	}
}

func TestCharactersThatCannotBeShownAreEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b":                          `a\x00b`,
		"\x1b[31m":                        `\x1b[31m`,
		"\xff\xfe":                        `\xff\xfe`,
		"x\u202ey":                        `x\u202ey`,
		"\ufeffBOM":                       `\ufeffBOM`,
		"a\u00adb":                        `a\u00adb`,
		"plain ěšč 日本":                    "plain ěšč 日本",
		"e\u0301":                         "e\u0301",
		"e\u0301\u0301\u0301\u0301\u0301": "e\u0301\u0301\u0301" + `\u0301\u0301`,
	} {
		var got strings.Builder
		for p := range NewDocument([]byte(text), Plain).pieces(0, 0, 1000) {
			got.WriteString(p.text)
		}
		if got.String() != want {
			t.Errorf("%q is drawn as %q, expected %q", text, got.String(), want)
		}
	}
}

func TestWideCharactersTakeTwoColumns(t *testing.T) {
	d := NewDocument([]byte("日本a"), Plain)
	var columns []int
	for p := range d.pieces(0, 0, 100) {
		columns = append(columns, p.column)
	}
	if got := fmt.Sprint(columns); got != "[0 2 4]" {
		t.Errorf("drawn at columns %s, expected [0 2 4]", got)
	}
}

// told is the tokens of one text as "kind:text" pairs.
func told(kind Kind, lines ...string) string {
	names := map[token]string{plainText: "", key: "key", stringText: "str", number: "num", word: "word", punct: "p", strange: "strange"}
	d := NewDocument([]byte(strings.Join(lines, "\n")), kind)
	var out []string
	for i := range d.Lines() {
		for p := range d.pieces(i, 0, 10_000) {
			if p.token != plainText || strings.TrimSpace(p.text) != "" {
				out = append(out, names[p.token]+":"+p.text)
			}
		}
	}
	return strings.Join(out, " ")
}

func TestTokensOfEachKind(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		lines []string
		want  string
	}{
		{JSON, []string{`{"a": "b\"c", "n":-1.5e3, "t" : true}`},
			`p:{ key:"a" p:: str:"b\"c" p:, key:"n" p:: num:-1.5e3 p:, key:"t" p:: word:true p:}`},
		{XML, []string{`<a b="c>">t<!-- x`, `y --></a>`}, `p:< word:a p:  num:b p:= str:"c>" p:> :t p:<!-- x p:y --></ word:a p:>`},
		{Form, []string{`a=1&b=x=y&c`}, `num:a p:= str:1 p:& num:b p:= str:x=y p:& num:c`},
		{Fields, []string{`name = a&b=c`}, `num:name  p:= str: a&b=c`},
		{HTTP, []string{"POST /x HTTP/1.1\r", "Host: a:1\r", "\r", "k: v"}, `word:POST : /x HTTP/1.1 num:Host p:: : a:1 :k: v`},
		{Hex, []string{"00000000  41 |A|"}, `p:00000000 :  41  str:|A|`},
	} {
		if got := told(c.kind, c.lines...); got != c.want {
			t.Errorf("kind %d: %q\n got %s\nwant %s", c.kind, c.lines, got, c.want)
		}
	}
}

// FuzzDocument holds any bytes to what a view relies on: nothing panics, and
// what is drawn of a line in parts is what is drawn of it at once.
func FuzzDocument(f *testing.F) {
	f.Add([]byte(`{"a":[1,true,"x\n"]}`), uint8(JSON), uint8(3))
	f.Add([]byte("<a b='c'>\xff\x00<!--"), uint8(XML), uint8(7))
	f.Add([]byte("POST / HTTP/1.1\r\nA: b\r\n\r\n日本\t\u0301\u0301\u0301\u0301"), uint8(HTTP), uint8(1))
	f.Add([]byte("a=1&b==&&\n\r"), uint8(Form), uint8(2))
	f.Fuzz(func(t *testing.T, body []byte, kind, step uint8) {
		d := NewDocument(body, Kind(kind%7))
		for i := range d.Lines() {
			start, line := d.start(i), d.Line(i)
			if d.lineOf(start) != i {
				t.Fatalf("line %d begins in line %d", i, d.lineOf(start))
			}
			columns := width(line, 0)
			if columns > d.width {
				t.Fatalf("line %d has %d columns, the widest has %d", i, columns, d.width)
			}
			for column := 0; column <= columns; column += 1 + int(step) {
				offset := d.offsetAt(i, float32(column))
				if offset < start || offset > start+len(line) {
					t.Fatalf("column %d of line %d is byte %d, outside the line", column, i, offset)
				}
				d.columnOf(i, offset)
				for p := range d.pieces(i, column, column+int(step)) {
					if p.span <= 0 && p.text == "" {
						t.Fatalf("an empty piece at column %d", p.column)
					}
				}
			}
		}
	})
}
