package providers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// spoilable is one genuine delivery with what its scheme tells of itself.
type spoilable struct {
	p       Provider
	e       Example
	facts   signature.Facts
	layout  signature.Layout // its zero value for schemes without one
	genuine signature.Verdict
}

// signed runs check for every example of a provider that signs.
func signed(t *testing.T, check func(t *testing.T, s spoilable)) {
	t.Helper()
	n := 0
	for _, p := range embedded(t).All() {
		if !p.Signs {
			continue
		}
		n++
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			for _, e := range p.Examples {
				s := spoilable{p: p, e: e, facts: signature.FactsOf(p.Scheme), genuine: p.Judge(e.Message, e.secrets(), e.At)}
				s.layout = layoutOf(p.Scheme, e.Message)
				if s.genuine.Outcome == signature.Verified { // else another test fails
					check(t, s)
				}
			}
		})
	}
	if n < 3 {
		t.Fatalf("found %d providers that sign, expected three at least", n)
	}
}

// layoutOf is the layout of s, of several schemes that whose signature is in m.
func layoutOf(s signature.Scheme, m signature.Message) signature.Layout {
	switch s := s.(type) {
	case signature.Either:
		for _, one := range s.Schemes {
			for _, at := range signature.FactsOf(one).At {
				if signature.ReadFields(m).Get(at).Times > 0 {
					return layoutOf(one, m)
				}
			}
		}
	case signature.Shared:
		return s.Layout
	case signature.PublicKey:
		return s.Layout
	}
	return signature.Layout{}
}

// step is 1, more where one check takes up to a millisecond.
func (s spoilable) step() int {
	switch s.p.SchemeKind {
	case "public-key", "jwt", "jws", "http-signature":
		return 5
	}
	return 1
}

// refused judges a spoiled delivery.
func (s spoilable) refused(t *testing.T, m signature.Message, how string, want ...signature.Outcome) {
	t.Helper()
	v := s.p.Judge(m, s.e.secrets(), s.e.At)
	if len(want) == 0 && v.Outcome != signature.Verified && v.Outcome != signature.Stale {
		return
	}
	if !slices.Contains(want, v.Outcome) {
		t.Errorf("%s %s: outcome %s, expected %v\n%v", s.e.File, how, v.Outcome, want, v.Steps)
	}
}

// places yields the signature parts that the delivery has, with their values.
func (s spoilable) places() map[string]signature.Part {
	out := map[string]signature.Part{}
	for _, at := range s.facts.At {
		plain := at
		plain.Filters = nil
		if at.Kind == signature.PartHeader && strings.HasSuffix(at.Name, "*") {
			continue
		}
		if v := signature.ReadFields(s.e.Message).Get(plain); v.Times == 1 {
			out[v.Text] = at
		}
	}
	return out
}

func TestASignatureThatIsNotThereIsMissed(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		m := s.e.Message
		for _, at := range s.facts.At {
			m = without(m, at)
		}
		if len(s.facts.At) > 0 {
			s.refused(t, m, "without its signature", signature.Missing, signature.NoSecret)
		}
	})
}

func TestASignatureThatStandsThereTwiceIsMalformed(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		for value, at := range s.places() {
			if at.Kind != signature.PartHeader || s.layout.Repeated {
				continue
			}
			m := s.e.Message
			m.Header = append(slices.Clone(m.Header), signature.Field{Name: strings.ToUpper(at.Name), Value: value})
			s.refused(t, m, "with its signature twice", signature.Malformed)
		}
	})
}

func TestASpoiledSignatureIsNoticed(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		for value, at := range s.places() {
			if len(s.places()) > 1 {
				continue // the other one still counts
			}
			s.refused(t, with(s.e.Message, at, ""), "with an empty signature", signature.Malformed, signature.Missing)
			s.refused(t, with(s.e.Message, at, s.shortened(value, 3)), "with a truncated signature")
			s.refused(t, with(s.e.Message, at, s.shortened(value, len(value)/2)), "with half a signature")
			// Of an HTTP signature the name of the key is not signed.
			_, http := s.p.Scheme.(signature.HTTPSignature)
			if http || len(at.Filters) > 0 || s.layout.List.Pairs != "" || s.layout.Encoding == signature.Base64OfHex || s.layout.Unescape || s.layout.Suffix != "" {
				continue
			}
			for i := len(s.layout.Prefix); i < len(strings.TrimRight(value, "=")); i += s.step() {
				s.refused(t, with(s.e.Message, at, changed(value, i)), "with another digit")
			}
		}
	})
}

