package activity

import (
	"image"
	"image/draw"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
)

type chosen struct {
	from, to time.Time
	cleared  int
}

// shown is a strip of an hour, 600 units wide: ten units a minute.
func shown(t *testing.T) (*Strip, *chosen) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Light())
	s, got := New(), &chosen{}
	s.OnChoose = func(from, to time.Time) { got.from, got.to = from, to }
	s.OnClear = func() { got.cleared++ }
	w := a.NewWindow("strip")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.SetContent(s)
	w.Resize(fyne.NewSize(600, 60))
	s.Set(Count(minutes(-59, -40, -40, -40, -33, -32, -28, -12, -1, 0, 0), Range{}, noon))
	return s, got
}

func at(x float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(x, 30)} }

func press(s *Strip, x float32) {
	s.MouseDown(&desktop.MouseEvent{PointEvent: at(x), Button: desktop.MouseButtonPrimary})
}

func key(s *Strip, names ...fyne.KeyName) {
	for _, name := range names {
		s.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (c *chosen) want(t *testing.T, from, to int) {
	t.Helper()
	base := noon.Add(-59 * time.Minute)
	if !c.from.Equal(base.Add(time.Duration(from)*time.Minute)) || !c.to.Equal(base.Add(time.Duration(to)*time.Minute)) {
		t.Errorf("chose %v to %v, expected minutes %d to %d", c.from, c.to, from, to)
	}
}

func TestDraggingChoosesARange(t *testing.T) {
	s, got := shown(t)
	press(s, 205)
	s.Dragged(&fyne.DragEvent{PointEvent: at(102)})
	if says := s.text(); says != "11:11 – 11:22: 3 received" {
		t.Errorf("while dragging it says %q", says)
	}
	s.Set(Count(minutes(5), Range{}, noon.Add(5*time.Minute))) // must not move what is under the pointer
	s.Dragged(&fyne.DragEvent{PointEvent: at(-40)})
	s.Dragged(&fyne.DragEvent{PointEvent: at(95)})
	s.MouseUp(nil)
	s.DragEnd()
	got.want(t, 9, 21)
	if !s.chart.From.Equal(noon.Add(-54 * time.Minute)) {
		t.Error("the chart that came meanwhile is not shown")
	}
}

func TestAPressChoosesOneBar(t *testing.T) {
	s, got := shown(t)
	press(s, 599)
	s.MouseUp(nil)
	got.want(t, 59, 60)
}

func TestKeysChooseARange(t *testing.T) {
	s, got := shown(t)
	s.FocusGained()
	key(s, fyne.KeyLeft, fyne.KeyLeft)
	if says := s.text(); says != "11:58 – 11:59: 0 received" {
		t.Errorf("the cursor says %q", says)
	}
	s.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(s, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	s.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(s, fyne.KeyReturn)
	got.want(t, 54, 58)
	key(s, fyne.KeyHome, fyne.KeyLeft, fyne.KeySpace)
	got.want(t, 0, 1)
	key(s, fyne.KeyEnd, fyne.KeyRight, fyne.KeyEnter)
	got.want(t, 59, 60)
}

func TestAfterThePointerTheWholeRangeIsNamed(t *testing.T) {
	s, got := shown(t)
	press(s, 105)
	s.Dragged(&fyne.DragEvent{PointEvent: at(202)})
	s.MouseUp(nil)
	s.Set(Count(minutes(), Range{Since: got.from, Until: got.to.Add(-1)}, noon))
	if says := s.text(); says != s.chart.caption() || says != "22 Nov 11:11 – 11:22, 1 min a bar" {
		t.Errorf("it says %q", says)
	}
	key(s, fyne.KeyLeft)
	if says := s.text(); says != "11:21 – 11:22: 0 received" {
		t.Errorf("after Left it says %q", says)
	}
}

func TestEscapeGoesBackStepByStep(t *testing.T) {
	s, got := shown(t)
	var passed []fyne.KeyName
	s.OnKey = func(k *fyne.KeyEvent) { passed = append(passed, k.Name) }
	c := s.Chart()
	c.Chosen = true
	s.Set(c)
	press(s, 100)
	key(s, fyne.KeyEscape)
	s.MouseUp(nil)
	if !got.from.IsZero() || got.cleared != 0 {
		t.Error("Esc did not take back what was being chosen, and no more")
	}
	key(s, fyne.KeyEscape)
	if got.cleared != 1 {
		t.Error("Esc did not clear the range")
	}
	c.Chosen = false
	s.Set(c)
	key(s, fyne.KeyEscape)
	if got.cleared != 1 || len(passed) != 1 {
		t.Errorf("with no range, Esc was passed on %d times", len(passed))
	}
}

func TestTheCrossClearsAChosenRange(t *testing.T) {
	s, got := shown(t)
	if s.away.Visible() {
		t.Error("there is a cross without a range")
	}
	c := s.Chart()
	c.Chosen = true
	s.Set(c)
	test.Tap(s.away)
	if got.cleared != 1 {
		t.Error("the cross does nothing")
	}
}

func TestPointerNamesTheBarBelowIt(t *testing.T) {
	s, _ := shown(t)
	s.MouseMoved(&desktop.MouseEvent{PointEvent: at(315)})
	if says := s.text(); says != "11:32 – 11:33: 1 received, 1 not verified" {
		t.Errorf("it says %q", says)
	}
	s.MouseOut()
	if says := s.text(); says != s.chart.caption() {
		t.Errorf("without the pointer it says %q", says)
	}
}

func TestAStripWithoutCountsTakesEveryGesture(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Light())
	s := New()
	w := a.NewWindow("strip")
	t.Cleanup(w.Close)
	w.SetContent(s)
	s.FocusGained()
	press(s, 3)
	s.Dragged(&fyne.DragEvent{PointEvent: at(50)})
	s.MouseUp(nil)
	key(s, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyEscape)
	s.MouseMoved(&desktop.MouseEvent{PointEvent: at(5)})
	if s.AccessibilityLabel() != "" {
		t.Errorf("it says %q", s.AccessibilityLabel())
	}
}

func TestFailureReachesBelowTheLine(t *testing.T) {
	s, _ := shown(t)
	r := test.WidgetRenderer(s).(*renderer)
	for i, b := range s.chart.Bars {
		foot := r.failed[i].Position().Y + r.failed[i].Size().Height
		if below := r.failed[i].Visible() && foot > captionHeight+barsHeight; below != (b.Failed > 0) {
			t.Errorf("bar %d with %+v reaches below the line: %v", i, b, below)
		}
	}
}

// sheet is one picture of strips in the states that a user may see.
func sheet(t *testing.T, th fyne.Theme) image.Image {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(th)
	hour := Count(func(f func(time.Time, int, bool)) {
		minutes(-59, -58, -58, -56, -56, -40, -40, -40, -33, -32, -28, -28, -12, -12, -7, -1, 0, 0)(f)
		f(noon.Add(-47*time.Minute), 4, false)
		f(noon.Add(-47*time.Minute), 2, true)
	}, Range{}, noon)
	chosenRange := Count(minutes(-30, -28, -28, -25, -21), Range{Since: noon.Add(-30 * time.Minute), Until: noon.Add(-20*time.Minute - 1)}, noon)
	partial := hour
	partial.Limit = 10_000
	all := image.NewNRGBA(image.Rect(0, 0, 440, 5*76))
	for i, c := range []Chart{hour, chosenRange, partial, hour, hour} {
		s := New()
		w := a.NewWindow("strip")
		back := canvas.NewRectangle(th.Color(look.ColorPanel, 0))
		w.SetContent(&fyne.Container{Layout: stack{}, Objects: []fyne.CanvasObject{back, s}})
		w.Resize(fyne.NewSize(440, 76))
		s.Set(c)
		switch i {
		case 3:
			press(s, 130)
			s.Dragged(&fyne.DragEvent{PointEvent: at(260)})
		case 4:
			s.FocusGained()
		}
		draw.Draw(all, image.Rect(0, i*76, 440, i*76+76), w.Canvas().Capture(), image.Point{}, draw.Src)
		w.Close()
	}
	return all
}

type stack struct{}

func (stack) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 60) }
func (stack) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	parts[0].Resize(size)
	parts[1].Move(fyne.NewPos(10, 8))
	parts[1].Resize(size.SubtractWidthHeight(20, 16))
}

