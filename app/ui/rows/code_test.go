package rows

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// shown is a view of body in a window.
func shown(t testing.TB, body string, kind Kind) (*CodeView, fyne.Window) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Light())
	v := NewCode()
	w := a.NewWindow("code")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.SetContent(v)
	w.Resize(fyne.NewSize(500, 300))
	v.SetText([]byte(body), kind)
	return v, w
}

// over is the place of a character in the view.
func over(v *CodeView, line, column int) fyne.Position {
	return fyne.NewPos(v.textLeft()+(float32(column-v.across.first)+0.1)*v.cell-v.across.part, codeTop+v.down.place(line)+v.line/2)
}

func press(v *CodeView, at fyne.Position, m fyne.KeyModifier) {
	v.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: m})
}

// drag selects from one character to another.
func drag(v *CodeView, fromLine, fromColumn, toLine, toColumn int) {
	press(v, over(v, fromLine, fromColumn), 0)
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: over(v, toLine, toColumn)}})
	v.DragEnd()
}

const sample = "{\n\t\"name\": \"Žaneta\",\r\n  \"日本\": 12\n}\n"

func TestDraggingSelectsAcrossLinesAndCopiesExactly(t *testing.T) {
	v, _ := shown(t, sample, JSON)
	drag(v, 1, 4, 3, 1)
	want := "\"name\": \"Žaneta\",\r\n  \"日本\": 12\n}"
	if got := v.SelectedText(); got != want {
		t.Errorf("selected %q, expected %q", got, want)
	}
	v.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q, expected %q", got, want)
	}
}

func TestDraggingBackwardsSelectsTheSame(t *testing.T) {
	v, _ := shown(t, sample, JSON)
	drag(v, 2, 8, 1, 4)
	if got, want := v.SelectedText(), "\"name\": \"Žaneta\",\r\n  \"日本\""; got != want {
		t.Errorf("selected %q, expected %q", got, want)
	}
}

func TestPressFocusesSoThatCopyArrives(t *testing.T) {
	v, w := shown(t, sample, JSON)
	press(v, over(v, 0, 0), 0)
	if w.Canvas().Focused() != v {
		t.Fatal("the view has no focus after a press")
	}
	w.Canvas().(interface{ Focused() fyne.Focusable }).Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	if v.SelectedText() != sample {
		t.Errorf("Ctrl+A selected %q", v.SelectedText())
	}
}

func TestShiftExtendsTheSelection(t *testing.T) {
	v, _ := shown(t, sample, JSON)
	press(v, over(v, 0, 0), 0)
	press(v, over(v, 2, 2), fyne.KeyModifierShift)
	if got, want := v.SelectedText(), "{\n\t\"name\": \"Žaneta\",\r\n  "; got != want {
		t.Errorf("selected %q, expected %q", got, want)
	}
	v.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for _, name := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyRight} {
		v.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if got, want := v.SelectedText(), "{\n\t\"name\": \"Žaneta\",\r\n  \"日本"; got != want {
		t.Errorf("selected %q, expected %q", got, want)
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if v.SelectedText() != sample {
		t.Errorf("selected %q, expected everything", v.SelectedText())
	}
}

func TestDoubleTapSelectsAWord(t *testing.T) {
	v, _ := shown(t, sample, JSON)
	v.DoubleTapped(&fyne.PointEvent{Position: over(v, 1, 15)})
	if got := v.SelectedText(); got != "Žaneta" {
		t.Errorf("selected %q, expected \"Žaneta\"", got)
	}
}

func TestCopyOfBytesThatAreNotTextIsMarked(t *testing.T) {
	v, _ := shown(t, "a\x00b\xffc", Plain)
	v.Copy()
	if got := fyne.CurrentApp().Clipboard().Content(); got != "a\uFFFDb\uFFFDc" {
		t.Errorf("copied %q", got)
	}
}

func TestDragBeyondTheEdgeScrollsOn(t *testing.T) {
	v, _ := shown(t, strings.Repeat("line\n", 500), Plain)
	press(v, over(v, 0, 0), 0)
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 400)}})
	for range 50 {
		v.pulled()
	}
	v.DragEnd()
	if v.down.first < 20 || len(v.SelectedText()) < 5*v.down.first {
		t.Errorf("scrolled to line %d with %d bytes selected", v.down.first, len(v.SelectedText()))
	}
}

