package diffview

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
	"shopbell/inspector/compare"
	"shopbell/providers/signature"
)

const paid = `{"id":"9f1c07de","date":"2026-11-22T14:32:06+01:00","object":{"order":"1042","status":"PAID","amount":129.90,"items":[{"sku":"A","n":1},{"sku":"B","n":2}]}}`

func side(body string, more ...signature.Field) compare.Side {
	return compare.Side{Covered: []string{"body"}, Proved: true, Message: signature.Message{
		Method: "POST", Target: "/yshop/9f1c", Body: []byte(body),
		Header: append(signature.Header{{Name: "Host", Value: "quiet-fox-1042.ngrok.app"}, {Name: "Content-Type", Value: "application/json"}}, more...),
	}}
}

func subject(t testing.TB, a, b compare.Side) Subject {
	t.Helper()
	r, err := compare.Of(t.Context(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	return Subject{
		Report: r, Left: Heading{"transaction status", "yshop.pl · 22 Nov 2026 14:32:07.418 · verified"},
		Right: Heading{"transaction status", "yshop.pl · 22 Nov 2026 14:33:11.002 · verified"}, Hides: true,
	}
}

// framed is a view in a window of a theme.
func framed(t testing.TB, th look.Theme, size fyne.Size) (*View, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(th)
	v := New()
	v.OnClose, v.OnReveal = func() {}, func(bool) {}
	w := fyne.CurrentApp().NewWindow("compare")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.SetContent(container.NewStack(canvas.NewRectangle(th.Color(theme.ColorNameBackground, 0)), look.Inset(12, 10, v)))
	w.Resize(size)
	return v, w
}

func TestEachStateIsDrawnLightAndDark(t *testing.T) {
	differing := strings.NewReplacer("PAID", "CANCELLED", "129.90", "129.9", `,"n":2}`, `,"n":2},{"sku":"C","n":1}`, `"order":"1042",`, "").Replace(paid)
	states := map[string]func(testing.TB, *View){
		"same": func(t testing.TB, v *View) { v.Set(subject(t, side(paid), side(paid))) },
		"formatting": func(t testing.TB, v *View) {
			v.Set(subject(t, side(paid), side(strings.Replace(strings.Replace(paid, "129.90", "129.9", 1), `","date`, `", "date`, 1))))
		},
		"differing": func(t testing.TB, v *View) { v.Set(subject(t, side(paid), side(differing))) },
		"head": func(t testing.TB, v *View) {
			v.Set(subject(t, side(paid, signature.Field{Name: "Via", Value: "a"}), side(paid, signature.Field{Name: "via", Value: "a"}, signature.Field{Name: "X-New", Value: "1"})))
		},
		"covered": func(t testing.TB, v *View) {
			a := side(`{"id":1,"items":[{"sku":"A"},{"sku":"B"},{"sku":"C"}]}`)
			b := side(`{"id":1,"items":[{"sku":"C"},{"sku":"A"},{"sku":"B"}]}`)
			a.Covered, b.Covered = []string{"json:id"}, []string{"json:id"}
			v.Set(subject(t, a, b))
		},
		"binary": func(t testing.TB, v *View) {
			v.Set(subject(t, side("\x00\x01PNG binary body \x7f\xff"), side("\x00\x01PNG binary bodY \x7f\xff more")))
		},
		"loading": func(_ testing.TB, v *View) { v.Wait("Both messages are read and compared. Esc breaks it off.") },
		"nothing": func(_ testing.TB, v *View) {
			v.Say(look.IconList, "Nothing is marked", "Mark one capture, then select another and press D to see both side by side.", look.Primary("Mark this one", "", func() {}))
		},
	}
	for theme, th := range map[string]look.Theme{"light": look.Light(), "dark": look.Dark()} {
		for name, show := range states {
			t.Run(name+" "+theme, func(t *testing.T) {
				v, w := framed(t, th, fyne.NewSize(860, 520))
				show(t, v)
				test.AssertRendersToImage(t, name+"-"+theme+".png", w.Canvas())
			})
		}
	}
}

func TestNextAndPreviousGoFromDifferenceToDifference(t *testing.T) {
	v, _ := framed(t, look.Light(), fyne.NewSize(860, 520))
	v.Set(subject(t, side(`{"a":1,"b":2,"c":3}`), side(`{"a":9,"b":2,"c":8}`)))
	first := v.list.Selected()
	if l := v.shown().Line(first); l.Place != "json:a" {
		t.Fatalf("it begins at %q", l.Place)
	}
	v.list.TypedRune('n')
	if l := v.shown().Line(v.list.Selected()); l.Place != "json:c" || v.count.Text != "2 of 2" {
		t.Errorf("n leads to %q, %q", l.Place, v.count.Text)
	}
	v.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF7})
	if v.list.Selected() != first {
		t.Error("F7 does not go around")
	}
	v.list.TypedRune('N')
	if l := v.shown().Line(v.list.Selected()); l.Place != "json:c" {
		t.Errorf("N leads to %q", l.Place)
	}
	told := ""
	v.OnRune, v.OnKey = func(r rune) { told += string(r) }, func(k *fyne.KeyEvent) { told += string(k.Name) }
	v.list.TypedRune('d')
	v.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if told != "dEscape" {
		t.Errorf("the window is told of %q", told)
	}
}

