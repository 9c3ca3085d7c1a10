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

func TestAMalformedVerdictSaysWhatWasExpected(t *testing.T) {
	v := bodyScheme(SHA256, "sha256=").Verify(post("{}", "X-Signature", "sha1=00"), secrets("key"), noon)
	expectText(t, v.Says(), `expected "sha256=" and 64 hex digits, got "sha1=00"`)
}
