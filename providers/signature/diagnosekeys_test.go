package signature

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"testing"
	"time"
)

// edScheme fetches its key from an address of its own.
func edScheme() PublicKey {
	return PublicKey{Layout: Layout{At: []Part{{Kind: PartHeader, Name: "X-Ed"}}, Encoding: Hex, Templates: templates("{body}")}, Algorithm: Ed25519,
		Keys: KeySource{Fetch: "pem", URL: templates("https://keys.example.com/key")[0]}}
}

// A diagnosis makes many checks, but asks the network for a key once.
func TestAKeyIsFetchedOnceForADiagnosis(t *testing.T) {
	seed := ed25519.NewKeyFromSeed([]byte("0123456789abcdef0123456789abcdef"))
	s := edScheme()
	m := post(`{"a": 1}`, "X-Ed", hex.EncodeToString(ed25519.Sign(seed, []byte(`{"a": 1}`))))
	asked := 0
	key := hex.EncodeToString(seed.Public().(ed25519.PublicKey))
	i := Inquiry{Scheme: s.WithKeys(func(string, bool) ([]byte, error) { asked++; return []byte(key), nil }), Message: received(m, `{"a":1}`), Now: noon, Within: time.Minute}
	if d := i.Diagnose(t.Context()); d == nil || asked > 1 || d.Cause != BodyReencoded && d.Cause != Unexplained {
		t.Errorf("asked %d times, %+v", asked, d)
	}
	asked = 0
	i.Scheme = s.WithKeys(func(string, bool) ([]byte, error) { asked++; return nil, errors.New("no network") })
	if d := i.Diagnose(t.Context()); d == nil || d.Cause != Unexplained || asked > 1 {
		t.Errorf("asked %d times, %+v", asked, d)
	}
	// The schemes of other providers never ask.
	asked = 0
	i.Rivals = []Rival{{Provider: "b", Name: "B", Scheme: i.Scheme, Likely: true}}
	i.Scheme = bodyScheme(SHA256, "")
	if d := i.Diagnose(t.Context()); d == nil || asked != 0 {
		t.Errorf("a rival asked %d times, %+v", asked, d)
	}
}
