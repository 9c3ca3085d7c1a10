package compare

import (
	"context"
	"slices"
	"strings"
)

// Line is one row of a view: a line of each side, beside each other.
type Line struct {
	Sign Sign
	// A and B are the texts, "" where a side has none; HasA and HasB tell a
	// missing one from an empty one.
	A, B       string
	HasA, HasB bool
	// Depth is how far the texts stand in, in steps.
	Depth int
	// Number is the number of the line on each side, counted from 1, 0 without.
	NumberA, NumberB int
	// Forms tell how a part is written otherwise.
	Forms Forms
	// Place is the part as in Verdict.Covered, "" where a row has none of its own.
	Place string
	// Signed tells that a signature of one side covers the part.
	Signed bool
	// InA and InB are the parts of the texts that differ where that is known
	// better than Words would find.
	InA, InB []Span
	// To is where a part that moved stands on the other side, as a place.
	To string
}

// Difference is one difference in a few words.
type Difference struct {
	Place  string   `json:"place"`
	Sign   string   `json:"sign"`
	A      string   `json:"a,omitempty"`
	B      string   `json:"b,omitempty"`
	Forms  []string `json:"forms,omitempty"`
	Signed bool     `json:"signed"`
	To     string   `json:"to,omitempty"`
}

// View is rows that are made when they are looked at. It is safe for use by
// several goroutines.
type View struct {
	// Count is the number of rows.
	Count int
	// Marks are the rows at which a difference begins, rising.
	Marks []int32

	line  func(i int) Line
	value func(i int) (a, b string) // the whole of the part that begins at row i; nil: the texts of the row
	sign  func(i int) Sign          // of the difference that begins at row i; nil: the row's
}

// Line is row i.
func (v *View) Line(i int) Line { return v.line(i) }

// Next is the number of the first mark behind row i, or of the first of all when
// there is none behind; -1 when there are no differences. Before is the other way.
func (v *View) Next(i int) int {
	if len(v.Marks) == 0 {
		return -1
	}
	n, _ := slices.BinarySearch(v.Marks, int32(i)+1)
	return n % len(v.Marks)
}

// Before is the number of the last mark before row i, or of the last of all.
func (v *View) Before(i int) int {
	n, _ := slices.BinarySearch(v.Marks, int32(i))
	if n == 0 {
		n = len(v.Marks)
	}
	return n - 1
}

// valueShown is how many bytes of a value a difference tells.
const valueShown = 160

// Difference is the difference with number n, as in Marks.
func (v *View) Difference(n int) Difference {
	i := int(v.Marks[n])
	l := v.line(i)
	d := Difference{Place: l.Place, Sign: v.signAt(i).String(), A: l.A, B: l.B, Forms: l.Forms.Names(), Signed: l.Signed, To: l.To}
	if v.value != nil {
		d.A, d.B = v.value(i)
	}
	d.A, d.B = cutValue(d.A), cutValue(d.B)
	return d
}

func (v *View) signAt(i int) Sign {
	if v.sign != nil {
		return v.sign(i)
	}
	return v.line(i).Sign
}

// signedCounted is how many differences are asked one by one whether a signature
// covers them. What is behind counts as not covered, and Report.SignedMore tells.
const signedCounted = 100_000

// tally counts the differences of v, the head's or the body's, into r.
func (v *View) tally(ctx context.Context, r *Report, body bool) error {
	all, each := false, true
	if body {
		all = r.A.CoversBody() || r.B.CoversBody()
		each = !all && (r.A.coversFields() || r.B.coversFields())
	}
	for n, i := range v.Marks {
		r.Counts.count(v.signAt(int(i)))
		switch {
		case all:
			r.Signed++
		case !each:
		case n == signedCounted:
			r.SignedMore, each = true, false
		case v.line(int(i)).Signed:
			r.Signed++
		}
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (c *Counts) count(s Sign) {
	switch s {
	case Removed:
		c.Removed++
	case Added:
		c.Added++
	case Changed:
		c.Changed++
	case Moved:
		c.Moved++
	case Formatted:
		c.Formatted++
	}
}

// cutValue makes a value fit for one line: white space drawn together, cut.
func cutValue(text string) string {
	long := len(text) > valueShown
	if long {
		text = text[:runeStart(text, valueShown)]
	}
	text = strings.Join(strings.Fields(text), " ")
	if long {
		text += "…"
	}
	return text
}
