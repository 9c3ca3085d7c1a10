package rows

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// selection is a range of bytes: anchor is where it was begun, caret where it
// was taken to.
type selection struct{ anchor, caret int }

// selected returns the range in order: [from, to).
func (s selection) selected() (from, to int) { return min(s.anchor, s.caret), max(s.anchor, s.caret) }

// SelectedText returns the selected bytes exactly.
func (v *CodeView) SelectedText() string {
	from, to := v.selected()
	return string(v.doc.body[from:to])
}

// SelectAll selects the whole document.
func (v *CodeView) SelectAll() { v.setSelection(0, len(v.doc.body)) }

// SelectBytes selects a range of bytes, within the document, and shows its start.
func (v *CodeView) SelectBytes(from, to int) {
	most := len(v.doc.body)
	v.setSelection(min(max(0, from), most), min(max(0, to), most))
	v.reveal(v.anchor)
}

func (v *CodeView) setSelection(anchor, caret int) {
	if v.anchor == anchor && v.caret == caret {
		return
	}
	v.anchor, v.caret = anchor, caret
	for i, l := range v.used {
		v.shade(l, i)
	}
	canvas.Refresh(v.texts)
}

// reveal scrolls as little as makes offset seen.
func (v *CodeView) reveal(offset int) {
	line := v.doc.lineOf(offset)
	v.down.reveal(line)
	v.across.reveal(v.doc.columnOf(line, offset))
	v.moved()
}

// Copy puts the selection, or without one the whole document, on the
// clipboard. A clipboard holds text: a NUL, which would end it early, and bytes
// that are not UTF-8 become replacement characters; all else is exact.
func (v *CodeView) Copy() {
	text := v.SelectedText()
	if text == "" {
		text = string(v.doc.body)
	}
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
	if v.OnCopied != nil {
		v.OnCopied(text)
	}
}

// offsetUnder is the character boundary nearest to a place in the view.
func (v *CodeView) offsetUnder(at fyne.Position) int {
	line := v.down.at(at.Y - codeTop)
	if line < 0 {
		return 0
	}
	if line >= v.doc.Lines() {
		return len(v.doc.body)
	}
	column := float32(v.across.first) + (at.X-v.textLeft()+v.across.part)/v.cell
	return v.doc.offsetAt(line, column)
}

// selectWord selects the letters and digits around offset.
func (v *CodeView) selectWord(offset int) {
	body := v.doc.body
	from, to := offset, offset
	for from > 0 && wordByte(body[from-1]) {
		from--
	}
	for to < len(body) && wordByte(body[to]) {
		to++
	}
	v.setSelection(from, to)
}

func wordByte(c byte) bool {
	return letter(c) || c >= '0' && c <= '9' || c >= 0x80 || bytes.IndexByte([]byte("_-."), c) >= 0
}
