package providers

import (
	"strings"

	"shopbell/providers/signature"
)

// A body over largeBody bytes is tried in fewer forms, because each one costs
// its size in memory and time.
const largeBody = 1 << 20

// gatherBody lists what may be signed instead of the body as it stands.
func (q *inference) gatherBody() {
	p := &q.pool
	forms := []string{"body|sha256|hex", "body|compact", "body|sha256", "body|sha256|base64", "body|base64", "body|md5|hex",
		"body|sha512|hex", "body|sha1|hex", "body|md5|base64", "body|md5|hex|upper", "body|sha256|hex|upper", "body|sha512|base64",
		"body|sha1|base64", "body|sha256|base64url", "body|base64url", "body|crc32", "body|urlencode", "body|trim", "body|php-json"}
	if len(q.m.Body) > largeBody {
		forms = forms[:1]
	}
	for _, text := range forms {
		p.add(&p.forms, q.atomOf(text), len(forms))
	}
	for _, at := range q.inBody() {
		for _, text := range [...]string{"body|without:" + at, "body|without:" + at + "|compact"} {
			p.add(&p.forms, q.atomOf(text), 32)
		}
	}
}

// inBody names the fields of the body that look like a signature: they cannot
// be part of what is signed.
func (q *inference) inBody() (out []string) {
	seen := map[string]bool{}
	for _, p := range q.places {
		inside := p.at.Kind == signature.PartJSON || p.at.Kind == signature.PartForm
		if inside && !seen[p.at.Name] && len(out) < 4 && !strings.Contains(p.at.Name, "|") {
			seen[p.at.Name] = true
			out = append(out, p.at.Name)
		}
	}
	return out
}

// gatherSorted lists the fields of a form, of a query and of a flat JSON body
// in the order of their names, with and without these.
func (q *inference) gatherSorted() {
	if len(q.m.Body) > largeBody {
		return
	}
	p := &q.pool
	var froms []string
	if q.isForm() {
		froms = append(froms, "form|sorted:")
		for _, at := range q.inBody() {
			froms = append(froms, "form|without:"+at+"|sorted:")
			p.add(&p.sorted, q.atomOf("form|without:"+at+"|php-serialize"), 400)
		}
	}
	if signature.ValidJSON(q.m.Body) {
		froms = append(froms, "body|members:")
		for _, at := range q.inBody() {
			froms = append(froms, "body|without:"+at+"|members:")
		}
	}
	if _, query, _ := strings.Cut(q.m.Target, "?"); query != "" {
		froms = append(froms, "query|sorted:")
		for _, p := range q.places {
			if p.at.Kind == signature.PartQuery && len(froms) < 8 {
				froms = append(froms, "query|without:"+p.at.Name+"|sorted:")
			}
		}
	}
	for _, from := range froms {
		if json, ok := strings.CutSuffix(from, "members:"); ok {
			for _, pairs := range [...]string{"/", ",", "&", ";", "-", ".", "_"} {
				p.add(&p.sorted, q.atomOf(json+"leaves:"+pairs), 400)
				p.add(&p.sorted, q.atomOf(json+"leaves:"+pairs+":2"), 400)
			}
		}
		q.sortedStyles(from)
	}
}

// sortedStyles writes sorted fields with each pair of separators.
func (q *inference) sortedStyles(from string) {
	p := &q.pool
	styles, values := []string{"", ":filled", ":raw", ":escaped", ":unique", ":raw+filled"}, ":values"
	if strings.HasSuffix(from, "members:") {
		styles, values = []string{":bytes", "", ":bytes+filled"}, ":bytes+values"
	}
	for _, pairs := range [...]string{"&", "", "%7C", ",", ";", "\n", "%3A", ".", "-", "+"} {
		for _, style := range styles {
			for _, equals := range [...]string{"=", "", "%3A"} {
				p.add(&p.sorted, q.atomOf(from+equals+":"+pairs+style), 400)
			}
		}
		p.add(&p.sorted, q.atomOf(from+":"+pairs+values), 400)
	}
}

func (q *inference) isForm() bool {
	return strings.HasPrefix(q.m.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
}

// gatherFields lists single fields: of the body, as text and as they stand in
// the JSON, and of the query.
func (q *inference) gatherFields() {
	p := &q.pool
	taken := map[string]bool{}
	for _, at := range q.places {
		if name := strings.ToLower(lastName(at.at.Name)); strings.Contains(name, "sign") || strings.Contains(name, "hmac") {
			taken[at.at.String()] = true
		}
	}
	for _, v := range q.values {
		if v.part.Kind != signature.PartHeader && len(v.part.Filters) == 0 && !taken[v.part.String()] {
			p.add(&p.fields, q.atomOf(v.part.String()), maxFields)
		}
	}
	for _, path := range containers(q.m.Body) {
		p.add(&p.fields, q.atomOf("json:"+path+"|raw"), maxFields)
		p.add(&p.fields, q.atomOf("json:"+path+"|compact"), maxFields)
		p.add(&p.fields, q.atomOf("json:"+path+"|php-json"), maxFields)
	}
}
