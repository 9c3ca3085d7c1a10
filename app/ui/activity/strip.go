package activity

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// none is the place of a pointer or cursor that is nowhere.
const none = -1

// Strip shows a chart. A range of it is chosen with the pointer (press, drag,
// release; a tap is one bar) or with the keys (Left and Right, with Shift for
// more than one bar, then Enter). Its methods are for the UI goroutine.
type Strip struct {
	widget.BaseWidget
	// OnChoose is told which range was chosen: from its beginning up to its end.
	OnChoose func(from, to time.Time)
	// OnClear is told that no range is wanted any more.
	OnClear func()
	// OnKey and OnRune are offered the keys and letters that the strip does not use.
	OnKey  func(*fyne.KeyEvent)
	OnRune func(rune)

	chart    Chart
	waiting  *Chart // came while a range was being chosen
	hovered  int
	anchor   int // where a range was begun, by pointer or key
	cursor   int // its other end, or where the keys are
	dragging bool
	pressed  bool // the focus comes by the pointer
	focused  bool
	shift    bool
	away     *look.Button // shows all times again
}

// New returns a strip without a chart.
func New() *Strip {
	s := &Strip{hovered: none, anchor: none, cursor: none}
	s.away = look.Quiet("", look.IconCross, func() {
		if s.OnClear != nil {
			s.OnClear()
		}
	})
	s.away.Label = lang.L("Show all times")
	s.away.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a chart. While a range is being chosen it waits, so that no bar
// moves under the pointer.
func (s *Strip) Set(c Chart) {
	if s.dragging {
		s.waiting = &c
		return
	}
	if same(s.chart, c) {
		return
	}
	if !c.From.Equal(s.chart.From) || c.Step != s.chart.Step {
		s.anchor, s.cursor, s.hovered = none, none, none // they meant other bars
	}
	s.chart, s.waiting = c, nil
	if c.Chosen {
		s.away.Show()
	} else {
		s.away.Hide()
	}
	s.Refresh()
}

// Chart is what is shown.
func (s *Strip) Chart() Chart { return s.chart }

func same(a, b Chart) bool {
	return a.From.Equal(b.From) && a.Step == b.Step && a.Chosen == b.Chosen && a.Counting == b.Counting &&
		a.Limit == b.Limit && slices.Equal(a.Bars, b.Bars)
}

// brush is the range that is being chosen.
func (s *Strip) brush() (first, last int, some bool) {
	if s.anchor == none || s.cursor == none {
		return 0, 0, false
	}
	return min(s.anchor, s.cursor), max(s.anchor, s.cursor), true
}

// choose tells which range was chosen.
func (s *Strip) choose(first, last int) {
	s.anchor = none
	if s.OnChoose != nil && last < len(s.chart.Bars) {
		s.OnChoose(s.chart.Start(first), s.chart.Start(last+1))
	}
	s.Refresh()
}

// text is the line above the bars: of what is being chosen, of the bar under
// the pointer or the cursor, or of the whole.
func (s *Strip) text() string {
	if first, last, some := s.brush(); some {
		return s.chart.says(first, last)
	}
	at := s.hovered
	if at == none && s.focused {
		at = s.cursor
	}
	if at == none || at >= len(s.chart.Bars) {
		return s.chart.caption()
	}
	return s.chart.says(at, at)
}

// AccessibilityLabel is the whole chart in words.
func (s *Strip) AccessibilityLabel() string {
	if first, last, some := s.brush(); some {
		return s.chart.says(first, last)
	}
	if len(s.chart.Bars) == 0 {
		return ""
	}
	if s.focused && s.cursor != none {
		return s.chart.says(s.cursor, s.cursor)
	}
	return s.chart.says(0, len(s.chart.Bars)-1)
}

// AccessibilityRole tells that this is text.
func (s *Strip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
