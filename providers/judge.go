package providers

import (
	"time"

	"shopbell/providers/signature"
)

// Judge checks m with p's scheme and fills in the provider's id.
func (p Provider) Judge(m signature.Message, secrets []signature.Secret, now time.Time) signature.Verdict {
	v := p.Scheme.Verify(m, secrets, now)
	v.Provider = p.ID
	return v
}

// Prefer returns a copy of p that signs in the documented form called variant,
// as Verdict.Variant names it, for a shop that takes only that one.
func (p Provider) Prefer(variant string) Provider {
	p.Scheme = signature.Prefer(p.Scheme, variant)
	return p
}

// WithTolerance returns a copy of p whose scheme allows d either way. A d that
// is not positive, or a scheme without a timestamp, leaves p as it is.
func (p Provider) WithTolerance(d time.Duration) Provider {
	if d <= 0 {
		return p
	}
	s, changed := signature.WithTolerance(p.Scheme, d, "your setting")
	if changed {
		p.Scheme, p.Tolerance, p.OwnTolerance = s, d, true
	}
	return p
}

// Covers is what a verified delivery would prove: the cover, and the parts
// that are protected. It is empty for a provider that signs nothing.
func (p Provider) Covers() (signature.Cover, []string) {
	f := signature.FactsOf(p.Scheme)
	return f.Cover, f.Covered
}
