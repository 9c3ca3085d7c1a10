package rows

import (
	"bytes"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
)

// marked is the text under the seen marks of a line, by where they are drawn.
func marked(v *CodeView, line int) []string {
	var texts []string
	l := v.used[line]
	if l == nil || l.under.Hidden {
		return nil
	}
	for _, r := range l.marks {
		if r.Hidden || r.Size().Height < v.line {
			continue // hidden, or the line below a mark
		}
		from := v.doc.offsetAt(line, float32(l.base)+r.Position().X/v.cell)
		to := v.doc.offsetAt(line, float32(l.base)+(r.Position().X+r.Size().Width)/v.cell)
		texts = append(texts, string(v.doc.body[from:to]))
	}
	return texts
}

func TestMarksStandUnderTheirTextAlsoBehindWideCharacters(t *testing.T) {
	v, _ := shown(t, "日本 \"e\u0301\" 😀 end\nnext", Plain)
	body := v.doc.body
	var spans []Span
	for _, part := range []string{"本", "e\u0301", "😀", "end\nnext"} {
		at := bytes.Index(body, []byte(part))
		spans = append(spans, Span{int32(at), int32(at + len(part))})
	}
	v.SetMarks(Found, spans)
	if got := strings.Join(marked(v, 0), "|"); got != "本|e\u0301|😀|end" {
		t.Errorf("marked %q", got)
	}
	if got := strings.Join(marked(v, 1), "|"); got != "next" {
		t.Errorf("marked %q on the second line", got)
	}
}

func TestMarksOfALongLineAreDrawnWhereItIsSeen(t *testing.T) {
	line := strings.Repeat("0123456789", 100_000)
	v, _ := shown(t, line, JSON)
	found, _ := Find(v.doc.body, "9", nil)
	v.SetMarks(Found, found)
	v.ShowSpan(999_999, 1_000_000)
	if got := marked(v, 0); len(got) == 0 || len(got) > 60 || got[0] != "9" {
		t.Errorf("%d marks are drawn at the end of the line: %.5q", len(got), got)
	}
	if v.SelectedText() != "9" || v.across.first == 0 {
		t.Errorf("selected %q at column %d", v.SelectedText(), v.across.first)
	}
}

func TestWholeCoverIsDrawnBesideTheLinesOnly(t *testing.T) {
	v, _ := shown(t, "a\nb", Plain)
	v.SetMarks(Covered, []Span{{0, 3}})
	if marked(v, 0) != nil || v.used[0].edge.Hidden {
		t.Errorf("marked %q, strip hidden %v", marked(v, 0), v.used[0].edge.Hidden)
	}
	v.SetMarks(Covered, []Span{{2, 3}})
	if !v.used[0].edge.Hidden || v.used[1].edge.Hidden || len(marked(v, 1)) != 1 {
		t.Error("the mark is not that of the second line alone")
	}
	v.SetText([]byte("c"), Plain)
	if len(v.Marks(Covered)) != 0 || !v.used[0].edge.Hidden {
		t.Error("another document has the marks of the one before")
	}
}

func TestFaultIsScrolledTo(t *testing.T) {
	v, _ := shown(t, strings.Repeat("line\n", 5000)+"bad", Plain)
	v.ShowFault(4000*5 + 2)
	from, to := v.down.seen()
	if from >= 4000 || to <= 4000 || len(marked(v, 4000)) != 1 {
		t.Errorf("lines %d to %d are seen, marks %q", from, to, marked(v, 4000))
	}
	v.ShowFault(1 << 30)
	if s := v.Marks(Fault); len(s) != 1 || int(s[0].To) != len(v.doc.body) {
		t.Errorf("a fault behind the end is marked at %v", s)
	}
	v.SetText(nil, Plain)
	v.ShowFault(0)
}

func TestMarksAreDrawn(t *testing.T) {
	v, w := shown(t, "{\"id\": 1}", JSON)
	v.SetMarks(Covered, []Span{{1, 8}})
	v.SetMarks(Found, []Span{{2, 4}})
	v.SetMarks(Fault, []Span{{8, 9}})
	for name, th := range map[string]look.Theme{"light": look.Light(), "dark": look.Dark()} {
		fyne.CurrentApp().Settings().SetTheme(th)
		test.AssertRendersToImage(t, "marks-"+name+".png", w.Canvas())
	}
}

func TestMenuOffersMoreAndShortcutsGoOn(t *testing.T) {
	v, w := shown(t, "abc", Plain)
	var at int
	v.OnMenu = func(offset int) []*fyne.MenuItem { at = offset; return []*fyne.MenuItem{fyne.NewMenuItem("More", nil)} }
	test.TapSecondaryAt(v, over(v, 0, 2))
	if at != 2 || w.Canvas().Overlays().Top() == nil {
		t.Errorf("the menu was asked for offset %d", at)
	}
	var got fyne.Shortcut
	v.OnShortcut = func(s fyne.Shortcut) { got = s }
	v.TypedShortcut(&fyne.ShortcutPaste{})
	if got == nil {
		t.Error("a shortcut that the view does not use is lost")
	}
}
