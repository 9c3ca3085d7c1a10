package signature

import (
	"bytes"
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
	w := writer{jsonForm: f, limit: limit, special: f.specials(), wide: f.ascii || f.html}
	w.out.Grow(min(limit, maxBody) / 8)
	w.value(n, 1)
	return w.out.Bytes(), !w.full()
}

type writer struct {
	jsonForm
	out     bytes.Buffer
	limit   int
	special [utf8.RuneSelf]bool // of ASCII
	wide    bool                // other characters may be special
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

// text writes runs of plain characters whole: a large body is mostly those.
func (w *writer) text(text string) {
	w.out.WriteByte('"')
	from := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && !w.special[c] || c >= utf8.RuneSelf && !w.wide {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r >= utf8.RuneSelf && !w.ascii && !lineSeparator(r) {
			i += size
			continue
		}
		w.out.WriteString(text[from:i])
		w.char(r)
		i += size
		from = i
	}
	w.out.WriteString(text[from:])
	w.out.WriteByte('"')
}

// lineSeparator tells the two that end a line in JavaScript.
func lineSeparator(r rune) bool { return r == '\u2028' || r == '\u2029' }

// specials marks the characters of ASCII that are not written as they are.
func (f jsonForm) specials() (out [utf8.RuneSelf]bool) {
	for c := range ' ' {
		out[c] = true
	}
	out['"'], out['\\'] = true, true
	out['/'] = f.slash
	out['<'], out['>'], out['&'] = f.html, f.html, f.html
	return out
}

// char writes a character that is special in this form.
func (w *writer) char(r rune) {
	short := strings.IndexRune("\"\\\n\r\t\b\f", r)
	switch {
	case short >= 0:
		w.out.Write([]byte{'\\', `"\nrtbf`[short]})
	case r == '/':
		w.out.WriteString(`\/`)
	default:
		if hi, lo := utf16.EncodeRune(r); hi != utf8.RuneError {
			w.escape(hi)
			r = lo
		}
		w.escape(r)
	}
}

// escape writes \u and four hex digits.
func (w *writer) escape(r rune) {
	digits := "0123456789abcdef"
	if w.upper {
		digits = "0123456789ABCDEF"
	}
	w.out.Write([]byte{'\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15]})
}
