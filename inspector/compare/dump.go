package compare

import "bytes"

// dumpWidth is how many bytes stand in a row of a dump. Two of them stand side
// by side.
const dumpWidth = 8

// bytesView compares bodies byte by byte at the same offset; nil when something
// in one of them is hidden.
func bytesView(a, b seen) *View {
	if !a.whole || !b.whole {
		return nil
	}
	v := &dumpView{a: a.Message.Body, b: b.Message.Body, signed: a.CoversBody() || b.CoversBody()}
	count := (max(len(v.a), len(v.b)) + dumpWidth - 1) / dumpWidth
	var marks []int32
	last := Same
	for i := range count {
		sign := v.sign(i)
		if sign != Same && sign != last {
			marks = append(marks, int32(i))
		}
		last = sign
	}
	return &View{Count: count, Marks: marks, line: v.line, sign: v.sign}
}

type dumpView struct {
	a, b   []byte
	signed bool
}

func chunk(body []byte, i int) []byte {
	from := min(len(body), i*dumpWidth)
	return body[from:min(len(body), from+dumpWidth)]
}

func (v *dumpView) sign(i int) Sign {
	a, b := chunk(v.a, i), chunk(v.b, i)
	switch {
	case bytes.Equal(a, b):
		return Same
	case len(a) == 0:
		return Added
	case len(b) == 0:
		return Removed
	}
	return Changed
}

func (v *dumpView) line(i int) Line {
	a, b := chunk(v.a, i), chunk(v.b, i)
	return Line{
		InA: dumpSpans(a, b), InB: dumpSpans(b, a),
		Sign: v.sign(i), A: dumpText(i, a), B: dumpText(i, b), HasA: len(a) > 0, HasB: len(b) > 0,
		Place: "body", Signed: v.signed,
	}
}

// dumpText is offset, bytes and characters of one row.
func dumpText(i int, row []byte) string {
	if len(row) == 0 {
		return ""
	}
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 64)
	for shift := 28; shift >= 0; shift -= 4 {
		out = append(out, digits[i*dumpWidth>>shift&15])
	}
	out = append(out, ' ')
	for n := range dumpWidth {
		if n < len(row) {
			out = append(out, ' ', digits[row[n]>>4], digits[row[n]&15])
		} else {
			out = append(out, "   "...)
		}
	}
	out = append(out, "  "...)
	for _, c := range row {
		if c < ' ' || c > '~' {
			c = '.'
		}
		out = append(out, c)
	}
	return string(out)
}

// dumpSpans are the places in a row's text of the bytes that the other side has
// not at the same offset.
func dumpSpans(row, other []byte) []Span {
	const first = len("00000000  ")
	var spans []Span
	for n := range row {
		if n < len(other) && row[n] == other[n] {
			continue
		}
		from := first + 3*n
		if last := len(spans) - 1; last >= 0 && spans[last].To == from-1 {
			spans[last].To = from + 2
		} else {
			spans = append(spans, Span{from, from + 2})
		}
	}
	return spans
}