// shortened cuts n characters off the signature, of a list off each part.
func (s spoilable) shortened(value string, n int) string {
	cut := func(text string) string { return text[:max(0, len(text)-n)] }
	if s.layout.List.Pairs == "" {
		value, _, _ = strings.Cut(value, orNever(s.layout.Suffix))
		return cut(strings.TrimRight(value, "="))
	}
	parts := strings.Split(value, s.layout.List.Pairs)
	for i, part := range parts {
		parts[i] = cut(strings.TrimRight(part, "="))
	}
	return strings.Join(parts, s.layout.List.Pairs)
}

func orNever(separator string) string {
	if separator == "" {
		return "\x00"
	}
	return separator
}

func TestTheOrderInAListDoesNotMatter(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		for value, at := range s.places() {
			if s.layout.List.Pairs == "" || s.layout.List.Equals == "" {
				continue
			}
			parts := strings.Split(value, s.layout.List.Pairs)
			slices.Reverse(parts)
			s.refused(t, with(s.e.Message, at, strings.Join(parts, s.layout.List.Pairs)), "with its list in another order", signature.Verified)
		}
	})
}

func TestHexInUpperCaseCountsToo(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		for value, at := range s.places() {
			if s.layout.Encoding != signature.Hex || s.layout.List.Pairs != "" || s.layout.Suffix != "" {
				continue
			}
			n := len(s.layout.Prefix)
			s.refused(t, with(s.e.Message, at, value[:n]+strings.ToUpper(value[n:])), "in upper case", signature.Verified)
			s.refused(t, with(s.e.Message, at, value[:n]+strings.ToLower(value[n:])), "in lower case", signature.Verified)
		}
	})
}

func TestAnotherTimeIsNoticedWhereTheSchemeHasOne(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		_, several := s.p.Scheme.(signature.Either)
		distance := max(24*time.Hour, 2*s.p.Tolerance)
		for _, offset := range []time.Duration{distance, -distance} {
			v := s.p.Judge(s.e.Message, s.e.secrets(), s.e.At.Add(offset))
			stale := v.Outcome == signature.Stale
			if s.p.Tolerance > 0 && !stale && !several || v.Outcome != signature.Verified && !stale {
				t.Errorf("%s: outcome %s after %s\n%v", s.e.File, v.Outcome, offset, v.Steps)
			}
		}
	})
}

func TestAnotherSecretIsNoticedAndExplained(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		if s.e.Secret == "" {
			return
		}
		own := []signature.Secret{signature.NewSecret("#1", spoiledSecret(s.e.Secret))}
		v := s.p.Judge(s.e.Message, own, s.e.At)
		if v.Outcome != signature.Mismatch && v.Outcome != signature.Malformed {
			t.Errorf("%s: outcome %s with another secret", s.e.File, v.Outcome)
		}
		if v.Outcome != signature.Mismatch {
			return
		}
		d := signature.Diagnose(t.Context(), s.p.Scheme, s.e.Message, own,
			[]signature.Keyring{{Endpoint: "live", Secrets: s.e.secrets()}}, s.e.At)
		if d == nil || d.Cause != signature.SecretOfOtherEndpoint || d.Endpoint != "live" {
			t.Errorf("%s: diagnosis %+v, expected the secret of live", s.e.File, d)
		}
	})
}

func TestDuringARotationEitherSecretVerifies(t *testing.T) {
	p, e := example(t, "everifin-booked-rotation")
	for _, secret := range []string{"hook-secret-old-0001", "hook-secret-new-0002"} {
		e.Secret = secret
		v := p.Judge(e.Message, e.secrets(), e.At)
		if v.Outcome != signature.Verified || v.Variant != "timestamp.body" {
			t.Errorf("%s with variant %q, expected verified by timestamp.body", v.Outcome, v.Variant)
		}
	}
	p, e = example(t, "everifin-refund-body-first")
	if v := p.Judge(e.Message, e.secrets(), e.At); v.Variant != "body.timestamp" {
		t.Errorf("variant %q, expected body.timestamp", v.Variant)
	}
}
