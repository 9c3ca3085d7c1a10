package signature

import (
	"context"
	"iter"
	"strconv"
	"time"
)

// maxTries is how many checks a diagnosis makes, whatever its time.
const maxTries = 8192

// maxBatch is how many secrets one check takes, so that the message is read
// once for all of them; batchBytes is how much it may hash before the time is
// looked at again.
const (
	maxBatch   = 64
	batchBytes = 2 << 20
)

// search is one run of a diagnosis.
type search struct {
	Inquiry
	ctx     context.Context
	verdict Verdict
	outcome Outcome
	own     []Secret // those with a value
	layouts []layout // where the signature stands, for each scheme that Scheme is made of

	pace     time.Duration // how long a check of a large body takes
	left     int           // checks that may still be made
	read     int           // checks that found a signature to look at
	compared int           // of these, the ones that got as far as comparing
	proof    string        // evidence of the check that matched
	short    bool          // a check was not made because time or checks were used up
	tried    []string

	json  *node // the body as JSON, nil when it is none
	forms []jsonForm

	// What was tried alone, to be tried together in the end.
	secrets []suspicion
	changes []change
	kept    int // bytes that changes hold
	// readings are changes that make an unreadable signature readable.
	readings []change
}

func newSearch(ctx context.Context, i Inquiry) *search {
	i.Scheme = remembering(ctx, i.Scheme)
	q := &search{Inquiry: i, ctx: ctx, left: maxTries, layouts: layoutsOf(i.Scheme)}
	q.verdict = q.check(i.Scheme, i.Message, i.Own)
	q.outcome = q.verdict.Outcome
	for _, s := range i.Own {
		if s.value != "" {
			q.own = append(q.own, s)
		}
	}
	return q
}

// over tells whether the time or the checks are used up.
func (q *search) over() bool {
	if q.left > 0 && q.ctx.Err() == nil {
		return false
	}
	q.short = true
	return true
}

// hasTime tells whether so much time is left for a step that can't be stopped
// in the middle.
func (q *search) hasTime(needed time.Duration) bool {
	end, limited := q.ctx.Deadline()
	if !q.over() && (!limited || time.Until(end) >= needed) {
		return true
	}
	q.short = true
	return false
}

// check makes one check. Those of a large body are timed, so that none begins
// that would end too late, however busy the machine is.
func (q *search) check(s Scheme, m Message, secrets []Secret) Verdict {
	if len(m.Body) <= largeBody {
		return s.Verify(m, secrets, q.Now)
	}
	start := time.Now()
	v := s.Verify(m, secrets, q.Now)
	q.pace = max(time.Since(start), q.pace/2)
	return v
}

// mayCheck tells whether there is time for a check of so large a body.
func (q *search) mayCheck(body []byte) bool {
	if len(body) <= largeBody {
		return !q.over()
	}
	return q.hasTime(q.pace)
}

// note adds to what was tried if the count was before when it began.
func (q *search) note(before, now int, tried string) {
	if now > before {
		q.tried = append(q.tried, tried)
	}
}

// result is what a check came to: which secret matched, -1 for none, and none
// too when a key that the provider publishes did.
type result struct {
	ok      bool
	at      int
	outcome Outcome
	whole   bool // all secrets were tried
}

// try checks m with each of the secrets, batch by batch.
func (q *search) try(s Scheme, m Message, secrets []Secret) result {
	r := result{at: -1}
	size := max(1, min(maxBatch, batchBytes/((len(m.Body)+1)*texts(s))))
	if usesPublicKeys(s) {
		size = max(1, min(size, maxPublicTries/(2*texts(s))))
	}
	for from := 0; from < max(1, len(secrets)); from += size {
		if !q.mayCheck(m.Body) {
			return r
		}
		batch := numbered(secrets, from, size)
		v := q.check(s, m, batch)
		q.left--
		r.outcome = v.Outcome
		if v.Outcome != Missing && v.Outcome != NoSecret {
			q.read++
		}
		switch v.Outcome {
		case Mismatch:
			q.compared++
		case Verified, Stale:
			r.ok = true
			if at, err := strconv.Atoi(v.Secret); err == nil && at < len(secrets) {
				r.at = at
				v = s.Verify(m, secrets[at:at+1], q.Now) // with the label that it has
			}
			q.proof = v.lastEvidence()
			return r
		}
	}
	r.whole = true
	return r
}

// numbered labels the secrets by where they stand.
func numbered(secrets []Secret, from, size int) []Secret {
	to := min(from+size, len(secrets))
	if from >= to {
		return nil
	}
	out := make([]Secret, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, Secret{Label: strconv.Itoa(i), value: secrets[i].value})
	}
	return out
}

// with tries changes with the endpoint's own secrets and keeps them for two.
func (q *search) with(changes iter.Seq[change]) *Diagnosis {
	for c := range changes {
		if q.over() {
			return nil
		}
		if d := q.attempt(c); d != nil {
			return d
		}
	}
	return nil
}

func (q *search) attempt(c change) *Diagnosis {
	if q.outcome == NoSecret {
		q.keep(c)
		return nil
	}
	r := q.try(c.schemeOr(q.Scheme), c.on(q.Message), q.own)
	if r.ok {
		return q.explained(c.accident)
	}
	q.keep(c)
	if r.outcome == Mismatch && q.outcome != Mismatch && len(q.readings) < maxReadings {
		q.readings = append(q.readings, c)
	}
	return nil
}

const (
	maxReadings  = 16
	maxKept      = 512
	maxKeptBytes = 16 << 20
)

func (q *search) keep(c change) {
	if len(q.changes) < maxKept && q.kept+len(c.body) <= maxKeptBytes {
		q.changes = append(q.changes, c)
		q.kept += len(c.body)
	}
}

// explained is the diagnosis of one accident.
func (q *search) explained(a accident) *Diagnosis {
	says := "It matches " + a.says
	if a.why != "" {
		says += ": " + a.why
	}
	return &Diagnosis{Cause: a.cause, Also: a.also, Endpoint: a.endpoint, Says: says + ".", Do: a.do, Evidence: join2(a.evidenceText(), q.proof), Fix: a.fix}
}

// lastEvidence is what the comparison found.
func (v Verdict) lastEvidence() string {
	if len(v.Steps) == 0 {
		return ""
	}
	return v.Steps[len(v.Steps)-1].Evidence
}

// join2 puts two pieces of evidence on lines of their own.
func join2(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// both is the diagnosis of two accidents, the simpler one first.
func (q *search) both(a, b accident) *Diagnosis {
	d := q.explained(a)
	d.Also = b.cause
	d.Says = "It matches with two things put right at once: " + a.says + ", and " + b.says + "."
	if b.do != a.do {
		d.Do += " " + b.do
	}
	d.Evidence = join2(join2(a.evidenceText(), b.evidenceText()), q.proof)
	if d.Endpoint == "" {
		d.Endpoint = b.endpoint
	}
	return d
}
