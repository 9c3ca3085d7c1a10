package providers

import (
	"context"
	"crypto/sha512"
	"time"

	"shopbell/providers/signature"
)

// Inferred is what Infer comes to.
type Inferred struct {
	// Scheme verifies the delivery that it was found from; nil when no form
	// that was tried does.
	Scheme signature.Scheme
	// Says names the scheme in a sentence, or tells why there is none.
	Says string
	// Notes are what one delivery leaves open about a scheme that was found,
	// and what was tried for one that was not.
	Notes []string
}

// Infer finds how a genuine delivery was signed, from the delivery and its
// secret: where the signature stands, how it is written and what it covers,
// the simplest explanation first. secret may also be a public key. It tries
// millions of forms and stops when ctx ends; now is the time at which the
// delivery is judged. The result is false when no form that was tried verifies.
func Infer(ctx context.Context, m signature.Message, secret signature.Secret, now time.Time) (Inferred, bool) {
	q := &inference{ctx: ctx, m: m, secret: secret, now: now, fields: signature.ReadFields(m)}
	if secret.Value() == "" {
		return Inferred{Says: "the secret is empty, and anybody can sign with an empty key"}, false
	}
	q.values = valuesOf(m)
	if q.token() || q.jose() {
		return q.found, true
	}
	q.places = placesOf(q.values)
	q.prepare()
	if len(q.sums)+len(q.probes) > 0 && q.search() {
		return q.found, true
	}
	return q.unfound(), false
}

// inference is one run of Infer.
type inference struct {
	ctx    context.Context
	m      signature.Message
	secret signature.Secret
	now    time.Time
	fields *signature.Fields

	values []value
	places []place
	pool   pool

	sums   map[string][]int // places, by the bytes of the signature in them
	macs   []keyedHash      // keyed hashes, for what the secret may be
	hashes []plainHash      // others
	probes []probe          // signatures that a public key may have made

	sum   [sha512.Size]byte // room for one hash
	room  []*atom           // room for one text
	texts int               // how many were tried
	due   int               // bytes until the clock is looked at again
	plain bool              // the present stage tries hashes with the secret among the text
	rare  bool              // and forms of the secret that few providers use

	found Inferred
	done  bool // found
}

// over tells whether the search ends here, found or not. It looks at the
// clock every now and then.
func (q *inference) over(size int) bool {
	if q.due -= size + 64; q.due < 0 {
		q.due = 1 << 18
		return q.done || q.ctx.Err() != nil
	}
	return q.done
}

// verifies tells whether s fits together and verifies the message, however old
// that is by now.
func (q *inference) verifies(s checked) bool {
	if s.Check() != nil {
		return false
	}
	v := s.Verify(q.m, []signature.Secret{q.secret}, q.now)
	return v.Outcome == signature.Verified || v.Outcome == signature.Stale
}

// keep ends the search with a scheme.
func (q *inference) keep(s signature.Scheme, says string, notes ...string) bool {
	q.found, q.done = Inferred{s, says, notes}, true
	return true
}
