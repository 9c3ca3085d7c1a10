package signature

import (
	"crypto/subtle"
	"math"
	"strconv"
	"strings"
	"time"
)

// noExtensions refuses tokens that need something which is not known here, as
// RFC 7515 demands.
func (c *tokenCheck) noExtensions() Outcome {
	if !c.token.critical() {
		return ""
	}
	where, want := c.placesInWords(), "a token without critical extensions"
	c.fail(stepToken, fault{aboutSignature, where, want, "one with crit", where + ": expected " + want + ", as RFC 7515 demands of readers that know none"})
	return Malformed
}

// checkClaims compares what the token says with the message.
func (c *tokenCheck) checkClaims(wanted []Claim, claims *Fields, k key) Outcome {
	for _, claim := range wanted {
		v := claims.json(claim.Name)
		step := "Claim " + claim.Name
		if claim.WithBody && len(c.m.Body) == 0 {
			if v.Times > 0 && !v.Null {
				c.note(false, step, "it is there, and the message has no body")
				return Mismatch
			}
			continue
		}
		want, missing := c.claimed(claim.Value, k)
		if missing != nil {
			c.fail("Parts of the message", *missing)
			return Malformed
		}
		if v.Times != 1 || v.Raw {
			where := claim.Name + " in the token"
			c.fail(step, fault{aboutAnything, where, "one text", "", where + " is not there: expected one text"})
			return Malformed
		}
		if subtle.ConstantTimeCompare([]byte(v.Text), want) != 1 {
			c.note(false, step, "expected "+c.short(string(want))+" for "+claim.Value.String()+"\ngot "+c.short(v.Text))
			return Mismatch
		}
		c.note(true, step, c.short(v.Text)+" equals "+claim.Value.String())
	}
	return ""
}

// claimed is what a claim must equal.
func (c *tokenCheck) claimed(value Template, k key) ([]byte, *fault) {
	pieces, missing := c.fill(nil, value, nil)
	if missing != nil {
		return nil, missing
	}
	var out []byte
	for _, p := range pieces {
		if p.secret {
			out = append(out, k.parts[p.part.Name]...)
		} else {
			out = append(out, p.bytes...)
		}
	}
	return out, nil
}

// checkTimes looks at exp, nbf and iat, and at the timestamp of the scheme. A
// token made in the future is none: MessageBird's reference data has one.
func (c *tokenCheck) checkTimes(claims *Fields) Outcome {
	stale := false
	for _, limit := range [...]struct{ name, says string }{{"exp", "the token expired "}, {"nbf", "the token is valid from "}, {"iat", "the token was made at "}} {
		v := claims.json(limit.name)
		own := c.Timestamp.At.Kind == PartClaim && c.Timestamp.At.Name == limit.name
		if v.Times == 0 || v.Null || own {
			continue
		}
		at, ok := numericDate(v)
		if !ok {
			where, want := limit.name+" in the token", "a Unix time"
			c.fail("Timestamp", fault{aboutAnything, where, want, c.quote(v.Text), where + " is " + c.quote(v.Text) + ": expected " + want})
			return Malformed
		}
		late := c.now.Sub(at)
		if limit.name == "exp" && late >= leeway || limit.name != "exp" && late <= -leeway {
			c.note(false, "Timestamp", limit.says+at.UTC().Format(time.RFC3339)+", and it is judged as of "+c.now.UTC().Format(time.RFC3339))
			stale = true
		}
	}
	if outcome := c.checkTimestamp(claims); outcome != "" {
		return outcome
	}
	if stale || c.stale {
		return Stale
	}
	return ""
}

// checkTimestamp reads the scheme's own timestamp. One inside the token is put
// where the common check looks for the keys of a signature.
func (c *tokenCheck) checkTimestamp(claims *Fields) Outcome {
	at := c.Timestamp.At
	if at.Kind == PartClaim || at.Kind == PartJOSE {
		from := c.token.header
		if at.Kind == PartClaim {
			from = claims
		}
		v := from.json(at.Name)
		c.pairs = nil
		for range v.Times {
			whole, _, _ := strings.Cut(v.Text, ".") // a NumericDate may have a fraction
			c.pairs = append(c.pairs, pair{at.Name, whole})
		}
		c.Timestamp.At = Part{Kind: PartKey, Name: at.Name}
	}
	return c.readTimestamp(c.now)
}

// numericDate reads the seconds of RFC 7519, 2; they may have a fraction.
func numericDate(v Value) (time.Time, bool) {
	seconds, err := strconv.ParseFloat(v.Text, 64)
	if v.Times != 1 || !v.Raw || err != nil || math.Abs(seconds) > 1e11 {
		return time.Time{}, false
	}
	whole := math.Floor(seconds)
	return time.Unix(int64(whole), int64((seconds-whole)*1e9)), true
}
