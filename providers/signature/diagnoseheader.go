package signature

import (
	"iter"
	"strings"
)

// maxHeaders is how many header fields are read as the signature on trial.
const maxHeaders = 128

// minToken is the least length of a header's value that is taken for a
// signature: shorter ones say nothing.
const minToken = 8

// otherHeaders tries each other header as the signature.
func (q *search) otherHeaders() *Diagnosis {
	before := q.read
	if d := q.with(q.headerChanges()); d != nil {
		return d
	}
	q.note(before, q.read, "each other header as the signature")
	return nil
}

func (q *search) headerChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			for _, at := range l.At {
				if at.Kind != PartHeader {
					continue
				}
				for _, f := range q.Message.Header[:min(len(q.Message.Header), maxHeaders)] {
					if strings.EqualFold(f.Name, at.Name) || len(f.Value) < minToken {
						continue
					}
					if !yield(q.moved(at.Name, f)) {
						return
					}
				}
			}
		}
	}
}

func (q *search) moved(name string, f Field) change {
	found := q.safe(f.Name)
	return change{accident: accident{cause: SignatureHeader,
		says: "when the signature is taken from the header " + found, why: "this provider puts it into " + name, do: headerDo,
		evidence: func() string { return "header received: " + found + "; expected: " + name },
	}, header: q.Message.Header.With(strings.Replace(name, "*", "1", 1), f.Value)}
}

// otherKeys tries the values under other keys of a list as the signature.
func (q *search) otherKeys() *Diagnosis {
	before := q.read
	if d := q.with(q.keyChanges()); d != nil {
		return d
	}
	q.note(before, q.read, "the other keys of the signature's list")
	return nil
}

func (q *search) keyChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			if l.List.isZero() {
				continue
			}
			own, seen := l.List.inWords(), map[string]bool{}
			for _, value := range l.values(q.Message) {
				pairs, _ := l.List.split(value, maxSignatures)
				for _, p := range pairs {
					if l.List.signs(p.key) || seen[p.key] || p.key == l.Timestamp.At.Name || len(p.value) < minToken || strings.HasSuffix(p.key, "*") {
						continue
					}
					seen[p.key] = true
					other := l
					other.List.Keys = []string{p.key}
					if !yield(q.keyed(other, p.key, own)) {
						return
					}
				}
			}
		}
	}
}

func (q *search) keyed(l layout, key, own string) change {
	a := accident{cause: SignatureHeader, do: headerDo,
		says: "when the signature is taken from " + q.quote(key) + " of the list", why: "this provider puts it under " + own,
		evidence: func() string { return "key received: " + q.quote(key) + "; expected: " + own }}
	if versionKey(key) {
		a.cause = SchemeVersion
		a.why = "that is another version of the signature than the expected " + own
		a.do = "Look into the provider's documentation for this version; if it is the newer one, the catalogue needs it."
	}
	return change{accident: a, scheme: l.laid()}
}

// versionKey tells a key like "v2" or "v1a".
func versionKey(key string) bool {
	return len(key) >= 2 && len(key) <= 4 && (key[0] == 'v' || key[0] == 'V') && key[1] >= '0' && key[1] <= '9'
}
