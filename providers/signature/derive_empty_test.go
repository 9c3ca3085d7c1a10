package signature

import "testing"

// With an empty key anybody could sign.
func TestASecretThatHoldsNoKeyVerifiesNothing(t *testing.T) {
	for text, form := range map[string]SecretForm{
		"whsec_": {Strip: []string{"whsec_"}, Encoding: Base64},
		"abc:":   {After: ":"},
		"key:":   {Parts: []string{"app_key", "secret"}},
		"pub:":   {Parts: []string{"public_key", "secret"}, Derive: "sha1"},
	} {
		s := bodyScheme(SHA256, "")
		s.Secret = form
		if v := s.Verify(sign(t, bodyScheme(SHA256, ""), post("{}"), "key"), secrets(text), noon); v.Outcome != Malformed {
			t.Errorf("%q: outcome %s, expected malformed", text, v.Outcome)
		}
	}
}
