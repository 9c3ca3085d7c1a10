// Package compare tells how two messages differ: in what they mean, or only in
// how they are written. Start with Of, which takes two Sides and gives a Report;
// a Side is made of a capture, of a shop's answer, or of what was sent to a shop.
//
// A body is read into a tree (tree.go) whose nodes carry a hash of what they
// mean, so that key order, white space, escapes and the form of numbers do not
// count; differ.go walks two trees side by side. What is no JSON, form or XML
// is compared by lines, and every body by bytes. All work is bounded by limits
// below and ends early with the context.
//
// Differences are found in what was received; what a View shows of it is masked
// as its Side says, so no secret gets out of here.
package compare

import (
	"bytes"
	"context"
	"errors"
)

// Limits of one body. What is beyond is compared by lines, or by bytes alone.
const (
	maxValues = 1_000_000 // values of a tree, about 60 bytes of memory each
	maxLines  = 1_000_000
	// precise is the length of two lists together up to which the shortest
	// difference is looked for; longer ones are compared by what is unique in
	// them, in time n log n.
	precise = 4_000
	// checkEvery is how many steps pass between two looks at the context.
	checkEvery = 4_096
)

// Result is how two things compare, the better first.
type Result int

// The results.
const (
	Equal       Result = iota // the same, byte for byte
	SameMeaning               // written in another way: formatting only
	Different
)

// Report is what a comparison found. It is not changed after it was made.
type Report struct {
	A, B Side
	// Head is the result for method, path, query, headers and status; Body that
	// for the body.
	Head, Body Result
	// HeadView has the rows of the head.
	HeadView *View
	// Meaning has the rows of the body by its structure, nil when it has none
	// that both sides share.
	Meaning *View
	// Lines and Bytes have the rows of the body as text and as a dump. Lines is
	// nil for a body that is no text, Bytes where something of it is hidden.
	Lines, Bytes *View
	// Syntax is how the bodies were read by meaning, "" when they were not.
	Syntax Syntax
	// Forms are the ways in which the bodies are written differently.
	Forms Forms
	// First is the offset of the first byte of the body that differs, -1 for
	// equal bodies; Tail is how many bytes at the end are the same.
	First, Tail int
	// Counts are the differences in head and body.
	Counts Counts
	// Signed counts those that a signature covers; SignedMore tells that there may
	// be more, because there are too many to ask.
	Signed     int
	SignedMore bool
}

// Counts are numbers of differences by their sign.
type Counts struct {
	Removed, Added, Changed, Moved, Formatted int
}

// Meaningful is the number of differences that are more than formatting.
func (c Counts) Meaningful() int { return c.Removed + c.Added + c.Changed + c.Moved }

// Result is that of head and body together.
func (r *Report) Result() Result { return max(r.Head, r.Body) }

// Breaks tells whether a signature over the body of one side would not hold for
// the other: it covers the bytes, and those differ.
func (r *Report) Breaks() bool {
	return r.Body != Equal && (r.A.CoversBody() || r.B.CoversBody())
}

// BodyView is the best view of the body: by meaning, else by lines, else by
// bytes. It is nil when none may be shown.
func (r *Report) BodyView() *View {
	switch {
	case r.Meaning != nil:
		return r.Meaning
	case r.Lines != nil:
		return r.Lines
	}
	return r.Bytes
}

// Of compares two sides. It fails only when ctx ends.
func Of(ctx context.Context, a, b Side) (*Report, error) {
	r := &Report{A: a, B: b, First: -1}
	if err := r.head(ctx); err != nil {
		return nil, err
	}
	if err := r.body(ctx); err != nil {
		return nil, err
	}
	if err := r.HeadView.tally(ctx, r, false); err != nil {
		return nil, err
	}
	if v := r.BodyView(); v != nil {
		if err := v.tally(ctx, r, true); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// body compares the bodies in each way that they allow.
func (r *Report) body(ctx context.Context) error {
	bodyA, bodyB := r.A.Message.Body, r.B.Message.Body
	if !bytes.Equal(bodyA, bodyB) {
		r.Body = Different
		r.First = commonStart(bodyA, bodyB)
		r.Tail = commonEnd(bodyA[r.First:], bodyB[r.First:])
	}
	a, b := r.A.seen(), r.B.seen()
	if err := r.byMeaning(ctx, a, b); err != nil {
		return err
	}
	var err error
	if r.Lines, err = linesView(ctx, a, b); err != nil {
		return err
	}
	r.Bytes = bytesView(a, b)
	return ctx.Err()
}

// byMeaning reads both bodies as trees of one syntax, if they are, and compares
// those.
func (r *Report) byMeaning(ctx context.Context, a, b seen) error {
	if len(a.Message.Body) == 0 || len(b.Message.Body) == 0 || a.Cut || b.Cut {
		return nil
	}
	ta, err := a.tree(ctx)
	if err != nil || ta == nil {
		return gone(ctx, err)
	}
	tb, err := b.tree(ctx)
	if err != nil || tb == nil || ta.syntax != tb.syntax {
		return gone(ctx, err)
	}
	d := &differ{ctx: ctx, a: ta, b: tb}
	if err := d.run(); err != nil {
		return err
	}
	r.Syntax, r.Meaning = ta.syntax, d.view(&r.A, &r.B)
	if r.Body != Equal && ta.nodes[0].id == tb.nodes[0].id {
		r.Body = SameMeaning
		if d.forms |= ta.quirks ^ tb.quirks; d.forms == 0 {
			d.forms = White // white space at other places, as often as before
		}
	}
	r.Forms = d.forms
	return nil
}

// errNoTree is a body that is not of the syntax that it was read as, or too
// large for it.
var errNoTree = errors.New("no tree")

// gone is the error of ctx, or nil for a body without a tree.
func gone(ctx context.Context, err error) error {
	if err != nil && !errors.Is(err, errNoTree) {
		return err
	}
	return ctx.Err()
}

func commonStart(a, b []byte) int {
	n := min(len(a), len(b))
	const step = 4096 // compared at once by the fast routine
	at := 0
	for at+step <= n && bytes.Equal(a[at:at+step], b[at:at+step]) {
		at += step
	}
	for at < n && a[at] == b[at] {
		at++
	}
	return at
}

func commonEnd(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
