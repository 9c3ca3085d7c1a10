package signature

import (
	"context"
	"time"
)

// maxTries is how many times a diagnosis computes the signature again. All the
// usual accidents of one endpoint with two secrets need about 230.
const maxTries = 512

// Keyring is the secrets of one endpoint, for the diagnosis.
type Keyring struct {
	Endpoint string
	Secrets  []Secret
}

// Diagnose explains a verdict that is not Verified, nil for one that needs no
// explanation. It changes one thing at a time, simplest first, and names a
// cause only when the scheme itself then finds a matching signature. It stops
// when ctx ends, and then says what it had tried.
func Diagnose(ctx context.Context, s Scheme, m Message, own []Secret, others []Keyring, now time.Time) *Diagnosis {
	q := &inquiry{ctx: ctx, scheme: s, m: m, own: own, others: others, now: now, left: maxTries}
	v := s.Verify(m, own, now)
	switch v.Outcome {
	case Verified, Unsigned:
		return nil
	case Stale:
		return q.old()
	case NoSecret:
		return firstOf(q, (*inquiry).otherSecrets, (*inquiry).noSecret)
	case Missing:
		return q.expected(v, "Check that a secret is set at the provider, and that nothing on the way drops the signature.")
	case Malformed:
		return firstOf(q, (*inquiry).bom, func(q *inquiry) *Diagnosis {
			return q.expected(v, "Compare the delivery with the provider's documentation; it may come from another sender or another version.")
		})
	}
	return firstOf(q, (*inquiry).otherSecrets, (*inquiry).whiteSpace, (*inquiry).body, (*inquiry).unexplained)
}

func firstOf(q *inquiry, looks ...func(*inquiry) *Diagnosis) *Diagnosis {
	for _, look := range looks {
		if d := look(q); d != nil {
			d.Tried = q.tried
			return d
		}
	}
	return nil
}

// inquiry is one run of Diagnose.
type inquiry struct {
	ctx    context.Context
	scheme Scheme
	m      Message
	own    []Secret
	others []Keyring
	now    time.Time
	left   int
	tried  []string
}

// holds tells whether the signature of m matches with secrets.
func (q *inquiry) holds(m Message, secrets ...Secret) bool {
	if q.over() {
		return false
	}
	q.left--
	outcome := q.scheme.Verify(m, secrets, q.now).Outcome
	return outcome == Verified || outcome == Stale
}

// over tells whether time or tries are used up.
func (q *inquiry) over() bool { return q.left <= 0 || q.ctx.Err() != nil }

func (q *inquiry) old() *Diagnosis {
	d := &Diagnosis{
		Cause: TimestampOld,
		Says:  "The signature is right, but it was made long before it arrived: an old delivery, a late retry or a replay.",
		Do:    "Sign it again with a fresh timestamp to replay it, or allow a larger tolerance at the endpoint.",
	}
	s, ok := q.scheme.(Shared)
	if !ok {
		return d
	}
	age := s.age(q.m, q.now)
	d.Says = "The signature is right, but it was made " + spell(age) + " before it arrived, and " +
		spell(s.Timestamp.Tolerance) + " are accepted: an old delivery, a late retry or a replay."
	if age < 0 {
		d.Cause = ClockSkew
		d.Says = "The signature is right, but its time is " + spell(age) + " ahead of this machine's clock, and " +
			spell(s.Timestamp.Tolerance) + " are accepted."
		d.Do = "Set this machine's clock by the network; if it is right, the sender's clock is off."
	}
	return d
}

// age is how long before now the timestamp of m was made.
func (s Shared) age(m Message, now time.Time) time.Duration {
	c := check{Shared: s, m: m, fields: ReadFields(m)}
	if c.readSignatures() == "" {
		c.readTimestamp(now)
	}
	return c.age
}

// expected explains a message that can't be checked by the step that failed.
func (q *inquiry) expected(v Verdict, do string) *Diagnosis {
	d := &Diagnosis{Cause: Unexplained, Says: v.Says(), Do: do}
	if step, ok := v.failed(); ok {
		d.Says = sentence(step.Evidence)
	}
	return d
}

func (q *inquiry) noSecret() *Diagnosis {
	return &Diagnosis{
		Cause: Unexplained,
		Says:  "Nothing could be checked: no secret is configured for this endpoint.",
		Do:    "Copy the signing secret from the provider and give it to this endpoint.",
	}
}

func (q *inquiry) unexplained() *Diagnosis {
	says := "The signature is well-formed, but no secret known here gives it, not even after the usual accidents to secret and body."
	if s, ok := q.scheme.(Shared); ok {
		says = "The signature has the form of " + s.Algorithm.inWords(s.Keyed) + " (" + s.Encoding.shape(s.Algorithm.size()) +
			"), but no secret known here gives it, not even after the usual accidents."
	}
	if q.over() {
		q.tried = append(q.tried, "stopped there: the time or the number of tries was used up")
	}
	return &Diagnosis{
		Cause: Unexplained, Says: says,
		Do: "Copy the signing secret from the provider once more; if it is the same, compare what was signed with what the provider's log shows.",
	}
}
