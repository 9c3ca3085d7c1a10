package compare

import "bytes"

// formsOf are the ways in which two values of one meaning, or their keys, are
// written differently.
func (d *differ) formsOf(a, b int32) Forms {
	na, nb := d.a.nodes[a], d.b.nodes[b]
	var forms Forms
	va, vb := d.a.text[na.from:na.to], d.b.text[nb.from:nb.to]
	switch {
	case na.kind == array || na.kind == object: // both empty: white space inside
	case d.a.syntax == XML && na.member:
	case bytes.Equal(va, vb):
	case d.a.syntax == XML:
		forms = xmlForms(va, vb)
	case len(va) > 0 && va[0] != '"' && d.a.syntax == JSON:
		forms = NumberForm
	default:
		forms = Escapes
	}
	if na.member && d.a.syntax != XML && !bytes.Equal(d.a.text[na.keyFrom:na.keyTo], d.b.text[nb.keyFrom:nb.keyTo]) {
		forms |= Escapes
	}
	return forms
}

// xmlForms are the ways in which XML of one meaning is written differently.
func xmlForms(a, b []byte) Forms {
	differs := func(what string) bool { return bytes.Count(a, []byte(what)) != bytes.Count(b, []byte(what)) }
	var forms Forms
	if differs("<!--") || differs("<?") {
		forms |= Comments
	}
	if differs("<![CDATA[") || differs("/>") {
		forms |= Sections
	}
	if differs("xmlns:") {
		forms |= Prefixes
	}
	if differs("&") {
		forms |= Escapes
	}
	if differs("\r\n") {
		forms |= LineEnds
	}
	if differs(" ") || differs("\n") || differs("\t") {
		forms |= White
	}
	if forms == 0 {
		forms = Sections
	}
	return forms
}

// reordered tells whether couples stand in another order in b than in a.
func reordered(list []couple) bool {
	last := none
	for _, c := range list {
		if c.a == none || c.b == none {
			continue
		}
		if c.b < last && c.to == none {
			return true
		}
		last = c.b
	}
	return false
}