func TestLongLineDrawsOnlyWhatIsSeen(t *testing.T) {
	line := strings.Repeat(`{"id":12345,"name":"value"},`, 22_000) // 616 kB
	v, _ := shown(t, line, JSON)
	for range 3 {
		v.across.seek(v.across.most())
		v.moved()
		drawn := 0
		for _, p := range v.used[0].texts {
			drawn += len(p.Text)
		}
		if drawn == 0 || drawn > 400 {
			t.Errorf("drew %d characters of the line's end", drawn)
		}
		v.across.seek(0)
		v.moved()
	}
	v.SelectAll()
	if v.SelectedText() != line {
		t.Error("the selection is not the whole line")
	}
}

func TestWheelGoesOnWhereNothingScrolls(t *testing.T) {
	v, _ := shown(t, "short", Plain)
	told := 0
	v.OnOverscroll = func(*fyne.ScrollEvent) { told++ }
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -10}})
	v.SetText([]byte(strings.Repeat("\n", 100)), Plain)
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -10}})
	if told != 1 || v.down.distance() != 10 {
		t.Errorf("passed on %d events and scrolled by %v, expected 1 and 10", told, v.down.distance())
	}
}

func TestCodeIsDrawnLightAndDark(t *testing.T) {
	body := strings.Repeat("{\n  \"id\": \"9f1c07de\", \"paid\": true, \"amount\": 129.90,\n  \"wide\": \"日本語 ok\", \"bad\": \"\x00\xff\u202e\",\n\t\"tab\": null\n}\n", 3)
	for name, th := range map[string]look.Theme{"light": look.Light(), "dark": look.Dark()} {
		t.Run(name, func(t *testing.T) {
			v, w := shown(t, body, JSON)
			fyne.CurrentApp().Settings().SetTheme(th)
			w.SetContent(container.NewStack(canvas.NewRectangle(th.Color(theme.ColorNameBackground, 0)), v))
			drag(v, 1, 5, 3, 4)
			test.AssertRendersToImage(t, "code-"+name+".png", w.Canvas())
		})
	}
}

// jsonLines is about size bytes of indented JSON.
func jsonLines(size int) []byte {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "  {\n    \"id\": %d,\n    \"name\": \"item %d\"\n  },\n", i, i)
	}
	b.WriteString("]\n")
	return b.Bytes()
}

func BenchmarkIndexOf10MB(b *testing.B) {
	body := jsonLines(10 << 20)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		NewDocument(body, JSON)
	}
}

func BenchmarkOpenOf10MB(b *testing.B) {
	v, w := shown(b, "", JSON)
	body := jsonLines(10 << 20)
	for b.Loop() {
		v.SetText(body, JSON)
		w.Canvas().Capture()
	}
}

func BenchmarkOpenOf1MBInOneLine(b *testing.B) {
	v, w := shown(b, "", JSON)
	body := bytes.ReplaceAll(jsonLines(1<<20), []byte("\n"), nil)
	for b.Loop() {
		v.SetText(body, JSON)
		w.Canvas().Capture()
	}
}

func BenchmarkScrollOfABody(b *testing.B) {
	v, _ := shown(b, string(jsonLines(10<<20)), JSON)
	for b.Loop() {
		v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
	}
}

func BenchmarkScrollAcrossOneLineOf1MB(b *testing.B) {
	v, _ := shown(b, string(bytes.ReplaceAll(jsonLines(1<<20), []byte("\n"), nil)), JSON)
	for b.Loop() {
		v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DX: -25}})
	}
}
