package rows

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
)

const million = 1_000_000

// numbered is a list in a window whose rows say their number.
func numbered(t testing.TB, count int) (*List, fyne.Window) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Light())
	l := New(func() fyne.CanvasObject { return canvas.NewText("", nil) }, func(i int, o fyne.CanvasObject) {
		o.(*canvas.Text).Text = fmt.Sprint(i)
	})
	l.RowHeight = 50
	l.SetCount(count)
	w := a.NewWindow("rows")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.SetContent(l)
	w.Resize(fyne.NewSize(300, 520))
	return l, w
}

// placeOf is where row i is drawn, and what it says.
func placeOf(t *testing.T, l *List, i int) (y float32, says string) {
	t.Helper()
	s, on := l.used[i]
	if !on {
		t.Fatalf("row %d is not on screen; rows %d to %d are", i, l.axis.first, l.axis.first+len(l.used))
	}
	return s.box.Position().Y, s.content.(*canvas.Text).Text
}

func TestOneUnitOfScrollMovesOneUnitInAMillionRows(t *testing.T) {
	l, _ := numbered(t, million)
	l.ScrollTo(million - 1)
	for range 2000 {
		row := l.axis.first + 5
		before, says := placeOf(t, l, row)
		if says != fmt.Sprint(row) {
			t.Fatalf("row %d says %q", row, says)
		}
		l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 1}})
		if after, _ := placeOf(t, l, row); after != before+1 {
			t.Fatalf("row %d moved by %v, expected 1", row, after-before)
		}
	}
}

func TestOnlyRowsOnScreenExist(t *testing.T) {
	l, _ := numbered(t, million)
	for i := 0; i < million; i += 99_991 {
		l.ScrollTo(i)
	}
	if len(l.body.Objects) > 14 {
		t.Errorf("made %d rows, expected no more than fit on screen", len(l.body.Objects))
	}
}

func TestLastRowEndsAtTheBottom(t *testing.T) {
	l, _ := numbered(t, million)
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if y, _ := placeOf(t, l, million-1); y != 470 {
		t.Errorf("last row stands at %v, expected 470", y)
	}
	l.ScrollBy(1000)
	if y, _ := placeOf(t, l, million-1); y != 470 {
		t.Errorf("last row stands at %v after scrolling beyond the end, expected 470", y)
	}
}

func TestRowsThatArriveAboveDoNotMoveTheView(t *testing.T) {
	l, _ := numbered(t, million)
	l.Select(500_003)
	l.ScrollBy(-13)
	before, _ := placeOf(t, l, 500_003)
	l.InsertedAbove(1000)
	after, says := placeOf(t, l, 501_003)
	if after != before || says != "501003" {
		t.Errorf("the row moved by %v and says %q", after-before, says)
	}
	if l.Selected() != 501_003 || l.Count() != million+1000 {
		t.Errorf("row %d of %d is selected, expected 501003 of 1001000", l.Selected(), l.Count())
	}
}

func TestRowsThatArriveAreSeenAtTheTop(t *testing.T) {
	l, _ := numbered(t, 100)
	l.InsertedAbove(7)
	if from, _ := l.Seen(); from != 0 || !l.AtTop() {
		t.Errorf("the view starts at row %d, expected 0", from)
	}
}

func TestKeysMoveTheSelectionAndKeepItInView(t *testing.T) {
	l, w := numbered(t, million)
	var told []int
	l.OnSelected = func(i int) { told = append(told, i) }
	w.Canvas().Focus(l)
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyUp} {
		l.TypedKey(&fyne.KeyEvent{Name: key})
		if from, to := l.Seen(); l.Selected() < from || l.Selected() >= to {
			t.Errorf("after %s row %d is selected but rows %d to %d are seen", key, l.Selected(), from, to)
		}
	}
	if got, want := fmt.Sprint(told), "[0 1 11 999999 999998 999988 0]"; got != want {
		t.Errorf("selected %s, expected %s", got, want)
	}
}

func TestPressSelectsTheRowUnderThePointerAndFocuses(t *testing.T) {
	l, w := numbered(t, 100)
	l.ScrollBy(30)
	l.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(10, 75)}})
	l.InsertedAbove(5) // rows that come between press and release change nothing
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 75)})
	if l.Selected() != 7 {
		t.Errorf("row %d is selected, expected 7", l.Selected())
	}
	if w.Canvas().Focused() != l {
		t.Error("the list has no focus after a press")
	}
}

func TestSecondaryTapSelectsFirst(t *testing.T) {
	l, _ := numbered(t, 100)
	got := None
	l.OnSecondary = func(i int, _ *fyne.PointEvent) { got = i }
	test.TapSecondaryAt(l, fyne.NewPos(10, 120))
	if got != 2 || l.Selected() != 2 {
		t.Errorf("told of row %d with row %d selected, expected 2", got, l.Selected())
	}
}

