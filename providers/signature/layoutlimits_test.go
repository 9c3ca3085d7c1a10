package signature

import (
	"strings"
	"testing"
)

func TestWhatIsAmbiguousIsMalformed(t *testing.T) {
	good := func(s *Shared) {}
	single := func(s *Shared) { s.Single = []Part{part("json:items")} }
	equal := func(s *Shared) { s.Equals = []Equal{{part("query:h"), templates("{json:v}")[0]}} }
	for _, c := range []struct {
		name  string
		spoil func(*Shared)
		m     Message
		want  Outcome
		says  string
	}{
		{"header twice", good, post(smallBody, "X-Signature", smallHex, "X-SIGNATURE", smallHex), Malformed, "2 times"},
		{"two elements", single, post(`{"items":[1,2]}`, "X-Signature", smallHex), Malformed, "a list with one element"},
		{"no list", single, post(smallBody, "X-Signature", smallHex), Malformed, "a list with one element"},
		{"list twice", single, post(`{"items":[1],"items":[1]}`, "X-Signature", smallHex), Malformed, "a list with one element"},
		{"not equal", equal, with(asked("/hook?h=b", `{"v":"a"}`), "X-Signature", smallHex), Mismatch, `"b": expected "a"`},
		{"equal twice", equal, with(asked("/hook?h=a&h=a", `{"v":"a"}`), "X-Signature", smallHex), Malformed, "2 times"},
		{"query twice", func(s *Shared) { s.At = at("query:s") }, asked("/hook?s="+smallHex+"&s="+smallHex, smallBody), Malformed, "2 times"},
		{"no algorithm", func(s *Shared) {
			s.Algorithm = "key:a"
			list(",", "=", "s")(s)
		}, header("s=" + smallHex), Malformed, "a with a known algorithm"},
		{"unknown algorithm", func(s *Shared) {
			s.Algorithm = "key:a"
			list(",", "=", "s")(s)
		}, header("a=sha3,s=" + smallHex), Malformed, "a with a known algorithm"},
		{"odd hex", good, header(smallHex[1:]), Malformed, "64 hex digits"},
		{"NUL", good, header(smallHex + "\x00"), Malformed, "64 hex digits"},
		{"number of nothing", func(s *Shared) { s.At = at("header:X-Signature-*") }, post(smallBody, "X-Signature-", smallHex), Missing, "X-Signature-*"},
	} {
		s := bodyScheme(SHA256, "")
		c.spoil(&s)
		v := s.Verify(c.m, secrets("key"), noon)
		if v.Outcome != c.want || !strings.Contains(v.Steps[len(v.Steps)-1].Evidence, c.says) {
			t.Errorf("%s: %s, expected %s that says %q\n%v", c.name, v.Outcome, c.want, c.says, v.Steps)
		}
	}
}

func TestThousandsOfSignaturesAreNotTried(t *testing.T) {
	many := strings.Repeat(smallHex[:62]+"00,", 10_000)
	repeated := Message{Method: "POST", Body: []byte(smallBody)}
	for range 10_000 {
		repeated.Header = append(repeated.Header, Field{"X-Signature", smallHex[:62] + "00"})
	}
	for name, c := range map[string]struct {
		spoil func(*Shared)
		m     Message
	}{
		"list":     {list(",", "", "1-"), header(many)},
		"keys":     {list(",", "=", "*"), header("v1=" + strings.ReplaceAll(many, ",", ",v1="))},
		"repeated": {func(s *Shared) { s.Repeated = true }, repeated},
		"long":     {func(s *Shared) {}, header(many)},
	} {
		s := bodyScheme(SHA256, "")
		c.spoil(&s)
		v := s.Verify(c.m, secrets("key"), noon)
		if v.Outcome != Malformed || len(v.Steps) > 100 {
			t.Errorf("%s: %s with %d steps, expected malformed", name, v.Outcome, len(v.Steps))
		}
	}
}

func TestASchemeOfSeveralJudgesByTheOneThatIsThere(t *testing.T) {
	old, now := bodyScheme(SHA1, "sha1="), bodyScheme(SHA256, "sha256=")
	old.At, now.At = at("header:X-Old"), at("header:X-New")
	both := Either{[]Scheme{now, old, Token{At: at("header:X-Token")}}}
	if err := both.Check(); err != nil {
		t.Fatal(err)
	}
	signed := sign(t, now, sign(t, old, post(smallBody), "key"), "key")
	for _, c := range []struct {
		name string
		m    Message
		want Outcome
		says string
	}{
		{"both", signed, Verified, "HMAC-SHA256 in the header X-New"},
		{"old", sign(t, old, post(smallBody), "key"), Verified, "HMAC-SHA1 in the header X-Old"},
		{"new spoiled", with(signed, "X-New", "sha256="+strings.Repeat("0", 64)), Verified, "HMAC-SHA1"},
		{"old spoiled", with(signed, "X-Old", "sha1="), Verified, "HMAC-SHA256"},
		{"token", post(smallBody, "X-Token", "key"), Verified, "a token in the header X-Token"},
		{"wrong token", post(smallBody, "X-Token", "kay"), Mismatch, "a token in the header X-Token"},
		{"other secret", sign(t, old, post(smallBody), "other"), Mismatch, "HMAC-SHA1 in the header X-Old"},
		{"none", post(smallBody), Missing, "the header X-New is not there"},
	} {
		v := both.Verify(c.m, secrets("key"), noon)
		if v.Outcome != c.want || !strings.Contains(v.Steps[0].Evidence, c.says) {
			t.Errorf("%s: %s with %v, expected %s by %s", c.name, v.Outcome, v.Steps, c.want, c.says)
		}
		if v.Outcome == Verified {
			again := both.Prefer(v.Variant)
			m := sign(t, again, post(smallBody), "key")
			expect(t, again.Schemes[0].Verify(m, secrets("key"), noon), Verified)
			if got := both.Verify(m, secrets("key"), noon).Variant; got != v.Variant {
				t.Errorf("%s: signed as %q, expected %q", c.name, got, v.Variant)
			}
		}
	}
	expect(t, both.Verify(signed, nil, noon), NoSecret)
}
