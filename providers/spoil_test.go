package providers

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// signed yields every example of a provider that signs.
func signed(t *testing.T, check func(p Provider, s signature.Shared, e Example)) {
	t.Helper()
	n := 0
	for _, p := range embedded(t).All() {
		s, ok := p.Scheme.(signature.Shared)
		if !ok {
			continue
		}
		for _, e := range p.Examples {
			n++
			check(p, s, e)
		}
	}
	if n < 6 {
		t.Fatalf("found %d signed examples, expected those of three providers", n)
	}
}

func refused(t *testing.T, p Provider, e Example, m signature.Message, how string, want ...signature.Outcome) {
	t.Helper()
	if got := p.Judge(m, e.secrets(), e.At).Outcome; !slices.Contains(want, got) {
		t.Errorf("%s %s: outcome %s, expected %v", e.File, how, got, want)
	}
}

// Each bit of the body is flipped; it must be noticed exactly where the
// verdict of the genuine delivery says that it would be.
func TestAFlippedBitIsNoticedWhereTheSignatureCoversIt(t *testing.T) {
	signed(t, func(p Provider, _ signature.Shared, e Example) {
		genuine := p.Judge(e.Message, e.secrets(), e.At)
		before := values(e.Message, genuine.Covered)
		for i := range e.Message.Body {
			m := e.Message
			m.Body = bytes.Clone(m.Body)
			m.Body[i] ^= 1 << (i % 8)
			intact := genuine.Cover == signature.CoverFields && slices.Equal(values(m, genuine.Covered), before)
			if intact {
				refused(t, p, e, m, "with a bit flipped outside the covered parts", signature.Verified)
				continue
			}
			refused(t, p, e, m, "with a covered bit flipped", signature.Mismatch, signature.Malformed)
		}
	})
}

// values returns the covered fields of m as a receiver reads them.
func values(m signature.Message, covered []string) (out []string) {
	f := signature.ReadFields(m)
	for _, name := range covered {
		p, err := signature.ParsePart(name)
		if err != nil || p.Kind != signature.PartJSON {
			continue
		}
		v := f.Get(p)
		out = append(out, v.Text)
	}
	return out
}

func TestASpoiledSignatureIsNoticed(t *testing.T) {
	signed(t, func(p Provider, s signature.Shared, e Example) {
		name := s.At[0].Name
		value := e.Message.Header.Get(name)
		with := func(value string) signature.Message {
			m := e.Message
			m.Header = m.Header.With(name, value)
			return m
		}
		m := e.Message
		m.Header = m.Header.Without(name)
		refused(t, p, e, m, "without its header", signature.Missing)
		m.Header = append(slices.Clone(e.Message.Header), signature.Field{Name: strings.ToUpper(name), Value: value})
		refused(t, p, e, m, "with its header twice", signature.Malformed)
		refused(t, p, e, with(""), "with an empty header", signature.Malformed)
		for cut := 1; cut <= 63; cut++ {
			refused(t, p, e, with(value[:len(value)-cut]), "with a truncated signature", signature.Malformed, signature.Mismatch)
		}
		for i := len(value) - 64; i < len(value); i++ {
			b := []byte(value)
			b[i] = "0123456789abcdef"[(strings.IndexByte("0123456789abcdef", b[i])+1)%16]
			refused(t, p, e, with(string(b)), "with another digit", signature.Mismatch)
		}
		upper := value[:len(value)-64] + strings.ToUpper(value[len(value)-64:])
		refused(t, p, e, with(upper), "with upper-case digits", signature.Verified)
	})
}

func TestAnotherSecretIsNoticedAndExplained(t *testing.T) {
	signed(t, func(p Provider, _ signature.Shared, e Example) {
		own := []signature.Secret{signature.NewSecret("#1", "not "+e.Secret)}
		if v := p.Judge(e.Message, own, e.At); v.Outcome != signature.Mismatch {
			t.Errorf("%s: outcome %s with another secret", e.File, v.Outcome)
		}
		d := signature.Diagnose(t.Context(), p.Scheme, e.Message, own,
			[]signature.Keyring{{Endpoint: "live", Secrets: e.secrets()}}, e.At)
		if d == nil || d.Cause != signature.SecretOfOtherEndpoint || d.Endpoint != "live" {
			t.Errorf("%s: diagnosis %+v, expected the secret of live", e.File, d)
		}
	})
}

func TestAnotherTimeIsNoticedWhereTheSchemeHasOne(t *testing.T) {
	signed(t, func(p Provider, _ signature.Shared, e Example) {
		for _, offset := range []time.Duration{24 * time.Hour, -24 * time.Hour} {
			want := signature.Verified
			if p.Tolerance > 0 {
				want = signature.Stale
			}
			if v := p.Judge(e.Message, e.secrets(), e.At.Add(offset)); v.Outcome != want {
				t.Errorf("%s: outcome %s after %s, expected %s", e.File, v.Outcome, offset, want)
			}
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