// bare is one picture of strips that have little to show: not counted yet, still
// being counted, an hour and a range without a delivery, an hour in little room.
func bare(t *testing.T, th fyne.Theme) image.Image {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(th)
	all := image.NewNRGBA(image.Rect(0, 0, 440, 5*76))
	busy := Count(minutes(-59, -40, -28, -12, -1, 0, 0), Range{}, noon)
	growing := busy
	growing.Counting = true
	for i, c := range []Chart{{}, growing, Count(minutes(), Range{}, noon), Count(minutes(), Range{Since: noon.Add(-30 * time.Minute), Until: noon.Add(-20*time.Minute - 1)}, noon), busy} {
		width := float32(440)
		if i == 4 {
			width = 220
		}
		s := New()
		w := a.NewWindow("strip")
		back := canvas.NewRectangle(th.Color(look.ColorPanel, 0))
		w.SetContent(&fyne.Container{Layout: stack{}, Objects: []fyne.CanvasObject{back, s}})
		w.Resize(fyne.NewSize(width, 76))
		if i > 0 {
			s.Set(c)
		}
		draw.Draw(all, image.Rect(0, i*76, int(width), i*76+76), w.Canvas().Capture(), image.Point{}, draw.Src)
		w.Close()
	}
	return all
}

func TestABareStripLooksAsBefore(t *testing.T) {
	test.AssertImageMatches(t, "bare-light.png", bare(t, look.Light()))
	test.AssertImageMatches(t, "bare-dark.png", bare(t, look.Dark()))
}

func TestStripLooksAsBefore(t *testing.T) {
	test.AssertImageMatches(t, "strip-light.png", sheet(t, look.Light()))
	test.AssertImageMatches(t, "strip-dark.png", sheet(t, look.Dark()))
}
