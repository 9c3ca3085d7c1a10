package signature

import (
	"strings"
	"testing"
)

func TestAnotherPrefixIsFound(t *testing.T) {
	const body = `{"a":1}`
	s, bare := bodyScheme(SHA256, "sha256="), bodyScheme(SHA256, "")
	hash := sign(t, bare, post(body), "key").Header.Get("X-Signature")
	listed := listScheme()
	listed.Prefix = "h:"
	listed.Timestamp, listed.Templates, listed.JSONObject = Timestamp{}, templates("{body}"), false
	for _, c := range []struct {
		s           Shared
		value, says string
	}{
		{s, hash, `without a prefix: this provider writes "sha256=" before it`},
		{s, "SHA256=" + hash, `"SHA256=" before the signature is taken for its prefix: this provider writes "sha256="`},
		{s, "sha1=" + hash, `"sha1=" before the signature is taken`},
		{s, "sha256:" + hash, `"sha256:" before the signature is taken`},
		{s, "Bearer " + hash, `"Bearer " before the signature is taken`},
		{bare, "sha256=" + hash, `"sha256=" before the signature is taken for its prefix: this provider writes none`},
		{listed, "v0=" + hash, `this provider writes "h:" before it`},
		{listed, "v0=g:" + hash, `"g:" before the signature is taken for its prefix: this provider writes "h:"`},
	} {
		m := post(body, c.s.At[0].Name, c.value)
		expect(t, c.s.Verify(m, secrets("key"), noon), Malformed)
		expectCause(t, diagnose(t, c.s, m), SignaturePrefix, c.says)
		d := Diagnose(t.Context(), c.s, m, secrets("other"), nil, noon)
		expectCause(t, d, Unexplained, "This provider gives")
		if len(d.Tried) < 2 || !strings.HasPrefix(d.Tried[0], "the signature with another prefix") {
			t.Errorf("tried %q, expected prefixes and encodings", d.Tried)
		}
	}
}

func TestAPrefixNeverShowsTheSecret(t *testing.T) {
	s := bodyScheme(SHA256, "sha256=")
	hash := sign(t, s, post("{}"), "key").Header.Get("X-Signature")[7:]
	d := diagnose(t, s, post("{}", "X-Signature", "key="+hash))
	expectCause(t, d, SignaturePrefix, dots+`="`)
	d = diagnose(t, s, post("{}", "X-key-Signature", "sha256="+hash))
	expectCause(t, d, SignatureHeader, "X-"+dots+"-Signature")
}

func TestAnotherEncodingIsFound(t *testing.T) {
	for _, c := range []struct{ sent, expected Encoding }{{Base64, Hex}, {Hex, Base64}, {Base64URL, Hex}} {
		s := bodyScheme(SHA256, "sha256=")
		s.Encoding = c.sent
		m := sign(t, s, post(`{"a":1}`), "key")
		s.Encoding = c.expected
		expect(t, s.Verify(m, secrets("key"), noon), Malformed)
		expectCause(t, diagnose(t, s, m), SignatureEncoding, "this provider writes it in "+string(c.expected))
	}
}

func TestASignatureInAnotherHeaderIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "sha256=")
	value := sign(t, s, post("{}"), "key").Header.Get("X-Signature")
	m := post("{}", "Host", "shop.example", "X-Hub-Signature", value)
	expect(t, s.Verify(m, secrets("key"), noon), Missing)
	expectCause(t, diagnose(t, s, m), SignatureHeader, "from the header X-Hub-Signature: this provider puts it into X-Signature")
	d := Diagnose(t.Context(), s, m, secrets("other"), nil, noon)
	expectCause(t, d, Unexplained, "this delivery has none")
	if got := strings.Join(d.Tried, "; "); !strings.HasPrefix(got, "each other header as the signature") {
		t.Errorf("tried %q", got)
	}
	if d := diagnose(t, s, post("{}")); len(d.Tried) != 0 {
		t.Errorf("tried %q in a message without headers", d.Tried)
	}
}

func TestAMarkBeforeABodyThatIsNotSignedIsNotCalledSigned(t *testing.T) {
	m := sign(t, fieldScheme(), post(`{"id":"1","date":"2"}`), "key")
	d := diagnose(t, fieldScheme(), received(m, "\xef\xbb\xbf"+string(m.Body)))
	expectCause(t, d, BodyBOM, "as it is, the signed fields can't be read")
	if strings.Contains(d.Says, "the body that was signed") {
		t.Errorf("says %q of a scheme that signs no body", d.Says)
	}
}

func TestEvidenceIsCutBetweenCharacters(t *testing.T) {
	for _, secret := range []string{"a", "0", "ab"} {
		s := bodyScheme(SHA256, "")
		for _, m := range []Message{sign(t, s, post("{}"), secret), sign(t, s, post("{}"), "other")} {
			out := marshal(t, s.Verify(m, secrets(secret), noon))
			if strings.ContainsRune(out, '\ufffd') {
				t.Errorf("a character is cut in %s", out)
			}
		}
	}
}

// A secret that is sent many times over must not peep out where a value is cut.
func TestASecretSentManyTimesOverIsHiddenWhole(t *testing.T) {
	s := bodyScheme(SHA256, "")
	for _, size := range []int{9, 60, 61, 100, 399, 400, 1000} {
		secret := strings.Repeat("Xy7", size)[:size]
		for shift := range 8 {
			m := post("{}", "X-Signature", strings.Repeat("z", shift)+strings.Repeat(secret, 60))
			if out := marshal(t, s.Verify(m, secrets(secret), noon)); strings.Contains(out, "Xy7") {
				t.Fatalf("a secret of %d characters peeps out of %s", size, out)
			}
		}
	}
	m := post("{}", "X-Signature", "short-and-longer")
	if out := marshal(t, s.Verify(m, secrets("short", "short-and-longer"), noon)); strings.Contains(out, "longer") {
		t.Errorf("the rest of a secret stands in %s", out)
	}
}
