package providers

import (
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// Diagnose is signature.Diagnose with what the catalogue knows: where the
// provider shows its secret, and where it documents its signature. It returns
// nil when there is nothing to explain, and for the zero Provider.
func (p Provider) Diagnose(ctx context.Context, m signature.Message, own []signature.Secret, others []signature.Keyring, now time.Time) *signature.Diagnosis {
	if p.Scheme == nil {
		return nil
	}
	d := signature.Diagnose(ctx, p.Scheme, m, own, others, now)
	if d == nil {
		return nil
	}
	known := slices.ContainsFunc(own, func(s signature.Secret) bool { return s.Value() != "" })
	switch d.Cause {
	case signature.Unexplained:
		if !known {
			d.Says = p.Name + " signs its deliveries; the check needs its signing secret, which this endpoint does not have."
			d.Do = "Copy the signing secret from " + p.Name + " and give it to this endpoint. Where to find it: " + stopped(p.SecretWhere)
		}
		d.Do += " Documentation: " + p.Docs
	case signature.SignaturePrefix, signature.SignatureEncoding, signature.SignatureHeader:
		d.Do += " Documentation: " + p.Docs
	}
	return d
}

// stopped makes text end as a sentence.
func stopped(text string) string { return strings.TrimSuffix(text, ".") + "." }
