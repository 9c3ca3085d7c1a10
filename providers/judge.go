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
	if s, ok := p.Scheme.(signature.Shared); ok {
		p.Scheme = s.Prefer(variant)
	}
	return p
}

// WithTolerance returns a copy of p whose scheme allows d either way. A d that
// is not positive, or a scheme without a timestamp, leaves p as it is.
func (p Provider) WithTolerance(d time.Duration) Provider {
	s, ok := p.Scheme.(signature.Shared)
	if !ok || d <= 0 || s.Timestamp.At.IsZero() {
		return p
	}
	p.Scheme, p.Tolerance, p.OwnTolerance = s.WithTolerance(d, "your setting"), d, true
	return p
}
