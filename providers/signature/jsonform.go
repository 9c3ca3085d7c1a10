package signature

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// spacing is how an encoder puts white space between tokens.
type spacing int

const (
	compact spacing = iota // {"a":1,"b":2}, as JavaScript, PHP and Go
	spaced                 // {"a": 1, "b": 2}, as Python
	indent2
	indent4
	indentTab
)

// jsonForm is one way of writing the same JSON.
type jsonForm struct {
	spacing spacing
	sorted  bool // keys in order
	ascii   bool // letters outside ASCII escaped, as PHP and Python
	upper   bool // with upper-case hex digits, as Java and .NET
	slash   bool // slashes escaped, as PHP
	html    bool // <, > and & escaped, as Go
	numbers numberForm
	// only is the single number that numbers changes; nil is all of them.
	only *node
}

func (f jsonForm) inWords() string {
	out := [...]string{"compactly", "with a space after each comma and colon", "indented by 2", "indented by 4", "indented by tabs"}[f.spacing]
	if f.sorted {
		out += ", keys sorted"
	}
	if f.ascii {
		out += ", letters outside ASCII escaped"
	}
	if f.upper {
		out += " in upper case"
	}
	if f.slash {
		out += ", slashes escaped"
	}
	if f.html {
		out += ", HTML characters escaped"
	}
	return out + f.numbers.inWords(f.only != nil)
}

// write returns n in this form, or false when it would grow past limit: deep
// nesting makes indented JSON quadratic.
func (f jsonForm) write(n *node, limit int) ([]byte, bool) {
	w := writer{jsonForm: f, limit: limit}
	w.value(n, 1)
	return w.out.Bytes(), !w.full()
}

type writer struct {
	jsonForm
	out   bytes.Buffer
	limit int
}

func (w *writer) full() bool { return w.out.Len() > w.limit }

func (w *writer) value(n *node, depth int) {
	switch {
	case w.full():
	case n.kind == '"':
		w.text(n.text)
	case n.number && (w.only == nil || w.only == n):
		w.out.WriteString(w.numbers.write(n.text))
	case n.kind == 'v':
		w.out.WriteString(n.text)
	case len(n.kids) == 0:
		w.out.WriteString(map[byte]string{'{': "{}", '[': "[]"}[n.kind])
	default:
		w.container(n, depth)
	}
}

func (w *writer) container(n *node, depth int) {
	w.out.WriteByte(n.kind)
	for i, kid := range n.order(w.sorted) {
		if i > 0 {
			w.out.WriteByte(',')
			if w.spacing == spaced {
				w.out.WriteByte(' ')
			}
		}
		w.line(depth)
		if n.kind == '{' {
			w.text(n.keys[kid])
			w.out.WriteByte(':')
			if w.spacing != compact {
				w.out.WriteByte(' ')
			}
		}
		w.value(n.kids[kid], depth+1)
	}
	w.line(depth - 1)
	w.out.WriteByte(n.kind + 2) // } and ] stand two places behind { and [
}

// line begins a new one, in the indented styles.
func (w *writer) line(depth int) {
	unit := [...]string{"", "", "  ", "    ", "\t"}[w.spacing]
	if unit == "" || w.full() {
		return
	}
	w.out.WriteByte('\n')
	for range depth {
		w.out.WriteString(unit)
	}
}

func (w *writer) text(text string) {
	w.out.WriteByte('"')
	for _, r := range text {
		w.char(r)
	}
	w.out.WriteByte('"')
}

func (w *writer) char(r rune) {
	short := strings.IndexRune("\"\\\n\r\t\b\f", r)
	switch {
	case short >= 0:
		w.out.Write([]byte{'\\', `"\nrtbf`[short]})
	case r == '/' && w.slash:
		w.out.WriteString(`\/`)
	case r < ' ', w.html && strings.ContainsRune("<>&\u2028\u2029", r):
		w.escape(r)
	case r >= utf8.RuneSelf && w.ascii:
		if hi, lo := utf16.EncodeRune(r); hi != utf8.RuneError {
			w.escape(hi)
			w.escape(lo)
			return
		}
		w.escape(r)
	default:
		w.out.WriteRune(r)
	}
}

func (w *writer) escape(r rune) {
	form := `\u%04x`
	if w.upper {
		form = `\u%04X`
	}
	fmt.Fprintf(&w.out, form, r)
}
