package compare

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

// maxHeaders is how many fields of a header are compared; a server takes fewer.
const maxHeaders = 20_000

// head compares what stands before the body.
func (r *Report) head(ctx context.Context) error {
	h := &headView{report: r}
	a, b := &r.A, &r.B
	if a.Status != 0 || b.Status != 0 || a.Message.Method == "" && b.Message.Method == "" {
		h.add("status", statusText(a.Status), statusText(b.Status), a.Status == b.Status, 0)
	} else {
		h.add("method", a.Message.Method, b.Message.Method, a.Message.Method == b.Message.Method, 0)
		h.path()
		h.query(ctx)
	}
	h.headers()
	r.HeadView = &View{Count: len(h.lines), Marks: h.marks, line: func(i int) Line { return h.lines[i] }, value: h.value}
	return ctx.Err()
}

// value is what the sides have in row i: of a header its value alone, unless the
// names are written differently.
func (h *headView) value(i int) (a, b string) {
	l := h.lines[i]
	if !strings.HasPrefix(l.Place, "header:") || l.Forms&NameCase != 0 {
		return l.A, l.B
	}
	_, a, _ = strings.Cut(l.A, ": ")
	_, b, _ = strings.Cut(l.B, ": ")
	return a, b
}

// headView gathers the lines of a head.
type headView struct {
	report *Report
	lines  []Line
	marks  []int32
}

// put adds a line and keeps the result of the head.
func (h *headView) put(l Line) {
	r := h.report
	l.Signed = r.A.covers(l.Place) || r.B.covers(l.Place)
	switch l.Sign {
	case Same:
	case Formatted:
		r.Head = max(r.Head, SameMeaning)
		h.marks = append(h.marks, int32(len(h.lines)))
	default:
		r.Head = Different
		h.marks = append(h.marks, int32(len(h.lines)))
	}
	h.lines = append(h.lines, l)
}

// add adds a line that both sides have. same tells that they mean the same, and
// forms how they are written differently if they are.
func (h *headView) add(place, a, b string, same bool, forms Forms) {
	l := Line{A: a, B: b, HasA: true, HasB: true, Place: place}
	switch {
	case !same:
		l.Sign = Changed
	case forms != 0:
		l.Sign, l.Forms = Formatted, forms
	}
	h.put(l)
}

// path compares the targets up to the question mark.
func (h *headView) path() {
	a, _, _ := strings.Cut(h.report.A.Message.Target, "?")
	b, _, _ := strings.Cut(h.report.B.Message.Target, "?")
	shownA, _, _ := strings.Cut(h.report.A.target(), "?")
	shownB, _, _ := strings.Cut(h.report.B.target(), "?")
	forms := Forms(0)
	if a != b {
		forms = Escapes
	}
	h.add("path", shownA, shownB, a == b || samePath(a, b), forms)
}

// samePath tells whether two paths are the same once each segment is decoded;
// an encoded slash separates nothing.
func samePath(a, b string) bool {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	return slices.EqualFunc(x, y, func(s, t string) bool { return segment(s) == segment(t) })
}

// segment decodes a part of a path, in which a plus is a plus.
func segment(text string) string {
	return unquery([]byte(strings.ReplaceAll(text, "+", "%2B")))
}

// query compares the queries field by field.
func (h *headView) query(ctx context.Context) {
	_, a, hasA := strings.Cut(h.report.A.Message.Target, "?")
	_, b, hasB := strings.Cut(h.report.B.Message.Target, "?")
	if !hasA && !hasB || a == b && hasA == hasB && a == "" {
		return
	}
	ta, errA := queryTree(ctx, a, h.report.A.target())
	tb, errB := queryTree(ctx, b, h.report.B.target())
	if errA != nil || errB != nil { // without a field, or with too many
		shownA, shownB := afterMark(h.report.A.target()), afterMark(h.report.B.target())
		h.put(Line{A: shownA, B: shownB, HasA: hasA, HasB: hasB, Place: "query", Sign: signOf(hasA, hasB, a == b)})
		return
	}
	d := &differ{ctx: ctx, a: ta, b: tb}
	if d.run() != nil {
		return
	}
	v := d.view(&h.report.A, &h.report.B)
	for i := range v.Count {
		l := v.Line(i)
		if l.Place == "form:" { // the query as a whole
			if l.Forms != 0 && d.rows[i].part == opening {
				h.add("query", afterMark(h.report.A.target()), afterMark(h.report.B.target()), true, l.Forms)
			}
			continue
		}
		l.Place, l.Depth = "query:"+strings.TrimPrefix(l.Place, "form:"), 0
		h.put(l)
	}
}

