package detail

import (
	"strings"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
)

// page is what a viewer shows: a document or a tree, or why there is nothing,
// with what there is to say of it.
type page struct {
	doc     *rows.Document
	notes   []string
	nothing *blank // in place of all else
	hidden  bool   // some values are dots

	covered []rows.Span // what a signature protects of the document
	legend  string      // what its mark means, "" without one
	marked  bool        // the mark is seen
	fault   *int        // where reading stopped, nil where it did not
	bytes   []byte      // of a dump: what it shows, for a search

	locate   func(offset int) (outline.Place, bool) // nil where values have no names
	tree     outline.Branch
	treeless string // why there is no tree
	covers   func(keys []string, kind outline.WayKind) bool
}

// blank says why there is nothing to see, and the next step.
type blank struct {
	icon        look.Icon
	title, says string
	step        string // the words of a button, "" without one
}

func (p *page) say(note string) {
	if note != "" {
		p.notes = append(p.notes, note)
	}
}

// note is what there is to say, a line for each.
func (p *page) note() string { return strings.Join(p.notes, "\n") }
