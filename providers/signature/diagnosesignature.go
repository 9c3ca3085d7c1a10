package signature

import "strings"

// maxHeaders is how many header fields are read as the signature on trial.
const maxHeaders = 128

const headerDo = "Look for what rewrites the header between the provider and here; if the provider itself sends it so, its form has changed: compare its documentation."

// otherHeaders tries each other header as the signature.
func (q *inquiry) otherHeaders() *Diagnosis {
	s := q.shared
	if s == nil || s.At[0].Kind != PartHeader {
		return nil
	}
	before := q.done
	for _, f := range q.m.Header[:min(len(q.m.Header), maxHeaders)] {
		m := q.m
		m.Header = m.Header.With(s.At[0].Name, f.Value)
		if q.holds(m, q.own...) {
			return &Diagnosis{Cause: SignatureHeader,
				Says: "It matches when the signature is taken from the header " + q.check.safe(f.Name) + "; this provider puts it into " + s.At[0].Name + ".",
				Do:   headerDo}
		}
	}
	q.note(before, "each other header as the signature")
	return nil
}

// writing is one other way of writing the signature.
type writing struct {
	scheme Shared
	cause  Cause
	says   string
}

// otherWriting tries the signature with another prefix and in another encoding.
func (q *inquiry) otherWriting() *Diagnosis {
	if q.check == nil || q.check.fault.about != aboutSignature {
		return nil
	}
	before := q.done
	for _, w := range q.prefixes() {
		if q.holdsAs(w.scheme, q.m, q.own...) {
			return &Diagnosis{Cause: w.cause, Says: w.says, Do: headerDo}
		}
	}
	q.note(before, "the signature with another prefix and without one")
	before = q.done
	for _, e := range []Encoding{Hex, Base64, Base64URL} {
		s := *q.shared
		if s.Encoding == e {
			continue
		}
		s.Encoding = e
		if q.holdsAs(s, q.m, q.own...) {
			return &Diagnosis{Cause: SignatureEncoding, Do: headerDo,
				Says: "The signature is right, but it is written in " + string(e) + "; this provider writes it in " + string(q.shared.Encoding) + "."}
		}
	}
	q.note(before, "the signature in another encoding")
	return nil
}

// prefixes lists the prefixes that the signature may have instead of its own.
func (q *inquiry) prefixes() (out []writing) {
	own := q.shared.Prefix
	add := func(prefix, says string) {
		s := *q.shared
		s.Prefix = prefix
		out = append(out, writing{s, SignaturePrefix, "The signature is right, but " + says + "."})
	}
	if own != "" {
		add("", q.check.quote(own)+" is missing before it")
	}
	for _, value := range q.values() {
		// A prefix ends with its sign: "sha1=", "v1:", "Bearer ".
		at := strings.IndexAny(value, "=:, ")
		if at < 0 || at >= maxShown || value[:at+1] == own {
			continue
		}
		says := q.check.quote(value[:at+1]) + " stands before it"
		if own != "" {
			says += " instead of " + q.check.quote(own)
		}
		add(value[:at+1], says)
	}
	return out
}

// values are the texts that stand where a signature is expected.
func (q *inquiry) values() (out []string) {
	if q.check.List.isZero() {
		return []string{strings.TrimSpace(q.check.fields.Get(q.check.At[0]).Text)}
	}
	for _, p := range q.check.pairs {
		if q.check.List.signs(p.key) {
			out = append(out, p.value)
		}
	}
	return out
}
