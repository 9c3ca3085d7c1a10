package detail

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
)

func TestTreeFoldsByArrows(t *testing.T) {
	pane, _ := reading(t, "application/json", nested, modeTree)
	tree := pane.body.tree
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			tree.list.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	tree.list.Select(1)
	key(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyDown)
	if b, i, _ := tree.chosen(); b.Node(i).Name != "price" || tree.list.Count() != 9 {
		t.Errorf("at %q of %d rows", b.Node(i).Name, tree.list.Count())
	}
	key(fyne.KeyLeft)
	if b, i, _ := tree.chosen(); b.Node(i).Name != "[0]" {
		t.Errorf("the left arrow goes to %q", b.Node(i).Name)
	}
	key(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	if b, i, _ := tree.chosen(); b.Node(i).Name != "items" || tree.list.Count() != 4 {
		t.Errorf("at %q of %d rows", b.Node(i).Name, tree.list.Count())
	}
	key(fyne.KeyLeft, fyne.KeyEnd, fyne.KeyRight)
	if b, i, _ := tree.chosen(); b.Node(i).Name != "note" || tree.list.Count() != 4 {
		t.Errorf("at %q of %d rows", b.Node(i).Name, tree.list.Count())
	}
}

func TestKeysOfTheWindowHoldInTheTreeAndAmongTheAttempts(t *testing.T) {
	pane, w := reading(t, "application/json", nested, modeTree)
	var keys []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { keys = append(keys, key.Name) })
	w.Canvas().SetOnTypedRune(func(r rune) { keys = append(keys, fyne.KeyName(r)) })
	for _, list := range []*rows.List{pane.body.tree.list, pane.deliveries.list} {
		if list == pane.deliveries.list {
			pane.bar.choose(tabDeliveries)
		}
		keys = nil
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if list.TypedRune('r'); !slices.Equal(keys, []fyne.KeyName{fyne.KeyEscape, "r"}) {
			t.Errorf("the window gets %q", keys)
		}
	}
}

func TestRowsOfATreeAreCountedNotKept(t *testing.T) {
	top := &fold{branch: outline.JSON([]byte("["+strings.Repeat(`[[1,2],3],`, 1000)+"0]"), outline.Eyes{})}
	open := func(row int) { v := top.at(row); v.open(v.own().branch.Open(v.index)) }
	for row := 997; row >= 0; row -= 2 {
		open(row)
	}
	open(1 + 3*100 + 1) // the first element of an opened one
	// Every row once, in order: the walk and the count must agree.
	var walk func(f *fold, depth int) []string
	walk = func(f *fold, depth int) []string {
		var lines []string
		for i := range f.branch.Len() {
			lines = append(lines, fmt.Sprint(depth, f.branch.Node(i)))
			for _, o := range f.opened {
				if o.index == i {
					lines = append(lines, walk(o.below, depth+1)...)
				}
			}
		}
		return lines
	}
	want := walk(top, 0)
	if top.rows() != len(want) {
		t.Fatalf("%d rows are counted, expected %d", top.rows(), len(want))
	}
	for row, line := range want {
		v := top.at(row)
		if got := fmt.Sprint(len(v.folds)-1, v.own().branch.Node(v.index)); got != line {
			t.Fatalf("row %d is %s, expected %s", row, got, line)
		}
		if up := v.parent(); up >= row || (up == none) != (len(v.folds) == 1) {
			t.Fatalf("row %d is below row %d", row, up)
		}
	}
}

func TestAMillionValuesOpenAndScroll(t *testing.T) {
	pane, w := reading(t, "application/json", "["+strings.Repeat("1,", 1_000_000)+"2]", modeTree)
	tree := pane.body.tree
	if tree.list.Count() != 1_000_001 {
		t.Fatalf("%d rows", tree.list.Count())
	}
	tree.list.Select(1_000_000)
	w.Canvas().Capture()
	expect(t, tree.list, "[1000000]", "[999995]", "!Formatting")
}
