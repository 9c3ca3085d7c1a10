package signature

import (
	"strings"
	"testing"
)

func TestToneSymbolAndWordGoTogether(t *testing.T) {
	for _, c := range []struct {
		o            Outcome
		c            Cover
		tone         Tone
		symbol, word string
	}{
		{Verified, CoverBody, Good, "✓", "verified"},
		{Verified, CoverFields, Caution, "◐", "partly covered"},
		{Verified, CoverNone, Caution, "◐", "token only"},
		{Stale, CoverBody, Caution, "◐", "stale"},
		{Mismatch, "", Bad, "✕", "mismatch"},
		{Missing, "", Bad, "✕", "missing"},
		{Malformed, "", Bad, "✕", "malformed"},
		{NoSecret, "", Neutral, "–", "no secret"},
		{Unsigned, "", Neutral, "–", "unsigned"},
		{"", "", Neutral, "–", "not checked"},
	} {
		v := Verdict{Outcome: c.o, Cover: c.c}
		if v.Tone() != c.tone || c.o.Symbol(c.c) != c.symbol || c.o.Word(c.c) != c.word {
			t.Errorf("%s %s: tone %d, %s %s", c.o, c.c, v.Tone(), c.o.Symbol(c.c), c.o.Word(c.c))
		}
		if v.Title() == "" || !strings.HasSuffix(v.Says(), ".") {
			t.Errorf("%s %s: title %q, says %q", c.o, c.c, v.Title(), v.Says())
		}
	}
}

func TestAVerdictSaysWhatIsNotCovered(t *testing.T) {
	v := freeDate(freeDateBody)
	if v.Title() != "Sender verified, payload not covered" {
		t.Errorf("title %q", v.Title())
	}
	expectText(t, v.Says(), "only id and date are protected")
}

func TestAMalformedVerdictSaysWhatIsAtFault(t *testing.T) {
	const hexHash = "be6c4fd9c74438ad6eda1f17d074b2d0dcc7febc17c34daf926fba120a14b8f7"
	encoded := bodyScheme(SHA256, "")
	encoded.Secret.Encoding = Hex
	for _, c := range []struct {
		v           Verdict
		title, says string
	}{
		{bodyScheme(SHA256, "sha256=").Verify(post("{}", "X-Signature", "sha1=00"), secrets("key"), noon),
			"Signature can't be read", "can't be one"},
		{fieldScheme().Verify(post(`{"id":"1"}`, "X-Signature", hexHash), secrets("key"), noon),
			"Delivery can't be checked", "missing, repeated or unreadable"},
		{listScheme().Verify(post("{}", "Signature", "v0="+hexHash), secrets("key"), noon),
			"Delivery can't be checked", "missing, repeated or unreadable"},
		{encoded.Verify(post("{}", "X-Signature", hexHash), secrets("no hex"), noon),
			"Delivery can't be checked", "secret can't be decoded"},
		{Verdict{Outcome: Malformed}, "Delivery can't be checked", "proves nothing"},
	} {
		expect(t, c.v, Malformed)
		if c.v.Title() != c.title {
			t.Errorf("title %q, expected %q", c.v.Title(), c.title)
		}
		expectText(t, c.v.Says(), c.says)
	}
}

func TestASenderThatNobodyKnowsIsNotCalledUnsigned(t *testing.T) {
	unknown := Verdict{Outcome: Unsigned}
	if unknown.Title() != "Not checked" || unknown.Word() != "not checked" || unknown.Tone() != Neutral {
		t.Errorf("title %q, word %q", unknown.Title(), unknown.Word())
	}
	expectText(t, unknown.Says(), "looks like no known provider, so nobody was asked")
	known := Verdict{Provider: "truust", Outcome: Unsigned}
	if known.Title() != "Not signed by the provider" || known.Word() != "unsigned" {
		t.Errorf("title %q, word %q", known.Title(), known.Word())
	}
	expectText(t, known.Says(), "could speak for a delivery, and the contents are unverified")
	if matched := (Verdict{Outcome: Verified, Cover: CoverFields}); matched.Word() != "partly covered" {
		t.Errorf("word %q", matched.Word())
	}
}

func TestAnUnsignedDeliveryHasNoTickedStep(t *testing.T) {
	if v := (NoSignature{}).Verify(post("{}"), nil, noon); len(v.Steps) != 0 {
		t.Errorf("steps %+v, although nothing was checked", v.Steps)
	}
}

// What the verdict, its step and its diagnosis say stands on one screen.
func TestNothingIsSaidTwice(t *testing.T) {
	for _, c := range []struct {
		s    Shared
		m    Message
		keys []Secret
	}{
		{bodyScheme(SHA256, "sha256="), post("{}"), secrets("key")},
		{bodyScheme(SHA256, "sha256="), post("{}", "X-Signature", "sha1=00"), secrets("key")},
		{bodyScheme(SHA256, "sha256="), post("{}"), nil},
		{fieldScheme(), post(`{"id":"1"}`, "X-Signature", freeDateHash), secrets("key")},
		{fieldScheme(), post(`{"id":"1","id":"2","date":""}`, "X-Signature", freeDateHash), secrets("key")},
		{listScheme(), post("[]", "Signature", "ts=2024-05-06T12:00:00Z;v0="+freeDateHash), secrets("key")},
		{listScheme(), post("{}", "Signature", "v0="+freeDateHash), secrets("key")},
		{listScheme(), post("{}", "Signature", "nonsense"), secrets("key")},
	} {
		v := c.s.Verify(c.m, c.keys, noon)
		d := Diagnose(t.Context(), c.s, c.m, c.keys, nil, noon)
		step := strings.ToLower(strings.TrimSuffix(lastEvidence(v), "."))
		for _, says := range []string{v.Says(), d.Says} {
			if strings.Contains(strings.ToLower(says), step) || v.Says() == d.Says {
				t.Errorf("%s: the verdict says %q, its step %q, the diagnosis %q", v.Outcome, v.Says(), lastEvidence(v), d.Says)
			}
		}
	}
}

func TestAPrivateKeyIsNotCalledASecret(t *testing.T) {
	pair, _, err := NewPair(PublicKey{Algorithm: Ed25519})
	if err != nil {
		t.Fatal(err)
	}
	s := PublicKey{Layout: bodyScheme(SHA256, "").Layout, Algorithm: Ed25519}
	m, err := s.Sign(post("{}"), NewSecret("#1", pair.Private), noon)
	if err != nil {
		t.Fatal(err)
	}
	v := s.Verify(m, secrets(pair.Public), noon)
	if says := v.Says(); v.Outcome != Verified || says != "The sender holds the private key and the body is intact." {
		t.Errorf("%s: %q", v.Outcome, says)
	}
}
