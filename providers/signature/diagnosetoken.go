package signature

import (
	"iter"
	"strconv"
	"strings"
	"time"
)

// tokenClaims are the claims of a token, unverified.
type tokenClaims struct{ *Fields }

// tokens are those that stand where layout l expects one.
func (l layout) tokens(m Message) (out []compactToken) {
	for _, value := range l.values(m) {
		text, _ := cutPrefixFold(strings.TrimSpace(value), l.Prefix)
		if token, err := parseCompact(strings.TrimSpace(text)); err == nil {
			out = append(out, token)
		}
	}
	return out
}

// claims are those of these tokens.
func (l layout) claims(m Message) (out []tokenClaims) {
	for _, token := range l.tokens(m) {
		if claims, err := token.claims(); err == nil {
			out = append(out, tokenClaims{claims})
		}
	}
	return out
}

// haveAll tells whether all of the wanted claims are there, whatever they say.
func (c tokenClaims) haveAll(wanted []Claim) bool {
	for _, claim := range wanted {
		if c.json(claim.Name).Times == 0 {
			return false
		}
	}
	return true
}

// fromTheFuture tells whether a token says that it was made, or holds, later
// than it was judged.
func (q *search) fromTheFuture(l layout) bool {
	for _, claims := range l.claims(q.Message) {
		for _, name := range []string{"nbf", "iat"} {
			if at, ok := numericDate(claims.json(name)); ok && at.Sub(q.Now) > leeway {
				return true
			}
		}
	}
	return false
}

// claimChanges read the times of a token that is written in another unit than
// the seconds of RFC 7519.
func (q *search) claimChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			s, token := l.scheme.(JWT)
			if !token {
				continue
			}
			for _, claims := range l.claims(q.Message) {
				name, text, form := claims.oddTime()
				if name == "" {
					continue
				}
				c := change{scheme: untimed{s}, accident: accident{cause: TimestampUnit,
					says: "when " + name + " of the token is read as " + form, why: "a token holds Unix times in seconds",
					do:       "Ask the sender to write the times of its tokens in seconds, as numbers (RFC 7519).",
					evidence: func() string { return name + " in the token: " + q.safe(text) }}}
				if !yield(c) {
					return
				}
			}
		}
	}
}

// oddTime finds a time of the token that is none in seconds, but is one in
// another form. A time that can't be read at all is no matter of the unit.
func (c tokenClaims) oddTime() (name, text, form string) {
	for _, one := range []string{"exp", "nbf", "iat"} {
		v := c.json(one)
		if _, fine := numericDate(v); fine || v.Times == 0 || v.Null {
			continue
		}
		f, _, ok := readTime(v.Text)
		if !ok || v.Times > 1 {
			return "", "", ""
		}
		name, text, form = one, v.Text, formatInWords(f)
		if _, err := strconv.ParseInt(v.Text, 10, 64); err == nil && !v.Raw {
			form += " that is written as a text"
		}
	}
	return name, text, form
}

// untimed is a token's scheme that checks all but the times: they were read in
// another form before.
type untimed struct{ JWT }

// Verify implements Scheme.
func (s untimed) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	c := s.begin(m, now)
	for _, read := range [...]func() Outcome{
		func() Outcome { return c.readSecrets(secrets) }, c.readToken,
		c.noExtensions, c.readPublicKeys,
	} {
		if outcome := read(); outcome != "" {
			return c.verdict(outcome)
		}
	}
	matched, ok := c.compare([][]byte{[]byte(c.token.signed)})
	if !ok {
		return c.verdict(Mismatch)
	}
	claims, err := c.token.claims()
	if err != nil {
		return c.verdict(Malformed)
	}
	compared := len(c.steps) - 1
	if outcome := c.checkClaims(s.Claims, claims, matched); outcome != "" {
		return c.verdict(outcome)
	}
	v := c.verdict(Verified)
	v.Steps = v.Steps[:compared+1] // the comparison is what proves it
	v.Secret = matched.label
	return v
}
