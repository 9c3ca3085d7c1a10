package detail

import (
	"fmt"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// dumpLimit bounds the bytes of a dump, each of which takes five characters.
const dumpLimit = 4 << 20

// dump is the hex view of a body.
func dump(body []byte) prettied {
	p := prettied{kind: rows.Hex}
	if len(body) > dumpLimit {
		p.note = lang.L("The first {{.Shown}} of {{.Size}}.", map[string]any{"Shown": look.Bytes(dumpLimit), "Size": look.Bytes(int64(len(body)))})
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

// The columns of a dump: where a line's bytes and its characters begin, and how
// long a full line is with its end.
const (
	dumpBytes = 10
	dumpChars = 61
	dumpLine  = 79
)

// dumped is where bytes of a body stand in its dump: for each line the bytes
// and, behind them, the characters.
func dumped(spans []rows.Span) []rows.Span {
	var out []rows.Span
	for _, s := range spans {
		for from := int(s.From); from < min(int(s.To), dumpLimit); {
			to := min(int(s.To), dumpLimit, from/16*16+16)
			start, first, last := from/16*dumpLine, from%16, (to-1)%16
			out = append(out,
				rows.Span{From: int32(start + byteColumn(first)), To: int32(start + byteColumn(last) + 2)},
				rows.Span{From: int32(start + dumpChars + first), To: int32(start + dumpChars + last + 1)})
			from = to
		}
	}
	return out
}

// byteColumn is where byte n of a line stands.
func byteColumn(n int) int { return dumpBytes + 3*n + n/8 }
