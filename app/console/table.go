package console

import (
	"strings"
	"unicode/utf8"

	"shopbell/providers/signature"
)

// cell is one field of a table. Its text has been cleaned.
type cell struct {
	text string
	tone signature.Tone
	// painted is false for ordinary text.
	painted bool
}

// plain is a cell from any text, made safe and kept at most 44 characters wide.
func plain(text string) cell { return cell{text: short(clean(text), 44)} }

// toned is a cell in the colour of a tone.
func toned(tone signature.Tone, text string) cell {
	return cell{text: short(clean(text), 44), tone: tone, painted: true}
}

// table prints rows in columns as wide as their widest cell.
func (t *terminal) table(heads []string, rows [][]cell) {
	widths := make([]int, len(heads))
	for i, h := range heads {
		widths[i] = utf8.RuneCountInString(h)
	}
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(c.text))
		}
	}
	head := make([]cell, len(heads))
	for i, h := range heads {
		head[i] = cell{text: h}
	}
	t.line(t.bold(t.row(head, widths)))
	for _, row := range rows {
		t.line(t.row(row, widths))
	}
}

func (t *terminal) row(cells []cell, widths []int) string {
	var b strings.Builder
	for i, c := range cells {
		text := c.text
		if c.painted {
			text = t.paint(c.tone, text)
		}
		b.WriteString(text)
		if i < len(cells)-1 {
			b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c.text)+2))
		}
	}
	return strings.TrimRight(b.String(), " ")
}
