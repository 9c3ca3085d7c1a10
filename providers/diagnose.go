package providers

import (
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// Diagnose explains why a delivery that p judged is not verified, with all that
// the catalogue knows: the schemes of the other providers, where the secret is
// found, and where the signature is documented. The inquiry brings the
// message, the secrets and where else to look; provider, scheme and rivals are
// filled in. It returns nil when there is nothing to explain, and for the zero
// Provider.
func (c Catalog) Diagnose(ctx context.Context, p Provider, i signature.Inquiry) *signature.Diagnosis {
	if p.Scheme == nil {
		return nil
	}
	i.Provider, i.Scheme = p.ID, p.Scheme
	if i.Rivals == nil {
		i.Rivals = c.rivals(p, i.Message)
	}
	return p.advise(i.Diagnose(ctx), i.Own)
}

// Diagnose is Catalog.Diagnose for a caller without a catalogue. Only the end of
// ctx bounds its time.
func (p Provider) Diagnose(ctx context.Context, m signature.Message, own []signature.Secret, others []signature.Keyring, now time.Time) *signature.Diagnosis {
	return Catalog{}.Diagnose(ctx, p, signature.Inquiry{Message: m, Own: own, Others: others, Now: now, Within: time.Hour})
}

// rivals are the schemes of the other providers, those first whose deliveries
// look like m.
func (c Catalog) rivals(p Provider, m signature.Message) []signature.Rival {
	likely := map[string]bool{}
	for _, d := range c.Detect(m) {
		if d.ID == p.ID {
			break // the others are no likelier than this one
		}
		likely[d.ID] = true
	}
	var out []signature.Rival
	for _, other := range c.All() {
		if other.ID == p.ID || !other.Signs {
			continue
		}
		out = append(out, signature.Rival{
			Provider: other.ID, Name: other.Name, Scheme: other.Scheme,
			Likely: likely[other.ID], Same: sameFamily(p.ID, other.ID),
		})
	}
	slices.SortStableFunc(out, func(a, b signature.Rival) int { return order(b) - order(a) })
	return out
}

func order(r signature.Rival) int {
	switch {
	case r.Same:
		return 2
	case r.Likely:
		return 1
	}
	return 0
}

// sameFamily tells ids of one provider's several schemes: "messagebird" and
// "messagebird_legacy".
func sameFamily(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	version, ok := strings.CutPrefix(b, a+"_")
	return ok && slices.Contains([]string{"legacy", "classic", "old", "v1", "v2", "v3", "v4", "ed25519", "jwt", "jws", "hmac", "token", "basic"}, version)
}

// advise adds to a diagnosis where the secret and the documentation are found.
func (p Provider) advise(d *signature.Diagnosis, own []signature.Secret) *signature.Diagnosis {
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
	case signature.SignaturePrefix, signature.SignatureEncoding, signature.SignatureHeader, signature.SchemeVersion,
		signature.AlgorithmCause, signature.PartsOrder, signature.TimestampUnit, signature.SecretEncoding:
		d.Do += " Documentation: " + p.Docs
	}
	return d
}

// stopped makes text end as a sentence.
func stopped(text string) string { return strings.TrimSuffix(text, ".") + "." }
