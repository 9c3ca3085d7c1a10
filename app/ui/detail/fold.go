package detail

import (
	"slices"
	"sort"

	"shopbell/app/ui/outline"
)

// fold is a branch of which some values are opened. Rows are counted, not kept:
// a million values take no more room than the branch itself.
type fold struct {
	branch outline.Branch
	opened []opened // in order
}

// opened is a value that is opened, and how many rows the opened values before
// it add.
type opened struct {
	index  int
	before int
	below  *fold
}

// rows is how many rows the branch takes.
func (f *fold) rows() int {
	n := f.branch.Len()
	if last := len(f.opened) - 1; last >= 0 {
		n += f.opened[last].before + f.opened[last].below.rows()
	}
	return n
}

// count brings the sums in line after something was opened or shut.
func (f *fold) count() {
	before := 0
	for i := range f.opened {
		f.opened[i].before = before
		before += f.opened[i].below.rows()
	}
}

// value is one row: a value of a branch, how deep it is and how it is reached.
type value struct {
	folds []*fold // from the top to its own
	index int     // in the last of them
	row   int     // its own row
}

// at is the value in a row.
func (f *fold) at(row int) value {
	v := value{row: row}
	for {
		v.folds = append(v.folds, f)
		// The last one that is opened and stands above the row.
		i := sort.Search(len(f.opened), func(i int) bool { return f.opened[i].index+f.opened[i].before >= row }) - 1
		if i < 0 {
			v.index = row
			return v
		}
		o := f.opened[i]
		below := row - o.index - o.before - 1
		if n := o.below.rows(); below >= n {
			v.index = row - o.before - n
			return v
		}
		f, row = o.below, below
	}
}

// own is the fold that the value is in.
func (v value) own() *fold { return v.folds[len(v.folds)-1] }

// find is where in the opened values of its fold the value is or would be.
func (v value) find() (int, bool) {
	return slices.BinarySearchFunc(v.own().opened, v.index, func(o opened, index int) int { return o.index - index })
}

// isOpen tells whether the value is opened.
func (v value) isOpen() bool {
	_, open := v.find()
	return open
}

// open shows what is below the value.
func (v value) open(below outline.Branch) {
	f := v.own()
	i, is := v.find()
	if is {
		return
	}
	f.opened = slices.Insert(f.opened, i, opened{index: v.index, below: &fold{branch: below}})
	v.recount()
}

// shut hides it.
func (v value) shut() {
	f := v.own()
	if i, is := v.find(); is {
		f.opened = slices.Delete(f.opened, i, i+1)
		v.recount()
	}
}

func (v value) recount() {
	for _, f := range slices.Backward(v.folds) {
		f.count()
	}
}

// parent is the row of the value that this one is below, none at the top.
func (v value) parent() int {
	row := none
	at := 0
	for i := range len(v.folds) - 1 {
		for _, o := range v.folds[i].opened {
			if o.below == v.folds[i+1] {
				row = at + o.index + o.before
				at = row + 1
			}
		}
	}
	return row
}
