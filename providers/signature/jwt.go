package signature

import (
	"errors"
	"fmt"
	"time"
)

// JWT is the scheme of a provider that sends a signed token (RFC 7519). What
// it protects of the message are the claims that must equal parts of it.
type JWT struct {
	TokenForm
	Claims []Claim
}

// Claim is what a token must say.
type Claim struct {
	Name string
	// Value is what the claim must equal: "{body|sha256|hex}". {secret:NAME}
	// is a part of the secret that the token was signed with.
	Value Template
	// WithBody makes the claim one that stands there exactly when the message
	// has a body.
	WithBody bool
}

// leeway is how far the clocks may differ when exp and nbf are checked. RFC
// 7519 leaves the number open, "usually no more than a few minutes".
const leeway = time.Minute

// tokenLife is how long a token that Sign makes is good. The shortest that a
// provider is known to give is 60 s.
const tokenLife = 5 * time.Minute

// Check tells what is wrong with the parameters, nil if they fit together.
func (j JWT) Check() error {
	if err := j.TokenForm.check(); err != nil {
		return err
	}
	for _, claim := range j.Claims {
		if claim.Name == "" || len(claim.Value) == 0 {
			return errors.New("check scheme: a claim without name or value")
		}
		for _, p := range claim.Value {
			switch p.Kind {
			case PartKey, PartTimestamp, PartText, PartVerifyToken, PartClaim, PartJOSE:
				return fmt.Errorf("check scheme: claim %q has {%s}, expected parts of the message", claim.Name, p)
			case PartSecret:
				if !j.Secret.has(p.Name) || p.Name == secretPart {
					return fmt.Errorf("check scheme: claim %q has {%s}, expected a part of the secret that is not the key", claim.Name, p)
				}
			}
		}
	}
	return nil
}

// WithKeys returns a copy of j whose keys may be fetched with f.
func (j JWT) WithKeys(f KeyFetcher) Scheme {
	j.Key.fetcher = f
	return j
}

// WithTolerance returns a copy of j that lets its timestamp be d off, both
// ways; chosen says whose number it is.
func (j JWT) WithTolerance(d time.Duration, chosen string) JWT {
	if !j.Timestamp.At.IsZero() {
		j.Timestamp.Tolerance, j.Timestamp.Chosen = d, chosen
	}
	return j
}

// Facts of j.
func (j JWT) Facts() Facts {
	f := Facts{At: j.At, Name: "a JWT in " + placesInWords(j.At)}
	f.Cover, f.Covered = j.cover()
	return f
}

// cover is what the claims bind, and all of the body when it is the token.
func (j JWT) cover() (Cover, []string) {
	if j.At[0].Kind == PartBody {
		return CoverBody, []string{string(PartBody)}
	}
	var all Template
	for _, claim := range j.Claims {
		all = append(all, claim.Value...)
	}
	return all.cover(Part{})
}

// Verify implements Scheme.
func (j JWT) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	c := j.begin(m, now)
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
		c.fail(stepToken, fault{aboutSignature, c.placesInWords(), err.Error(), "", "expected " + err.Error()})
		return c.verdict(Malformed)
	}
	outcome := c.checkClaims(j.Claims, claims, matched)
	if outcome == "" {
		outcome = c.checkTimes(claims)
	}
	if outcome != "" && outcome != Stale {
		return c.verdict(outcome)
	}
	v := c.verdict(Verified)
	if outcome == Stale {
		v.Outcome = Stale
	}
	v.Secret = matched.label
	v.Cover, v.Covered = j.cover()
	return v
}