func TestTheKeyboardStaysOnTheTabsThatItTurns(t *testing.T) {
	v, w := framed(t, look.Light(), fyne.NewSize(860, 520))
	v.Set(subject(t, side(`{"a":1}`), side(`{"a":2}`)))
	w.Canvas().Focus(v.choice)
	before := v.page
	v.choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if w.Canvas().Focused() != fyne.Focusable(v.choice) || v.tabs.Objects[0] != fyne.CanvasObject(v.choice) || v.page != before+1 {
		t.Errorf("on page %d the keyboard is at %v", v.page, w.Canvas().Focused())
	}
}

func TestEveryRowHasASignBesidesItsColour(t *testing.T) {
	for _, s := range []compare.Sign{compare.Formatted, compare.Removed, compare.Added, compare.Changed, compare.Moved} {
		ink, ground := inks(s)
		if strings.TrimSpace(s.Symbol()) == "" || spoken(compare.Line{Sign: s}) == spoken(compare.Line{}) {
			t.Errorf("%s has only a colour", s)
		}
		for _, th := range []look.Theme{look.Light(), look.Dark()} {
			for _, text := range []fyne.ThemeColorName{ink, theme.ColorNameForeground} {
				if got := look.Contrast(th.Color(text, 0), th.Color(ground, 0)); got < 4.5 {
					t.Errorf("%s: %s on %s has contrast %.2f, expected 4.5 or more", s, text, ground, got)
				}
			}
		}
	}
}

func TestHostileAndLargeBodiesAreShownAtOnce(t *testing.T) {
	v, w := framed(t, look.Light(), fyne.NewSize(900, 600))
	var a, b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&a, "\"k%d\": %d,\n", i, i)
		fmt.Fprintf(&b, "\"k%d\": %d,\n", i, i+i%5000/4999)
	}
	for _, pair := range [][2]string{
		{"{" + a.String() + `"x":1}`, "{" + b.String() + `"x":2}`},
		{strings.Repeat("wide \u202e字\x1b ", 200_000), strings.Repeat("wide \u202e字\x1b ", 199_999) + "end"},
		{"", "x"}, {"\x00", ""}, {"", ""},
	} {
		v.Set(subject(t, side(pair[0]), side(pair[1])))
		for at := range v.pages {
			v.turn(at)
			v.Step(true)
			v.Step(false)
			w.Canvas().Capture()
		}
	}
	if least := v.MinSize(); least.Width > 860 || least.Height > 520 {
		t.Errorf("the view needs %v, expected no more than fits a window of 900x600", least)
	}
}

func TestADifferenceFarInALineIsSeen(t *testing.T) {
	v, _ := framed(t, look.Light(), fyne.NewSize(860, 520))
	long := strings.Repeat("same ", 300)
	v.Set(subject(t, side(long+"one"), side(long+"two")))
	r := newRow()
	r.Resize(fyne.NewSize(800, rowHeight))
	test.WidgetRenderer(r)
	r.set(v.shown().Line(0))
	if !strings.HasSuffix(r.left.text.Text, "one") || !strings.HasSuffix(r.right.text.Text, "two") || !r.left.marks[0].Visible() {
		t.Errorf("the row shows %q and %q", r.left.text.Text, r.right.text.Text)
	}
}
