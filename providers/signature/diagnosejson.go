package signature

import "bytes"

// reencoded tries the ways in which common encoders write the same JSON.
func (q *inquiry) reencoded() *Diagnosis {
	root, ok := parseTree(q.m.Body)
	if !ok {
		q.tried = append(q.tried, "nothing of JSON: the body is not JSON that can be read")
		return nil
	}
	tried := 0
	for _, form := range jsonForms(q.m.Body, root) {
		if q.over() {
			break
		}
		body, ok := form.write(root, 8*len(q.m.Body)+4096)
		if !ok {
			continue
		}
		tried++
		says := "when its JSON is written " + form.inWords()
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
	}
	q.tried = append(q.tried, "the JSON encoded again in "+count(tried, "way")+
		" (compact, spaced, indented; key order; escaped slashes, letters and HTML)")
	return nil
}

// jsonForms lists the forms that can differ for this body, simplest first: a
// body without a slash needs no try with slashes escaped.
func jsonForms(body []byte, root *node) []jsonForm {
	var forms []jsonForm
	slashes, letters, html := root.features()
	for _, sorted := range only(true, root.unsorted()) {
		for _, ascii := range only(true, letters) {
			for _, upper := range only(true, letters && ascii) {
				for _, slash := range only(true, slashes) {
					for _, angle := range only(true, html) {
						for _, style := range []spacing{compact, spaced, indent2, indent4} {
							forms = append(forms, jsonForm{style, sorted, ascii, upper, slash, angle})
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