func TestEmptyListTakesEveryGesture(t *testing.T) {
	l, _ := numbered(t, 0)
	l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -40}})
	test.TapAt(l, fyne.NewPos(10, 10))
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyReturn} {
		l.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if l.Selected() != None {
		t.Errorf("row %d is selected in an empty list", l.Selected())
	}
}

func TestShrinkingListKeepsTheViewInside(t *testing.T) {
	l, _ := numbered(t, million)
	l.Select(million - 1)
	l.SetCount(12)
	if from, to := l.Seen(); to != 12 || from != 1 || l.Selected() != None {
		t.Errorf("rows %d to %d are seen and %d is selected, expected 1 to 12 and none", from, to, l.Selected())
	}
}

func TestDraggingTheThumbReachesBothEnds(t *testing.T) {
	l, _ := numbered(t, million)
	b := l.bar
	b.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 3)}})
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 4000)}})
	if _, to := l.Seen(); to != million {
		t.Errorf("the view ends at row %d, expected %d", to, million)
	}
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, -4000)}})
	if !l.AtTop() {
		t.Errorf("the view starts at row %d, expected the top", l.axis.first)
	}
	b.DragEnd()
}

func TestHoverStaysUnderThePointerWhileRowsMove(t *testing.T) {
	l, _ := numbered(t, 100)
	l.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(10, 60)}})
	l.ScrollBy(100)
	if l.hovered != 3 {
		t.Errorf("row %d is marked, expected 3", l.hovered)
	}
	l.MouseOut()
	l.ScrollBy(50)
	if l.hovered != None {
		t.Errorf("row %d is marked without a pointer", l.hovered)
	}
}

func TestRowsAreBuiltAsDesigned(t *testing.T) {
	l, w := numbered(t, 4)
	l.Select(1)
	w.Resize(fyne.NewSize(200, 220))
	test.AssertRendersToMarkup(t, "rows.xml", w.Canvas())
}

func TestKeysAndButtonsSayHowFarAChoiceGoes(t *testing.T) {
	l, w := numbered(t, million)
	var told []string
	l.OnReach = func(i int, reach Reach) { told = append(told, fmt.Sprintf("%d:%d", i, reach)) }
	l.OnAll = func() { told = append(told, "all") }
	down := func(y float32, held fyne.KeyModifier) {
		l.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(9, y)}, Modifier: held})
		l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(9, y)})
	}
	down(10, 0)
	down(210, fyne.KeyModifierShift)
	down(60, fyne.KeyModifierShortcutDefault)
	w.Canvas().Focus(l)
	l.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	l.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	l.TypedShortcut(&fyne.ShortcutSelectAll{})
	if got, want := fmt.Sprint(told), "[0:0 4:2 1:1 2:2 999999:2 999999:1 999998:0 all]"; got != want {
		t.Errorf("told %s, expected %s", got, want)
	}
}

func TestChosenRowsAreMarkedAndASecondButtonKeepsThem(t *testing.T) {
	l, _ := numbered(t, 100)
	reached := 0
	l.OnReach = func(int, Reach) { reached++ }
	l.Chosen = func(i int) (yes, several bool) { return i == 2 || i == 5, true }
	l.Select(7)
	for i, s := range l.used {
		if chosen := i == 2 || i == 5; s.accent.Visible() != chosen {
			t.Errorf("row %d is marked: %v", i, s.accent.Visible())
		}
	}
	test.TapSecondaryAt(l, fyne.NewPos(10, 120))
	l.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(9, 120)}, Button: desktop.MouseButtonSecondary})
	if reached != 1 || l.Selected() != 2 { // the touch alone
		t.Errorf("%d choices were told, row %d is selected", reached, l.Selected())
	}
}

func TestNoArrivalMovesARowByAFractionOfAUnit(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for _, count := range []int{100, million, 50 * million} {
		l, _ := numbered(t, count)
		l.bind = func(int, fyne.CanvasObject) {}
		for range 200 {
			l.axis.seek(random.Float64() * l.axis.most())
			l.place(false)
			from, _ := l.Seen()
			if l.AtTop() {
				continue
			}
			before, n := l.axis.place(from), 1+random.IntN(1000)
			l.InsertedAbove(n)
			if now, _ := l.Seen(); now != from+n || l.axis.place(now) != before {
				t.Fatalf("of %d rows, row %d stands at %v as row %d, expected %v as row %d", count, from, l.axis.place(now), now, before, from+n)
			}
		}
	}
}

func TestHoldKeepsTheFractionOfTheRow(t *testing.T) {
	l, _ := numbered(t, million)
	l.ScrollBy(50*1000 + 13)
	l.Hold(777)
	if y, says := placeOf(t, l, 777); y != -13 || says != "777" {
		t.Errorf("row 777 stands at %v and says %q, expected -13", y, says)
	}
	l.Hold(-5)
	if from, _ := l.Seen(); from != 0 {
		t.Errorf("the view starts at row %d", from)
	}
	l.Hold(2 * million)
	if _, to := l.Seen(); to != million {
		t.Errorf("the view ends at row %d", to)
	}
}
