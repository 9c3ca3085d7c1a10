package signature

import (
	"strings"
	"testing"
)

// The cases of RFC 2202 and RFC 4231 whose keys are text or bytes that a
// secret in hex can hold.
func TestPublishedVectorsVerify(t *testing.T) {
	for _, c := range []struct {
		name, keyHex, data, want string
		a                        Algorithm
	}{
		{"RFC 4231 case 1", strings.Repeat("0b", 20), "Hi There",
			"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", SHA256},
		{"RFC 4231 case 2", "4a656665", "what do ya want for nothing?",
			"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", SHA256},
		{"RFC 4231 case 2, SHA-512", "4a656665", "what do ya want for nothing?",
			"164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737", SHA512},
		{"RFC 4231 case 3", strings.Repeat("aa", 20), strings.Repeat("\xdd", 50),
			"773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe", SHA256},
		{"RFC 2202 case 2, SHA-1", "4a656665", "what do ya want for nothing?",
			"effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", SHA1},
		{"RFC 2202 case 2, MD5", "4a656665", "what do ya want for nothing?",
			"750c783e6ab0b503eaa86e310a5db738", MD5},
	} {
		s := bodyScheme(c.a, "")
		s.Secret.Encoding = Hex
		for _, text := range []string{c.want, strings.ToUpper(c.want)} {
			v := s.Verify(post(c.data, "X-Signature", text), secrets(c.keyHex), noon)
			if v.Outcome != Verified || v.Cover != CoverBody {
				t.Errorf("%s: %s %s, expected verified body", c.name, v.Outcome, v.Cover)
			}
		}
	}
}

// GitHub prints this value in its page on validating deliveries.
func TestGitHubsPublicTestValueVerifies(t *testing.T) {
	m := post("Hello, World!", "x-signature", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
	expect(t, bodyScheme(SHA256, "sha256=").Verify(m, secrets("It's a Secret to Everybody"), noon), Verified)
}

// Signatures made with: printf '{"a":1}' | openssl dgst -sha256 -hmac key -binary | base64
func TestBase64IsReadWithAndWithoutPadding(t *testing.T) {
	for encoding, text := range map[Encoding]string{
		Base64:    "iKZ/JLvNrtDmyZdAS7eadDuvRMa6svTCcyjjAJ0i40I=",
		Base64URL: "iKZ_JLvNrtDmyZdAS7eadDuvRMa6svTCcyjjAJ0i40I=",
	} {
		s := bodyScheme(SHA256, "")
		s.Encoding = encoding
		for _, value := range []string{text, strings.TrimRight(text, "=")} {
			expect(t, s.Verify(post(`{"a":1}`, "X-Signature", value), secrets("key"), noon), Verified)
		}
		expect(t, s.Verify(post(`{"a":1}`, "X-Signature", text[:40]), secrets("key"), noon), Malformed)
	}
}

func TestSecretsAreDecodedAsTheSchemeSays(t *testing.T) {
	s := bodyScheme(SHA256, "")
	signed := sign(t, s, post("{}"), "raw key")
	s.Secret = SecretForm{Strip: []string{"whsec_"}, Encoding: Base64}
	expect(t, s.Verify(signed, secrets("whsec_cmF3IGtleQ=="), noon), Verified)
	expect(t, s.Verify(signed, secrets("cmF3IGtleQ"), noon), Verified)
	v := s.Verify(signed, secrets("not base64!"), noon)
	expect(t, v, Malformed)
	expectText(t, lastEvidence(v), "secret #1 cannot be decoded: expected whsec_ and base64")
	expect(t, s.Verify(signed, secrets("not base64!", "whsec_cmF3IGtleQ=="), noon), Verified)
}
