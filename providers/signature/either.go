package signature

import (
	"errors"
	"slices"
	"time"
)

// Either is several schemes of one provider: an older version beside a newer
// one, or a second header name. It needs two schemes at least.
type Either struct{ Schemes []Scheme }

// Check tells what is wrong with the parameters, nil if they fit together.
func (e Either) Check() error {
	if len(e.Schemes) < 2 {
		return errors.New("check scheme: one scheme of several, expected two at least")
	}
	shared, public := false, false
	for _, s := range e.Schemes {
		switch s.(type) {
		case Shared:
			shared = true
		case PublicKey, JWS, HTTPSignature:
			public = true
		}
		if _, nested := s.(Either); nested || s == nil {
			return errors.New("check scheme: several schemes inside several, expected single ones")
		}
	}
	if shared && public {
		// Everybody has the public key: as the text of a shared secret it would
		// let anybody sign.
		return errors.New("check scheme: a shared secret beside a public key, expected one kind, because the public key would pass for the secret")
	}
	return nil
}

// ranking is which outcome counts when several schemes find their signature.
var ranking = [...]Outcome{Verified, Stale, Mismatch, Malformed, NoSecret, Missing}

// Verify implements Scheme. One scheme that verifies is enough; else the first
// whose signature is there judges. Verdict.Variant names the one that did.
func (e Either) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	_, v := e.judge(m, secrets, now)
	return v
}

// judge tells which scheme decided.
func (e Either) judge(m Message, secrets []Secret, now time.Time) (Scheme, Verdict) {
	at, best := 0, Verdict{}
	for i, s := range e.Schemes {
		v := s.Verify(m, secrets, now)
		if i == 0 || rank(v) < rank(best) {
			at, best = i, v
		}
		if v.Outcome == Verified {
			break
		}
	}
	if best.Outcome == Missing || best.Outcome == NoSecret {
		return e.Schemes[at], best
	}
	name := schemeInWords(e.Schemes[at])
	step := Step{Name: "Scheme", OK: true, Evidence: name + ", number " + itoa(int64(at+1)) + " of " + itoa(int64(len(e.Schemes))) + " that this provider has"}
	best.Steps = append([]Step{step}, best.Steps...)
	if best.Cover != "" && best.Variant == "" {
		best.Variant = name
	}
	return e.Schemes[at], best
}

func rank(v Verdict) int {
	if i := slices.Index(ranking[:], v.Outcome); i >= 0 {
		return i
	}
	return len(ranking)
}

// Sign implements Scheme with the first scheme that can sign m. When none can,
// the error is that of the first.
func (e Either) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	var first error
	for _, s := range e.Schemes {
		out, err := s.Sign(m, secret, now)
		if err == nil {
			return out, nil
		}
		if first == nil {
			first = err
		}
	}
	return m, first
}

// Prefer returns a copy of e that signs as the verdict's variant says. An
// unknown variant changes nothing.
func (e Either) Prefer(variant string) Either {
	for i, s := range e.Schemes {
		preferred, known := Prefer(s, variant), schemeInWords(s) == variant
		if known || hasVariant(s, variant) {
			rest := slices.Delete(slices.Clone(e.Schemes), i, i+1)
			e.Schemes = append([]Scheme{preferred}, rest...)
			return e
		}
	}
	return e
}

// WithKeys returns a copy of e whose keys may be fetched with f.
func (e Either) WithKeys(f KeyFetcher) Scheme {
	schemes := make([]Scheme, len(e.Schemes))
	for i, s := range e.Schemes {
		schemes[i] = WithKeys(s, f)
	}
	return Either{schemes}
}
