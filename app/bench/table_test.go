//go:build bench && linux

package bench

import (
	"strings"
	"unicode/utf8"
)

// table is a plain text table: the first column stands left, the others right.
type table struct {
	title string
	rows  [][]string // the first are the headings
	notes []string   // lines below
}

func (b *table) row(cells ...string) { b.rows = append(b.rows, cells) }

// String is the table with an empty line in front.
func (b *table) String() string {
	var widths []int
	for _, row := range b.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	text := "\n" + b.title + "\n"
	for _, row := range b.rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				line.WriteString(cell + pad)
			} else {
				line.WriteString("  " + pad + cell)
			}
		}
		text += strings.TrimRight(line.String(), " ") + "\n"
	}
	for _, note := range b.notes {
		text += note + "\n"
	}
	return text
}
