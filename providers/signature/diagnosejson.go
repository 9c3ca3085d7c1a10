package signature

import (
	"slices"
	"strings"
	"time"
)

// likelyForms is how many ways of writing JSON are tried before other causes,
// of a body over largeBody bytes fewer; the rest of them come last.
const (
	likelyForms      = 24
	likelyLargeForms = 12
	largeBody        = 32 << 10
)

// likely splits the forms into those that are tried early and the rest.
func (q *search) likely() (early, late []jsonForm) {
	n := likelyForms
	if len(q.Message.Body) > largeBody {
		n = likelyLargeForms
	}
	n = min(n, len(q.forms))
	return q.forms[:n], q.forms[n:]
}

// reencoded tries the ways in which common encoders write the same body.
func (q *search) reencoded() *Diagnosis {
	if len(q.Message.Body) > maxBody || !signsBody(q.Scheme) {
		return nil
	}
	if d := q.rewrittenForm(); d != nil {
		return d
	}
	if !q.hasTime(100 * time.Millisecond * time.Duration(len(q.Message.Body)) / maxBody) {
		return nil
	}
	root, ok := parseTree(q.Message.Body)
	if !ok {
		return nil
	}
	q.json, q.forms = root, jsonForms(root)
	early, _ := q.likely()
	return q.written(early)
}

// reencodedOddly tries the rest of the ways.
func (q *search) reencodedOddly() *Diagnosis {
	_, late := q.likely()
	return q.written(late)
}

// written tries the JSON of the body in each of the forms.
func (q *search) written(forms []jsonForm) *Diagnosis {
	var tried []jsonForm
	d := q.bodies("", func(yield func(variant) bool) {
		for _, form := range forms {
			if q.over() {
				return
			}
			body, ok := form.write(q.json, 8*len(q.Message.Body)+4096)
			if !ok {
				continue
			}
			says, before := "when its JSON is written "+form.inWords(), q.compared
			if !yield(variant{BodyReencoded, body, says}) ||
				!yield(variant{BodyReencoded, join(body, []byte("\n")), says + ", with a line end behind it"}) {
				return
			}
			if q.compared > before {
				tried = append(tried, form)
			}
		}
	})
	if len(tried) > 0 {
		q.tried = append(q.tried, "the JSON encoded again in "+count(len(tried), "way")+" ("+formsInWords(tried)+")")
	}
	return d
}

// formsInWords names what differed between the forms.
func formsInWords(forms []jsonForm) string {
	var words []string
	for _, w := range []struct {
		name string
		used func(jsonForm) bool
	}{
		{"compact", func(f jsonForm) bool { return f.spacing == compact }},
		{"spaced", func(f jsonForm) bool { return f.spacing == spaced }},
		{"indented", func(f jsonForm) bool { return f.spacing > spaced }},
		{"keys sorted", func(f jsonForm) bool { return f.sorted }},
		{"letters escaped", func(f jsonForm) bool { return f.ascii }},
		{"slashes escaped", func(f jsonForm) bool { return f.slash }},
		{"HTML escaped", func(f jsonForm) bool { return f.html }},
		{"numbers in other forms", func(f jsonForm) bool { return f.numbers != asWritten }},
	} {
		if slices.ContainsFunc(forms, w.used) {
			words = append(words, w.name)
		}
	}
	return strings.Join(words, ", ")
}

var spacings = [...]spacing{compact, spaced, indent2, indent4, indentTab}

// jsonForms lists the forms that can differ for this body, likeliest first: a
// body without a slash needs no try with slashes escaped.
func jsonForms(root *node) []jsonForm {
	forms := textForms(root)
	plain := len(forms)
	kinds := [...]numberForm{noZeros, pointZero, twoDecimals, wholeCents}
	for _, kind := range kinds {
		if !kind.changes(root) {
			continue
		}
		for _, f := range forms[:plain] {
			f.numbers = kind
			forms = append(forms, f)
		}
	}
	// One number alone: a price among ids, which stay whole.
	if singles := root.numbersIn(maxSingles + 1); len(singles) > 1 && len(singles) <= maxSingles {
		for _, kind := range kinds {
			for _, n := range singles {
				if !kind.changes(n) {
					continue
				}
				for _, style := range spacings {
					forms = append(forms, jsonForm{spacing: style, numbers: kind, only: n})
				}
			}
		}
	}
	slices.SortStableFunc(forms, func(a, b jsonForm) int { return a.oddity() - b.oddity() })
	return forms
}

// oddity is how far a form is from what common encoders write: PHP escapes
// slashes and letters, Python letters with spaced, Go HTML; other mixes are
// rare. A large body leaves time for the first ones only.
func (f jsonForm) oddity() int {
	odd := 0
	for _, set := range []bool{f.sorted, f.ascii, f.upper, f.slash, f.html, f.spacing == indentTab, f.only != nil} {
		if set {
			odd += 2
		}
	}
	if f.numbers != asWritten {
		odd += 2
	}
	if f.ascii && (f.slash || f.spacing == spaced) {
		odd -= 3
	}
	return odd
}

// textForms lists the forms in which numbers stay as they were written.
func textForms(root *node) (forms []jsonForm) {
	slashes, letters, html := root.features()
	for _, sorted := range only(true, root.unsorted()) {
		for _, ascii := range only(true, letters) {
			for _, upper := range only(true, letters && ascii) {
				for _, slash := range only(true, slashes) {
					for _, angle := range only(true, html) {
						for _, style := range spacings {
							forms = append(forms, jsonForm{spacing: style, sorted: sorted, ascii: ascii, upper: upper, slash: slash, html: angle})
						}
					}
				}
			}
		}
	}
	return forms
}

// only returns both values of a switch if it matters, else the plain one.
func only(other, matters bool) []bool {
	if matters {
		return []bool{!other, other}
	}
	return []bool{false}
}
