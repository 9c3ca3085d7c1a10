package signature

// two tries two accidents at once, when none alone explains the failure: first
// a signature that had to be made readable, then another secret together with
// whatever may have changed.
func (q *search) two() *Diagnosis {
	before := q.compared
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
	q.note(before, q.compared, "two of these at once")
	return nil
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