func afterMark(target string) string {
	_, query, _ := strings.Cut(target, "?")
	return query
}

// signOf is the sign of a part that may be missing on a side.
func signOf(hasA, hasB, same bool) Sign {
	switch {
	case !hasB:
		return Removed
	case !hasA:
		return Added
	case same:
		return Same
	}
	return Changed
}

// queryTree reads a query; shown is the target as it may be shown.
func queryTree(ctx context.Context, query, shown string) (*tree, error) {
	t, err := readAs(ctx, Form, []byte(query))
	if err != nil {
		return nil, err
	}
	if masked := afterMark(shown); masked != query {
		if t.shown, err = readAs(ctx, Form, []byte(masked)); err != nil || len(t.shown.nodes) != len(t.nodes) {
			t.shown = nil
		}
	}
	return t, ctx.Err()
}

// headers compares the fields by name, those of one name in their order.
func (h *headView) headers() {
	a, b := fields(h.report.A.Message.Header), fields(h.report.B.Message.Header)
	namesA, namesB := lowerNames(a), lowerNames(b)
	list := members(namesA, namesB, func(k int, right bool) hash {
		if right {
			return half([]byte(b[k].Value))
		}
		return half([]byte(a[k].Value))
	})
	out := outOfOrder(list)
	for _, c := range list {
		l := Line{HasA: c.a != none, HasB: c.b != none}
		same := false
		if l.HasA {
			l.Place, l.A = "header:"+a[c.a].Name, fieldText(a[c.a], &h.report.A)
		}
		if l.HasB {
			l.B = fieldText(b[c.b], &h.report.B)
		}
		switch {
		case !l.HasA:
			l.Place = "header:" + b[c.b].Name
		case l.HasB:
			same = a[c.a].Value == b[c.b].Value
		}
		l.Sign = signOf(l.HasA, l.HasB, same)
		if l.Sign == Changed && h.tellsLength(a[c.a], b[c.b]) {
			l.Sign, l.Forms = Formatted, Length
		}
		if l.Sign == Same {
			l.Forms = fieldForms(a[c.a], b[c.b], out[c.a])
			switch {
			case c.to != none:
				l.Sign = Moved // among those of its name, where the order has a meaning
			case l.Forms != 0:
				l.Sign = Formatted
			}
		}
		h.put(l)
	}
}

// tellsLength tells whether two fields only tell how long their body is: then
// the difference is that of the bodies.
func (h *headView) tellsLength(a, b signature.Field) bool {
	return strings.EqualFold(a.Name, "Content-Length") &&
		a.Value == strconv.Itoa(len(h.report.A.Message.Body)) && b.Value == strconv.Itoa(len(h.report.B.Message.Body))
}

func fieldForms(a, b signature.Field, outOfOrder bool) Forms {
	forms := Forms(0)
	if a.Name != b.Name {
		forms |= NameCase
	}
	if outOfOrder {
		forms |= HeaderOrder
	}
	return forms
}

func fields(header signature.Header) signature.Header { return header[:min(len(header), maxHeaders)] }

func lowerNames(header signature.Header) []string {
	names := make([]string, len(header))
	for i, f := range header {
		names[i] = strings.ToLower(f.Name)
	}
	return names
}

func fieldText(f signature.Field, s *Side) string {
	if s.hides(f.Name) {
		return f.Name + ": " + dots
	}
	return f.Name + ": " + f.Value
}

// outOfOrder are the places in a of those that stand in another order in b: all
// but the longest row that has kept its order.
func outOfOrder(list []couple) map[int]bool {
	var inA, inB []int
	for _, c := range list {
		if c.a != none && c.b != none && c.to == none {
			inA, inB = append(inA, c.a), append(inB, c.b)
		}
	}
	if slices.IsSorted(inB) {
		return nil
	}
	byPlace := map[int]int{} // place in b to place in a
	for n, j := range inB {
		byPlace[j] = inA[n]
	}
	sorted := slices.Sorted(slices.Values(inB))
	other := make([]int, len(sorted)) // places in a, in the order of b
	for n, j := range sorted {
		other[n] = byPlace[j]
	}
	out := map[int]bool{}
	for _, c := range gaps(inA, other) {
		if c.b == none {
			out[inA[c.a]] = true
		}
	}
	return out
}
