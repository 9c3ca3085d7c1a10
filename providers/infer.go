package providers

import (
	"context"
	"slices"
	"time"

	"shopbell/providers/signature"
)

// Inferred is the scheme by which a delivery proved to be signed.
type Inferred struct {
	// Scheme verifies the delivery that it was found from.
	Scheme signature.Scheme
	// Says names the scheme in a sentence.
	Says string
}

// Infer finds how a genuine delivery was signed, from the delivery and its
// secret: where the signature stands, how it is written and what it covers,
// the simplest explanation first. secret may also be a public key. It tries
// tens of thousands of forms and stops when ctx ends; now is the time at which
// the delivery is judged. The result is false when no form that was tried
// verifies.
func Infer(ctx context.Context, m signature.Message, secret signature.Secret, now time.Time) (Inferred, bool) {
	q := inference{ctx: ctx, m: m, secret: secret, now: now, fields: signature.ReadFields(m)}
	if secret.Value() == "" {
		return Inferred{}, false
	}
	if found, ok := q.token(); ok {
		return found, true
	}
	q.places = placesOf(m)
	q.stamps = stampsOf(m, q.places)
	q.names = namesOf(m, q.places, q.stamps)
	return q.search()
}

// inference is one run of Infer.
type inference struct {
	ctx    context.Context
	m      signature.Message
	secret signature.Secret
	now    time.Time
	fields *signature.Fields

	places []place
	stamps []stamp
	names  []signature.Part // headers that may be signed beside the body
}

// maxTemplates is how many forms one check tries, so that the time is looked
// at between them; a large body gets fewer.
const maxTemplates = 256

// search tries the templates stage by stage, so that a simple form is found
// before one that happens to give the same text.
func (q *inference) search() (Inferred, bool) {
	for _, templatesOf := range stages() {
		for _, at := range q.places {
			for _, ts := range q.stampsFor(at) {
				templates := templatesOf(q, ts)
				if found, ok := q.among(at, ts, templates); ok {
					return found, true
				}
				if q.ctx.Err() != nil {
					return Inferred{}, false
				}
			}
		}
	}
	return Inferred{}, false
}

// stampsFor lists the times that may belong to a signature at that place; the
// first is none.
func (q *inference) stampsFor(at place) []stamp {
	out := []stamp{{}}
	for _, ts := range q.stamps {
		if ts.at.Kind != signature.PartKey || ts.list == at.list.Pairs+at.list.Equals && ts.header == at.at.Name {
			out = append(out, ts)
		}
	}
	return out
}

// among tries each way of computing the templates.
func (q *inference) among(at place, ts stamp, templates []signature.Template) (Inferred, bool) {
	size := max(1, min(maxTemplates, (64<<20)/(len(q.m.Body)+1)))
	for batch := range slices.Chunk(templates, size) {
		if found, ok := q.hashed(at, ts, batch); ok {
			return found, true
		}
		if found, ok := q.keyed(at, ts, batch); ok {
			return found, true
		}
		if q.ctx.Err() != nil {
			break
		}
	}
	return Inferred{}, false
}

// hashed tries HMACs and plain hashes of the length of the signature.
func (q *inference) hashed(at place, ts stamp, templates []signature.Template) (Inferred, bool) {
	algorithm, ok := hashOf(len(at.bytes))
	if !ok {
		return Inferred{}, false
	}
	layout := at.layout(ts)
	layout.Templates = templates
	for _, form := range formsOf(q.secret.Value()) {
		s := signature.Shared{Layout: layout, Keyed: true, Algorithm: algorithm, Secret: form}
		if found, ok := q.holds(s); ok {
			return found, true
		}
	}
	s := signature.Shared{Layout: layout, Algorithm: algorithm}
	s.Templates = withSecret(templates)
	return q.holds(s)
}

// holds checks the message with s, and narrows s to the template that matched.
func (q *inference) holds(s signature.Shared) (Inferred, bool) {
	variant, ok := q.verifies(s)
	if !ok {
		return Inferred{}, false
	}
	s.Templates = matching(s.Templates, variant)
	s.Timestamp = toleratedStamp(s.Layout)
	return Inferred{Scheme: s, Says: inWords(s.Algorithm, s.Keyed) + " over " + s.Templates[0].String()}, true
}

// verifies tells whether s fits together and verifies the message, and by
// which of its forms.
func (q *inference) verifies(s interface {
	signature.Scheme
	Check() error
}) (variant string, ok bool) {
	if s.Check() != nil {
		return "", false
	}
	v := s.Verify(q.m, []signature.Secret{q.secret}, q.now)
	return v.Variant, v.Outcome == signature.Verified
}

// matching keeps the template that a verdict names.
func matching(templates []signature.Template, variant string) []signature.Template {
	for _, t := range templates {
		if variant != "" && t.Variant() == variant {
			return []signature.Template{t}
		}
	}
	return templates[:1]
}

func inWords(a signature.Algorithm, keyed bool) string {
	if keyed {
		return "HMAC-" + string(a)
	}
	return "plain " + string(a) + " with the secret among what is hashed"
}
