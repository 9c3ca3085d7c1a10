package signature

import (
	"context"
	"time"
)

// maxTries is how many times a diagnosis computes the signature again, beside
// the secrets of other endpoints. The usual accidents of one endpoint with two
// secrets need up to 1,600.
const maxTries = 2048

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
	var v Verdict
	if shared, ok := s.(Shared); ok {
		q.shared = &shared
		q.check, v = shared.check(m, own, now)
	} else {
		v = s.Verify(m, own, now)
	}
	switch v.Outcome {
	case Verified, Unsigned:
		return nil
	case Stale:
		return q.old()
	case NoSecret:
		return q.first((*inquiry).otherSecrets, (*inquiry).noSecret)
	case Missing:
		return q.first((*inquiry).otherHeaders, (*inquiry).missing)
	case Malformed:
		return q.first((*inquiry).otherWriting, (*inquiry).bom, (*inquiry).malformed)
	}
	return q.first((*inquiry).otherSecrets, (*inquiry).whiteSpace, (*inquiry).body, (*inquiry).unexplained)
}

// inquiry is one run of Diagnose.
type inquiry struct {
	ctx    context.Context
	scheme Scheme
	shared *Shared // the scheme, if it is one of those
	check  *check  // what it read of the message
	m      Message
	own    []Secret
	others []Keyring
	now    time.Time

	left  int  // tries
	done  int  // tries that were really made
	short bool // a try was not made because time or tries were used up
	tried []string
}

// first returns what the first look that finds something says.
func (q *inquiry) first(looks ...func(*inquiry) *Diagnosis) *Diagnosis {
	for _, look := range looks {
		if d := look(q); d != nil {
			if d.Cause == Unexplained && q.short {
				q.tried = append(q.tried, "stopped there: the time or the number of tries was used up")
			}
			d.Tried = q.tried
			return d
		}
	}
	return nil
}

// holds tells whether the signature of m matches with secrets.
func (q *inquiry) holds(m Message, secrets ...Secret) bool { return q.holdsAs(q.scheme, m, secrets...) }

// holdsAs is holds for another reading of the scheme.
func (q *inquiry) holdsAs(s Scheme, m Message, secrets ...Secret) bool {
	if q.over() {
		q.short = true
		return false
	}
	q.left--
	q.done++
	outcome := s.Verify(m, secrets, q.now).Outcome
	return outcome == Verified || outcome == Stale
}

// over tells whether time or tries are used up.
func (q *inquiry) over() bool { return q.left <= 0 || q.ctx.Err() != nil }

// note adds to what was tried if anything was since done stood at before.
func (q *inquiry) note(before int, tried string) {
	if q.done > before {
		q.tried = append(q.tried, tried)
	}
}

func (q *inquiry) old() *Diagnosis {
	d := &Diagnosis{
		Cause: TimestampOld,
		Says:  "The signature is right, but it was made long before the time it was judged at: an old delivery, a late retry or a replay.",
		Do:    "Sign it again with a fresh timestamp to replay it, or allow a larger tolerance at the endpoint.",
	}
	if q.check == nil {
		return d
	}
	age, accepted := spell(q.check.age), spell(q.shared.Timestamp.Tolerance)
	d.Says = "The signature is right, but it was made " + age + " before the time it was judged at, and " +
		accepted + " are accepted: an old delivery, a late retry or a replay."
	if q.check.age < 0 {
		d.Cause = ClockSkew
		d.Says = "The signature is right, but its time is " + age + " later than the time it was judged at, and " + accepted + " are accepted."
		d.Do = "Judge it as of the time at which it arrived. If it was, either this machine's clock or the sender's is off: set this one by the network."
	}
	return d
}

func (q *inquiry) missing() *Diagnosis {
	return q.expected("Check that a secret is set at the provider, and that nothing on the way drops the signature.")
}

func (q *inquiry) malformed() *Diagnosis {
	if q.check != nil && q.check.fault.about == aboutSecret {
		return q.expected("Copy the signing secret from the provider once more.")
	}
	return q.expected("Compare the delivery with the provider's documentation; it may come from another sender or another version.")
}

// expected explains a message that can't be checked by what was expected and
// what was found.
func (q *inquiry) expected(do string) *Diagnosis {
	says := "The delivery lacks something that the check of its signature needs."
	if q.check != nil {
		says = q.check.fault.says()
	}
	return &Diagnosis{Cause: Unexplained, Says: says, Do: do}
}

func (q *inquiry) noSecret() *Diagnosis {
	return &Diagnosis{
		Cause: Unexplained,
		Says:  "The check needs the provider's signing secret, which this endpoint does not have.",
		Do:    "Copy the signing secret from the provider and give it to this endpoint.",
	}
}

func (q *inquiry) unexplained() *Diagnosis {
	says := "The signature is well-formed, but no secret that was tried gives it"
	if s := q.shared; s != nil {
		says = "The signature has the form of " + s.Algorithm.inWords(s.Keyed) + " (" + s.Encoding.shape(s.Algorithm.size()) +
			"), but no secret that was tried gives it"
	}
	if !q.short {
		says += ", not even after the usual accidents"
	}
	return &Diagnosis{
		Cause: Unexplained, Says: says + ".",
		Do: "Copy the signing secret from the provider once more; if it is the same, compare what was signed with what the provider's log shows.",
	}
}
