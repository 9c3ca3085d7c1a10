package signature

import (
	"bytes"
	"slices"
	"strings"
)

// reencoded tries the ways in which common encoders write the same JSON.
func (q *inquiry) reencoded() *Diagnosis {
	root, ok := parseTree(q.m.Body)
	if !ok {
		return nil
	}
	var tried []jsonForm
	for _, form := range jsonForms(root) {
		if q.over() {
			q.short = true
			break
		}
		body, ok := form.write(root, 8*len(q.m.Body)+4096)
		if !ok {
			continue
		}
		says, before := "when its JSON is written "+form.inWords(), q.done
		for _, c := range []bodyChange{
			{BodyReencoded, body, says},
			{BodyReencoded, join(body, []byte("\n")), says + ", with a line end behind it"},
		} {
			if bytes.Equal(c.body, q.m.Body) {
				continue
			}
			if d := q.changed([]bodyChange{c}); d != nil {
				return d
			}
		}
		if q.done > before {
			tried = append(tried, form)
		}
	}
	if len(tried) > 0 {
		q.tried = append(q.tried, "the JSON encoded again in "+count(len(tried), "way")+" ("+formsInWords(tried)+")")
	}
	return nil
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

// jsonForms lists the forms that can differ for this body, simplest first: a
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
	return forms
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
