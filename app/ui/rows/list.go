package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// None is the selection of a list in which nothing is selected.
const None = -1

// List shows count rows that the caller makes and fills. All methods and
// callbacks belong to the UI goroutine.
type List struct {
	widget.BaseWidget
	// RowHeight is in units; it is read when the list is laid out or refreshed.
	RowHeight float32
	// Lines draws a line below each row.
	Lines bool
	// OnSelected is told when another row was selected, by pointer, key or Select.
	OnSelected func(i int)
	// OnReach is told of the user's choice of a row, before OnSelected, and how far
	// it goes; OnAll of Ctrl+A. Who keeps several rows chosen answers Chosen: whether
	// row i is one of them, and whether there are several at all.
	OnReach func(i int, reach Reach)
	OnAll   func()
	Chosen  func(i int) (yes, several bool)
	// OnActivated is told when Enter was pressed on the selected row.
	OnActivated func(i int)
	// OnSecondary is told of a tap with the second button; the row is selected by then.
	OnSecondary func(i int, at *fyne.PointEvent)
	// OnScrolled is told when the window over the rows moved.
	OnScrolled func()
	// OnKey and OnRune are offered the keys and letters that the list does not use;
	// without them those are the window's.
	OnKey  func(*fyne.KeyEvent)
	OnRune func(rune)
	// OnShortcut is told of the shortcuts typed while the list has the focus.
	OnShortcut func(fyne.Shortcut)
	// OnStepped is told instead of OnSelected when a key moved the selection.
	OnStepped func(i int)

	newRow func() fyne.CanvasObject
	bind   func(i int, o fyne.CanvasObject)

	axis     axis
	selected int
	hovered  int
	pointer  float32 // where in the list the pointer is, while hovered is a row
	focused  bool
	shift    bool // is held
	pressed  bool // MouseDown has already selected for the Tapped that follows

	body *fyne.Container // the rows on screen, without layout
	bar  *bar
	free []*slot
	used map[int]*slot // by row number
}

// New returns an empty list. newRow makes a row; bind fills it for row number i,
// 0 being the topmost. A row is used again for other numbers.
func New(newRow func() fyne.CanvasObject, bind func(i int, o fyne.CanvasObject)) *List {
	l := &List{
		RowHeight: 54, Lines: true, newRow: newRow, bind: bind,
		selected: None, hovered: None, used: map[int]*slot{},
		axis: axis{unit: 54}, body: &fyne.Container{},
	}
	l.bar = newBar(&l.axis, false, l.moved)
	l.ExtendBaseWidget(l)
	return l
}

// Count returns the number of rows.
func (l *List) Count() int { return l.axis.count }

// SetCount changes the number of rows and fills those on screen again. A
// selection beyond the last row is dropped without a call of OnSelected.
func (l *List) SetCount(n int) {
	l.axis.count = max(0, n)
	if l.selected >= l.axis.count {
		l.selected = None
	}
	l.axis.clamp()
	l.Refresh()
}

// InsertedAbove tells that n rows came before row 0. The count grows, and the
// selection stays with its row. So does the view, unless it stands at the top:
// then it stays there and shows the new rows.
func (l *List) InsertedAbove(n int) {
	if n <= 0 {
		return
	}
	if !l.AtTop() {
		l.axis.first += n
	}
	if l.selected != None {
		l.selected += n
	}
	l.axis.count += n
	l.axis.clamp()
	l.Refresh()
}

// AtTop tells whether the first row is wholly seen.
func (l *List) AtTop() bool { return l.axis.first == 0 && l.axis.part == 0 }

// Seen returns the range of rows on screen, at least in part: [from, to).
func (l *List) Seen() (from, to int) { return l.axis.seen() }

// ScrollTo scrolls as little as makes row i wholly seen.
func (l *List) ScrollTo(i int) {
	if i >= 0 && i < l.axis.count {
		l.axis.reveal(i)
		l.moved()
	}
}

// Hold puts row i where the first row seen is, to the unit.
func (l *List) Hold(i int) {
	if i = max(i, 0); i != l.axis.first {
		l.axis.first = i
		l.axis.clamp()
		l.Refresh()
	}
}

// ScrollToTop shows the first row.
func (l *List) ScrollToTop() {
	l.axis.seek(0)
	l.moved()
}

// ScrollBy moves the view by units, down being positive. One unit moves the
// rows by one unit, however many rows there are.
func (l *List) ScrollBy(units float32) {
	if l.axis.scroll(units) {
		l.moved()
	}
}

// Selected returns the selected row, or None.
func (l *List) Selected() int { return l.selected }

// Select selects row i and brings it into view.
func (l *List) Select(i int) {
	if i < 0 || i >= l.axis.count {
		return
	}
	changed := i != l.selected
	l.selected = i
	l.ScrollTo(i)
	l.paint()
	if changed && l.OnSelected != nil {
		l.OnSelected(i)
	}
}

// Mark changes the selected row without scrolling and without a call of
// OnSelected, for a list whose rows moved under the selection. None clears it.
func (l *List) Mark(i int) {
	if i < 0 || i >= l.axis.count {
		i = None
	}
	l.selected = i
	l.paint()
}

// Unselect clears the selection without a call of OnSelected.
func (l *List) Unselect() { l.Mark(None) }

// RefreshRow fills row i again if it is on screen.
func (l *List) RefreshRow(i int) {
	if s, on := l.used[i]; on && i < l.axis.count {
		l.bind(i, s.content)
	}
}

// moved shows the rows of a window that moved.
func (l *List) moved() {
	l.place(false)
	l.bar.Refresh()
	canvas.Refresh(l.body)
	if l.OnScrolled != nil {
		l.OnScrolled()
	}
}

// MinSize leaves all sizing to the layout around the list.
func (l *List) MinSize() fyne.Size { return fyne.NewSize(120, 2*l.RowHeight) }
