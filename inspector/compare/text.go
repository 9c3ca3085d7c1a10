package compare

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// linesView compares bodies line by line; nil when one is no text, has too many
// lines, or may not be shown line by line.
func linesView(ctx context.Context, a, b seen) (*View, error) {
	if binary(a.Message.Body) || binary(b.Message.Body) {
		return nil, nil
	}
	left, right := linesOf(a), linesOf(b)
	if left == nil || right == nil {
		return nil, ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v := &textView{left: left, right: right, signed: a.CoversBody() || b.CoversBody()}
	v.couple()
	return &View{Count: len(v.rows), Marks: v.marks, line: v.line}, ctx.Err()
}

// binary tells whether a body is no text.
func binary(body []byte) bool { return bytes.IndexByte(body, 0) >= 0 || !utf8.Valid(body) }

// textLines are the lines of a body, as they are and as they may be shown.
type textLines struct{ real, shown []string }

// linesOf are the lines of a side, nil when they can't be shown.
func linesOf(s seen) *textLines {
	real := split(s.Message.Body)
	if len(real) > maxLines {
		return nil
	}
	if s.whole {
		return &textLines{real, real}
	}
	shown := split(s.shown)
	if len(shown) != len(real) {
		return nil
	}
	return &textLines{real, shown}
}

// split cuts a body into lines without their ends; a carriage return stays, and
// behind a line end at the end is one more line.
func split(body []byte) []string {
	if len(body) == 0 {
		return nil
	}
	return strings.Split(string(body), "\n")
}

// textRow is a couple of lines, counted from 0, none where a side has none.
type textRow struct {
	a, b int32
	sign Sign
}

type textView struct {
	left, right *textLines
	signed      bool
	rows        []textRow
	marks       []int32
}

// couple puts lines beside each other; those of a gap in their order.
func (v *textView) couple() {
	a, b := v.left.real, v.right.real
	turned := slices.Compare(b, a) < 0 // so that one comparison serves both directions
	if turned {
		a, b = b, a
	}
	list := gaps(a, b)
	if turned {
		list = mirror(list)
	}
	list = coupleAlike(list, func(int, int) int { return 1 })
	for n, c := range list {
		sign := Changed
		switch {
		case c.b == none:
			sign = Removed
		case c.a == none:
			sign = Added
		case v.left.real[c.a] == v.right.real[c.b]:
			sign = Same
		case strings.TrimSuffix(v.left.real[c.a], "\r") == strings.TrimSuffix(v.right.real[c.b], "\r"):
			sign = Formatted
		}
		if sign != Same && (n == 0 || v.rows[n-1].sign != sign) {
			v.marks = append(v.marks, int32(n))
		}
		v.rows = append(v.rows, textRow{int32(c.a), int32(c.b), sign})
	}
}

func (v *textView) line(i int) Line {
	r := v.rows[i]
	l := Line{Sign: r.sign, Signed: v.signed, Place: "body"}
	if r.a != none {
		l.A, l.HasA, l.NumberA = v.left.shown[r.a], true, int(r.a)+1
	}
	if r.b != none {
		l.B, l.HasB, l.NumberB = v.right.shown[r.b], true, int(r.b)+1
	}
	if r.sign == Formatted {
		l.Forms = LineEnds
	}
	l.A, l.B = excerpts(l.A, l.B)
	return l
}

// excerpts cuts two long lines to the surroundings of where they differ first.
func excerpts(a, b string) (string, string) {
	if len(a) <= rowText && len(b) <= rowText {
		return a, b
	}
	const before = 60
	start := max(0, commonStart([]byte(a), []byte(b))-before)
	if len(a) == len(b) && start+before == len(a) {
		start = 0 // nothing differs
	}
	return excerpt(a, start), excerpt(b, start)
}

func excerpt(text string, from int) string {
	from = runeStart(text, min(from, len(text)))
	to := runeStart(text, min(len(text), from+rowText))
	out := text[from:to]
	if from > 0 {
		out = "…" + out
	}
	if to < len(text) {
		out += "…"
	}
	return out
}

// runeStart is where the character begins that offset at stands in.
func runeStart(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
