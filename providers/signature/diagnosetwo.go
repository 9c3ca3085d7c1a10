package signature

import "slices"

// two tries two accidents at once, when none alone explains the failure: first
// a signature that had to be made readable, then another secret together with
// whatever may have changed. It leaves half of the time to what comes after.
func (q *search) two() *Diagnosis {
	before, short := q.compared, q.short
	whole, cancel := q.halfTheTime()
	d := q.pairs()
	cancel()
	q.ctx = whole
	defer func() { q.short = short || q.over() }()
	if stopped := q.short && !short; stopped && q.compared > before {
		q.tried = append(q.tried, "some of these two at once")
	} else {
		q.note(before, q.compared, "two of these at once")
	}
	return d
}

func (q *search) pairs() *Diagnosis {
	q.sortSuspects()
	for _, c := range q.readings {
		if d := q.withSuspects(c); d != nil {
			return d
		}
		if d := q.withChanges(c); d != nil {
			return d
		}
	}
	for _, c := range q.changes {
		if q.over() {
			break
		}
		if d := q.withSuspects(c); d != nil {
			return d
		}
	}
	return nil
}

// sortSuspects puts the secrets of other endpoints first, since they are tried
// together with another accident oftenest.
func (q *search) sortSuspects() {
	slices.SortStableFunc(q.secrets, func(a, b suspicion) int { return strangeness(a.cause) - strangeness(b.cause) })
}

func strangeness(c Cause) int {
	switch c {
	case SecretOfOtherEndpoint:
		return 0
	case SecretWhitespace:
		return 1
	}
	return 2
}

// withSuspects tries c with each secret that was tried alone.
func (q *search) withSuspects(c change) *Diagnosis {
	if len(q.secrets) == 0 {
		return nil
	}
	secrets := make([]Secret, len(q.secrets))
	for i, s := range q.secrets {
		secrets[i] = s.secret
	}
	r := q.try(c.schemeOr(q.Scheme), c.on(q.Message), secrets)
	if !r.ok || r.at < 0 {
		return nil
	}
	return q.both(q.secrets[r.at].accident, c.accident)
}

// withChanges tries the reading c with each other change.
func (q *search) withChanges(c change) *Diagnosis {
	if q.outcome == NoSecret {
		return nil
	}
	for _, d := range q.changes {
		if q.over() {
			return nil
		}
		if !c.joins(d) {
			continue
		}
		if r := q.try(c.schemeOr(d.schemeOr(q.Scheme)), d.on(c.on(q.Message)), q.own); r.ok {
			return q.both(c.accident, d.accident)
		}
	}
	return nil
}
