package providers

import (
	"fmt"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

// unfound says what was tried, and what the delivery itself tells.
func (q *inference) unfound() Inferred {
	shapes := q.shapes()
	says := "no form of signature that was tried verifies this delivery with that secret"
	switch {
	case len(shapes) == 0:
		return Inferred{Says: "nothing in this delivery looks like a signature, and the secret itself is not in it",
			Notes: append(q.damage(), "looked at: "+q.lookedAt())}
	case q.overNothing():
		says = "the signature was made with that secret over an empty text: it covers nothing of the delivery"
	case q.ctx.Err() != nil:
		says = "no form of signature that was tried in time verifies this delivery with that secret"
	}
	notes := append(shapes, q.damage()...)
	for _, p := range q.probes {
		if p.Made() {
			notes = append(notes, "the signature was made with that key: only what was signed was not found")
			break
		}
	}
	if len(q.sums)+len(q.probes) == 0 {
		notes = append(notes, "none of these has a form that is known here, or that the key makes")
	}
	return Inferred{Says: says, Notes: append(notes, q.tried())}
}

// shapes says what stands where a signature may; the likeliest come first.
func (q *inference) shapes() (out []string) {
	seen := map[string]bool{}
	for _, p := range q.places {
		name := p.at.String()
		if seen[name] || len(out) == 4 {
			continue
		}
		seen[name] = true
		v := q.fields.Get(p.at)
		shape := signature.Shape(v.Text)
		if shape == "" {
			shape = "something with " + signature.Shape(p.text)
		}
		out = append(out, name+" looks like "+shape)
	}
	return out
}

// damage says what the header tells of the body that is not so: it is not as
// it was signed then.
func (q *inference) damage() (out []string) {
	n, err := strconv.Atoi(q.m.Header.Get("Content-Length"))
	switch {
	case err != nil || n == len(q.m.Body):
	case n == len(q.m.Body)-1 && q.m.Body[n] == '\n':
		out = append(out, "the body has a line end more than Content-Length says, which an editor may have added")
	default:
		out = append(out, fmt.Sprintf("Content-Length says %d bytes, the body has %d: it was changed or cut", n, len(q.m.Body)))
	}
	if e := q.m.Header.Get("Content-Encoding"); e != "" && e != "identity" {
		out = append(out, "the body is compressed: it may have been signed before")
	}
	return out
}

// overNothing tells whether the secret signs the empty text.
func (q *inference) overNothing() bool {
	for _, h := range q.macs {
		if q.sums[string(written(h, nil, nil))] != nil {
			return true
		}
	}
	return false
}

func (q *inference) lookedAt() string {
	parts := []string{fmt.Sprintf("%d headers", len(q.m.Header))}
	for _, kind := range []signature.PartKind{signature.PartQuery, signature.PartForm, signature.PartJSON} {
		n := 0
		for _, v := range q.values {
			if v.part.Kind == kind {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d fields of %s", n, kind))
		}
	}
	return strings.Join(parts, ", ")
}

// tried says how much was tried, and of what.
func (q *inference) tried() string {
	of := []string{"the body, its digests and encodings"}
	if len(q.pool.sorted) > 0 {
		of = append(of, "its sorted fields")
	}
	for _, atoms := range [][]*atom{q.pool.times, q.pool.names, q.pool.request, first(q.pool.fields, 6)} {
		for _, a := range atoms {
			if len(a.parts) == 1 && a.secret == nil {
				of = append(of, a.String())
			}
		}
	}
	how := map[string]bool{}
	for _, h := range q.macs {
		how[string(h.algorithm)] = true
	}
	return fmt.Sprintf("tried: %d texts made of %s, in %d places, with %d forms of the secret",
		q.texts, strings.Join(of, ", "), len(q.places), max(1, len(q.macs)/max(1, len(how))))
}
