package signature

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestOutcomesRankInTheirOrder(t *testing.T) {
	s := bodyScheme(SHA256, "sha256=")
	good := sign(t, s, post(`{"a":1}`), "key")
	value := good.Header.Get("X-Signature")
	for _, c := range []struct {
		name    string
		m       Message
		secrets []Secret
		want    Outcome
		says    string
	}{
		{"genuine", good, secrets("key"), Verified, "matches with secret #1"},
		{"second secret", good, secrets("old", "key"), Verified, "matches with secret #2"},
		{"no secret", good, nil, NoSecret, "none is configured"},
		{"empty secret", good, secrets("", ""), NoSecret, "none is configured"},
		{"no secret ranks before missing", post("{}"), nil, NoSecret, ""},
		{"missing", post("{}"), secrets("key"), Missing, `expected "sha256=" and 64 hex digits`},
		{"empty header", post("{}", "X-Signature", ""), secrets("key"), Malformed, `got ""`},
		{"other secret", good, secrets("other"), Mismatch, "expected "},
		{"other body", post(`{"a":2}`, "X-Signature", value), secrets("key"), Mismatch, "received "},
		{"no prefix", post(`{"a":1}`, "X-Signature", value[7:]), secrets("key"), Malformed, `expected "sha256=" and 64 hex digits, got`},
		{"other prefix", post(`{"a":1}`, "X-Signature", "sha1="+value[7:]), secrets("key"), Malformed, `got "sha1=`},
		{"odd hex", post(`{"a":1}`, "X-Signature", value[:len(value)-1]), secrets("key"), Malformed, "64 hex digits"},
		{"short", post(`{"a":1}`, "X-Signature", value[:len(value)-2]), secrets("key"), Malformed, "64 hex digits"},
		{"not hex", post(`{"a":1}`, "X-Signature", value[:len(value)-2]+"zz"), secrets("key"), Malformed, "64 hex digits"},
		{"twice", post(`{"a":1}`, "X-Signature", value, "x-signature", value), secrets("key"), Malformed, "stands there 2 times: expected once"},
		{"spaces around", post(`{"a":1}`, "X-Signature", " "+value+"\t"), secrets("key"), Verified, ""},
	} {
		v := s.Verify(c.m, c.secrets, noon)
		if v.Outcome != c.want {
			t.Errorf("%s: outcome %s, expected %s", c.name, v.Outcome, c.want)
		}
		expectText(t, lastEvidence(v), c.says)
		if proved := v.Outcome == Verified; proved != (v.Cover != "") || proved != (v.Secret != "") {
			t.Errorf("%s: cover %q and secret %q with %s", c.name, v.Cover, v.Secret, v.Outcome)
		}
	}
}

func TestAProviderThatSignsNothingIsUnsigned(t *testing.T) {
	expect(t, NoSignature{}.Verify(post("{}"), secrets("key"), noon), Unsigned)
	if m, err := (NoSignature{}).Sign(post("{}"), NewSecret("#1", "key"), noon); err != ErrUnsigned || string(m.Body) != "{}" {
		t.Errorf("got %v, expected ErrUnsigned and the message", err)
	}
}

func TestEvidenceShowsOnlyTheBeginningOfTheExpectedValue(t *testing.T) {
	s := bodyScheme(SHA256, "")
	good := sign(t, s, post("{}"), "key").Header.Get("X-Signature")
	v := s.Verify(post("{}", "X-Signature", strings.Repeat("0", 64)), secrets("key"), noon)
	out := marshal(t, v)
	if !strings.Contains(out, good[:8]+"…") || strings.Contains(out, good[:9]) {
		t.Errorf("the evidence of %s shows %s", good, out)
	}
}

// A sender that puts the secret itself where the signature or a field belongs
// must not bring it on screen.
func TestSecretsNeverAppearInAVerdict(t *testing.T) {
	const secret = "s3cret-Value-0123456789abcdef0123456789abcdef0123456789abcdef"
	for _, s := range []Shared{bodyScheme(SHA256, ""), bodyScheme(SHA256, "sha256="), fieldScheme(), listScheme()} {
		long := strings.Repeat("x", 90)
		body := `{"id":"` + long + secret + `","date":"` + secret + `"}`
		for _, value := range []string{secret, "sha256=" + secret, "ts=" + secret + ";v0=" + secret, long + secret,
			"ts=2024-05-06T12:00:00Z;v0=" + strings.Repeat("a", 64)} {
			m := post(body, s.At[0].Name, value)
			for _, m := range []Message{m, post(secret+body, s.At[0].Name, value), sign(t, s, m, secret)} {
				out := marshal(t, s.Verify(m, secrets(secret), noon)) + marshal(t, s.Verify(m, secrets(secret, "other"), noon))
				if strings.Contains(out, secret[:8]) || strings.Contains(out, secret[len(secret)-8:]) {
					t.Errorf("a part of the secret stands in %s", out)
				}
			}
		}
	}
}

func TestEvidenceIsCut(t *testing.T) {
	s := fieldScheme()
	long := strings.Repeat("ą", 100_000)
	m := sign(t, s, post(`{"id":"`+long+`","date":"`+long+`","object":1}`), "key")
	for _, v := range []Verdict{s.Verify(m, secrets("key"), noon), s.Verify(m, secrets("other"), noon),
		listScheme().Verify(post(long, "Signature", long), secrets("key"), noon)} {
		for _, step := range v.Steps {
			if n := len([]rune(step.Evidence)); n > maxEvidence {
				t.Errorf("evidence of %q has %d characters, expected at most %d", step.Name, n, maxEvidence)
			}
		}
	}
}

func TestManySignaturesAreRefused(t *testing.T) {
	s := listScheme()
	value := "ts=2024-05-06T12:00:00.000Z" + strings.Repeat(";v0="+strings.Repeat("a", 64), 10_000)
	v := s.Verify(post("{}", "Signature", value), secrets("key"), noon)
	expect(t, v, Malformed)
	expectText(t, lastEvidence(v), "more than 64 signatures")
	v = s.Verify(post("{}", "Signature", strings.Repeat("x=1;", 10_000)), secrets("key"), noon)
	expect(t, v, Malformed)
	expectText(t, lastEvidence(v), "more than 80 parts")
}

func marshal(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAValueCannotForgeALineOfEvidence(t *testing.T) {
	v := freeDate(strings.Replace(freeDateBody, "12:34", `12:34\nsignature right\u202e`, 1))
	for _, step := range v.Steps {
		if strings.Contains(step.Evidence, "\nsignature") || strings.Contains(step.Evidence, "\u202e") {
			t.Errorf("evidence %q holds what the sender wrote", step.Evidence)
		}
	}
}
