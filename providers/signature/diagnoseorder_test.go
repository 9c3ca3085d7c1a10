package signature

import (
	"context"
	"strings"
	"testing"
	"time"
)

// Where several explanations hold, the plainest is named.
func TestTheSimplestCauseIsNamedFirst(t *testing.T) {
	s := bodyScheme(SHA256, "")
	rival := bodyScheme(SHA256, "")
	rival.At = []Part{{Kind: PartHeader, Name: "X-Rival"}}
	const body = `{"a":1}`
	for _, c := range []struct {
		name, signed, own, other string
		likely                   bool
		want                     Cause
	}{
		{"white space before another endpoint's secret", "key-17", "key-17\n", "key-17", false, SecretWhitespace},
		{"a prefix before another endpoint's secret", "abcd1234", "whsec_abcd1234", "abcd1234", false, SecretPrefix},
		{"an encoding before another endpoint's secret", "abcd1234", "YWJjZDEyMzQ=", "abcd1234", false, SecretEncoding},
		{"another endpoint's secret before its provider", "key-17", "other", "key-17", true, SecretOfOtherEndpoint},
	} {
		i := Inquiry{Scheme: s, Message: sign(t, s, post(body), c.signed), Own: secrets(c.own), Now: noon, Within: time.Minute,
			Others: []Keyring{{Endpoint: "other", Provider: "rival", Secrets: secrets(c.other)}},
			Rivals: []Rival{{Provider: "rival", Name: "Rival", Scheme: s, Likely: c.likely}}}
		if d := i.Diagnose(t.Context()); d == nil || d.Cause != c.want {
			t.Errorf("%s: got %+v, expected %s", c.name, d, c.want)
		}
	}
	m := sign(t, rival, post(body), "key-17-of-the-shop")
	for _, likely := range []bool{true, false} {
		i := Inquiry{Scheme: s, Message: m, Own: secrets("key-17-of-the-shop"), Now: noon, Within: time.Minute, Rivals: []Rival{{Provider: "rival", Name: "Rival", Scheme: rival, Likely: likely}}}
		want := SignatureHeader
		if likely {
			want = OtherProvider
		}
		if d := i.Diagnose(t.Context()); d.Cause != want {
			t.Errorf("a header of a provider that is likely %v: got %s, expected %s", likely, d.Cause, want)
		}
	}
}

func TestTwoAccidentsAreNamedOnlyWhenNoneAloneExplains(t *testing.T) {
	s := bodyScheme(SHA256, "sha256=")
	live := []Keyring{{Endpoint: "live", Secrets: secrets("live-key-17")}}
	m := sign(t, s, post(`{"a": 1}`), "live-key-17")
	d := diagnose(t, s, received(m, `{"a":1}`), live...)
	expectCause(t, d, SecretOfOtherEndpoint, "two things put right at once: with the secret of live, and when its JSON is written")
	if d.Also != BodyReencoded || d.Endpoint != "live" {
		t.Errorf("got %+v", d)
	}
	m.Header = m.Header.With("X-Signature", strings.TrimPrefix(m.Header.Get("X-Signature"), "sha256="))
	d = Diagnose(t.Context(), s, received(m, `{"a":1}`), secrets("live-key-17"), nil, noon)
	if d.Cause != SignaturePrefix || d.Also != BodyReencoded {
		t.Errorf("got %+v, expected a lost prefix and a body encoded anew", d)
	}
	d = diagnose(t, s, m, live...)
	if d.Cause != SecretOfOtherEndpoint || d.Also != SignaturePrefix {
		t.Errorf("got %+v, expected another secret and a lost prefix", d)
	}
}

// What anybody could compute explains nothing.
func TestATrickWithoutTheSecretNeverCounts(t *testing.T) {
	s := bodyScheme(SHA256, "")
	forged := post(`{"a":1}`)
	for _, key := range []string{"", "{}", "{\"a\":1}"} {
		sum := SHA256.sum(false, nil, []piece{{bytes: []byte(key + `{"a":1}`)}})
		forged.Header = Header{{"X-Signature", Hex.encode(sum)}}
		expectCause(t, diagnose(t, s, forged), Unexplained, "")
	}
	empty := SHA256.sum(true, nil, []piece{{bytes: forged.Body}})
	forged.Header = Header{{"X-Signature", Hex.encode(empty)}}
	for _, own := range []string{"whsec_", "x=", "Bearer ", "''", "_", ":"} {
		expectCause(t, Diagnose(t.Context(), s, forged, secrets(own), nil, noon), Unexplained, "")
	}
	// A public key is no shared secret.
	public := "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
	i := Inquiry{Scheme: PublicKey{Layout: Layout{At: []Part{{Kind: PartHeader, Name: "X-Ed"}}, Encoding: Hex, Templates: templates("{body}")}, Algorithm: Ed25519},
		Own: secrets(public), Now: noon, Within: time.Minute, Message: sign(t, s, post("{}"), public), Rivals: []Rival{{Provider: "r", Name: "R", Scheme: s, Likely: true}}}
	expectCause(t, i.Diagnose(t.Context()), Unexplained, "")
}

// None of them may take the program down; how long they take is a benchmark.
func TestHostileMessagesAreDiagnosed(t *testing.T) {
	for name, m := range hostile(t) {
		i := Inquiry{Scheme: listScheme(), Message: m, Own: secrets("key"), Others: rings(5), Now: noon, Within: 30 * time.Millisecond}
		if d := i.Diagnose(context.Background()); d == nil || d.Cause != Unexplained || len(d.Evidence) > 2000 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}
