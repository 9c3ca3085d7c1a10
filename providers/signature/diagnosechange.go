package signature

// accident is one thing that may have gone wrong, in words.
type accident struct {
	cause, also Cause
	// says goes on after "It matches ..."; why, if any, follows a colon.
	says, why string
	do        string
	// evidence is made only when the accident is named.
	evidence func() string
	fix      *Fix
	endpoint string
}

func (a accident) evidenceText() string {
	if a.evidence == nil {
		return ""
	}
	return a.evidence()
}

// change is an accident that happened to the delivery, or to how it is read:
// what has to be replaced to put it right. The zero value of a field leaves
// that part as it is.
type change struct {
	accident
	scheme  Scheme
	header  Header
	target  *address
	body    []byte
	rewrote bool // body counts, even an empty one
}

// schemeOr returns the scheme that c puts in the place of s.
func (c change) schemeOr(s Scheme) Scheme {
	if c.scheme != nil {
		return c.scheme
	}
	return s
}

// on returns m with c put right.
func (c change) on(m Message) Message {
	if c.header != nil {
		m.Header, m.Head = c.header, nil
	}
	if c.rewrote {
		m.Body = c.body
	}
	if c.target != nil {
		m = c.target.on(m)
	}
	return m
}

// joins tells whether c and d put different things right.
func (c change) joins(d change) bool {
	return (c.scheme == nil || d.scheme == nil) && (c.header == nil || d.header == nil) &&
		(c.target == nil || d.target == nil) && (!c.rewrote || !d.rewrote)
}

// suspicion is an accident with the secret, and the secret that puts it right.
type suspicion struct {
	accident
	secret Secret
}
