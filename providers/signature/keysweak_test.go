package signature

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
)

// The encodings are those that libsodium and "Taming the many EdDSAs" (2020)
// list: points of small order, and the same ones not reduced.
func TestAnEd25519KeyOfSmallOrderIsNoKey(t *testing.T) {
	for _, text := range []string{
		"0100000000000000000000000000000000000000000000000000000000000000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"0000000000000000000000000000000000000000000000000000000000000080",
		"0000000000000000000000000000000000000000000000000000000000000000",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"0100000000000000000000000000000000000000000000000000000000000080",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		b, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		jwk := `{"kty":"OKP","crv":"Ed25519","x":"` + base64.RawURLEncoding.EncodeToString(b) + `"}`
		for _, written := range []string{text, base64.StdEncoding.EncodeToString(b), jwk} {
			if keys, err := parsePublicKeys(written); err == nil {
				t.Errorf("%s is read as %v, expected an error", written, keys)
			}
		}
	}
}

// With the neutral point for a key, the neutral point and zero are a signature
// of every message.
func TestASignatureThatFitsEveryMessageProvesNothing(t *testing.T) {
	weak := make([]byte, ed25519.PublicKeySize)
	weak[0] = 1
	forged := slices.Concat(weak, make([]byte, 32))
	if !ed25519.Verify(weak, []byte("anything"), forged) {
		t.Skip("this crypto/ed25519 refuses such a key itself")
	}
	s := PublicKey{Layout: Layout{At: at("header:X-Signature"), Encoding: Hex, Templates: templates("{body}")}, Algorithm: Ed25519}
	m := post(`{"a":1}`, "X-Signature", hex.EncodeToString(forged))
	v := s.Verify(m, secrets(hex.EncodeToString(weak)), noon)
	if v.Outcome != Malformed || !strings.Contains(lastEvidence(v), "public key") {
		t.Errorf("%s, expected malformed: %v", v.Outcome, v.Steps)
	}
}

// A public key of 32 bytes looks like a seed. Where the message tells which it
// is, it is not taken for one.
func TestThePublicKeyOfADeliveryIsNotTakenForASeed(t *testing.T) {
	private := ed25519.NewKeyFromSeed([]byte("0123456789abcdef0123456789abcdef"))
	public := hex.EncodeToString(private.Public().(ed25519.PublicKey))
	s := PublicKey{Layout: Layout{At: at("header:X-Signature"), Encoding: Hex, Templates: templates("{body}")}, Algorithm: Ed25519}
	m := post(`{"a":1}`, "X-Signature", hex.EncodeToString(ed25519.Sign(private, []byte(`{"a":1}`))))
	if _, err := s.Sign(m, NewSecret("#1", public), noon); err == nil || !strings.Contains(err.Error(), "is the public key") {
		t.Errorf("error %v, expected that it is the public key", err)
	}
	published := s
	published.Keys.Published = []string{public}
	if _, err := published.Sign(post(`{"b":2}`), NewSecret("#1", public), noon); err == nil {
		t.Error("the published key signs, expected an error")
	}
	for _, text := range []string{hex.EncodeToString(private.Seed()), hex.EncodeToString(private)} {
		out, err := s.Sign(m, NewSecret("#1", text), noon)
		if err != nil || s.Verify(out, secrets(public), noon).Outcome != Verified {
			t.Errorf("error %v with %d digits, expected a signature that verifies", err, len(text))
		}
	}
	if _, err := s.Sign(m, NewSecret("#1", public+public), noon); err == nil {
		t.Error("64 bytes that are no key sign, expected an error")
	}
}
