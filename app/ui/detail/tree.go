package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
)

// treeRowHeight is the height of a row of the tree.
const treeRowHeight = 23

// treeView shows a body as values that fold. The right arrow opens one, the
// left arrow shuts it or goes to the one that it is in, Enter does either. What
// is opened is read then, so that a body of a million values is there at once.
type treeView struct {
	list   *rows.List
	top    *fold
	covers func(keys []string, kind outline.WayKind) bool
	menu   func() []*fyne.MenuItem
	jobs   *jobs
}

func newTreeView(do func(func()), menu func() []*fyne.MenuItem, shortcut func(fyne.Shortcut)) *treeView {
	t := &treeView{menu: menu, jobs: newJobs(do)}
	t.list = rows.New(func() fyne.CanvasObject { return newTreeRow(t.turn) }, t.fill)
	t.list.RowHeight, t.list.Lines = treeRowHeight, false
	t.list.OnKey, t.list.OnShortcut, t.list.OnSecondary = t.typed, shortcut, t.secondary
	t.list.OnActivated = t.turn
	t.list.Hide()
	return t
}

// set shows a branch, nil nothing. A body that is one object or element is
// opened to its first level.
func (t *treeView) set(b outline.Branch, covers func(keys []string, kind outline.WayKind) bool) {
	t.jobs.drop()
	t.top, t.covers = nil, covers
	t.list.Unselect()
	t.list.ScrollToTop()
	if b == nil {
		t.list.SetCount(0)
		return
	}
	t.top = &fold{branch: b}
	t.list.SetCount(t.top.rows())
	if b.Len() == 1 {
		t.turn(0)
	}
}

// chosen is the value of the selected row.
func (t *treeView) chosen() (b outline.Branch, i int, some bool) {
	if t.top == nil || t.list.Selected() == rows.None {
		return nil, 0, false
	}
	v := t.top.at(t.list.Selected())
	return v.own().branch, v.index, true
}

func (t *treeView) fill(row int, o fyne.CanvasObject) {
	if t.top == nil || row >= t.top.rows() {
		return
	}
	v := t.top.at(row)
	b := v.own().branch
	keys, kind := b.Keys(v.index)
	covered := t.covers != nil && t.covers(keys, kind)
	o.(*treeRow).fill(row, b.Node(v.index), len(v.folds)-1, v.isOpen(), covered)
}

// turn opens a value, or shuts it.
func (t *treeView) turn(row int) {
	if v := t.top.at(row); v.isOpen() {
		v.shut()
		t.changed()
	} else {
		t.open(row)
	}
}

// open reads what is below a value, off the UI goroutine when that is much.
func (t *treeView) open(row int) {
	v := t.top.at(row)
	b := v.own().branch
	if !b.Node(v.index).Opens {
		return
	}
	t.jobs.run(b.Size(v.index), func(func() bool) func() {
		below := b.Open(v.index)
		return func() {
			if below != nil && below.Len() > 0 {
				v.open(below)
				t.changed()
			}
		}
	})
}

// changed shows the rows that came or went. The selection stays in its row:
// rows change below it only, or above it by the pointer.
func (t *treeView) changed() { t.list.SetCount(t.top.rows()) }

// typed folds by arrows and leaves other keys to the window.
func (t *treeView) typed(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyRight, fyne.KeyLeft, fyne.KeySpace:
		t.fold(key.Name)
	default:
		look.PassKey(t.list, key)
	}
}

// fold opens or shuts the chosen value, or goes to what is below or above it.
func (t *treeView) fold(key fyne.KeyName) {
	row := t.list.Selected()
	if t.top == nil || row == rows.None {
		return
	}
	v := t.top.at(row)
	switch key {
	case fyne.KeyRight:
		if v.isOpen() {
			t.list.Select(row + 1)
		} else {
			t.open(row)
		}
	case fyne.KeyLeft:
		if v.isOpen() {
			v.shut()
			t.changed()
		} else if up := v.parent(); up != none {
			t.list.Select(up)
		}
	case fyne.KeySpace:
		t.turn(row)
	}
}

func (t *treeView) secondary(_ int, at *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t.list); c != nil {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", t.menu()...), c, at.AbsolutePosition)
	}
}
