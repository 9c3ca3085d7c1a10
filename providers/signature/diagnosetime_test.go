package signature

import (
	"crypto/hmac"
	"crypto/sha256"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestATimeInAnotherUnitIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "")
	s.Templates = templates("{timestamp}.{body}")
	s.Timestamp = Timestamp{At: Part{Kind: PartHeader, Name: "X-Time"}, Format: Unix, Tolerance: time.Minute}
	genuine := sign(t, s, post("{}"), "key")
	stamp := genuine.Header.Get("X-Time")
	for _, other := range []string{stamp + "000", stamp + "000000", noon.Format(time.RFC3339)} {
		m := genuine
		m.Header = m.Header.With("X-Time", other)
		d := diagnose(t, s, m)
		expectCause(t, d, TimestampUnit, "when "+stamp+" was signed")
		expectText(t, d.Evidence, other)
	}
	// Signed and sent in milliseconds, where seconds are expected.
	milli := s
	milli.Timestamp.Format = UnixMilli
	expectCause(t, diagnose(t, s, sign(t, milli, post("{}"), "key")), TimestampUnit, "a Unix time in milliseconds")
	expectCause(t, diagnose(t, milli, genuine), TimestampUnit, "a Unix time in seconds")
}

func TestAnotherKeyOfAListIsFound(t *testing.T) {
	s := listScheme()
	m := sign(t, s, post("{}"), "key")
	s.List.Keys = []string{"v1"}
	expectCause(t, diagnose(t, s, m), SchemeVersion, `taken from "v0" of the list`)
	m.Header = m.Header.With("Signature", strings.Replace(m.Header.Get("Signature"), "v0=", "mac=", 1))
	expectCause(t, diagnose(t, s, m), SignatureHeader, `taken from "mac" of the list`)
}

func TestATimeInTheBodyInAnotherUnitIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "")
	s.Timestamp = Timestamp{At: part("json:at"), Format: Unix, Tolerance: time.Minute}
	genuine := sign(t, s, post(`{"at":1714996800,"n":1}`), "key")
	stamp := strings.TrimSuffix(strings.TrimPrefix(string(genuine.Body), `{"at":`), `,"n":1}`)
	for _, other := range []string{stamp + "000", `"` + stamp + `000"`, `"` + noon.Format(time.RFC3339) + `"`} {
		m := received(genuine, `{"at":`+other+`,"n":1}`)
		expectCause(t, diagnose(t, s, m), TimestampUnit, "when "+stamp+" was signed")
	}
	forged := received(genuine, `{"at":`+stamp+`000,"n":2}`)
	expectCause(t, diagnose(t, s, forged), Unexplained, "")
}

func TestATimeInATokenInAnotherUnitIsFound(t *testing.T) {
	s := JWT{TokenForm: TokenForm{At: at("header:Authorization"), Prefix: "Bearer ", Algorithms: []string{"HS256"}},
		Claims: []Claim{{Name: "sha256", Value: templates("{body|sha256|hex}")[0]}}}
	genuine := sign(t, s, post("{}"), "key")
	for _, other := range []string{"000", "000000"} {
		m := retoken(t, genuine, func(claims string) string { return longNumber.ReplaceAllString(claims, "${1}"+other) })
		d := diagnose(t, s, m)
		expectCause(t, d, TimestampUnit, "of the token is read as a Unix time in mi")
		expectText(t, d.Evidence, "matches with secret")
		m.Body = []byte("{ }x")
		expectCause(t, diagnose(t, s, m), Unexplained, "")
	}
	m := retoken(t, genuine, func(claims string) string { return longNumber.ReplaceAllString(claims, `"${1}"`) })
	expectCause(t, diagnose(t, s, m), TimestampUnit, "in seconds that is written as a text")
}

var longNumber = regexp.MustCompile(`\b(1[0-9]{9})\b`)

// retoken signs the token of m anew with other claims.
func retoken(t *testing.T, m Message, change func(string) string) Message {
	t.Helper()
	parts := strings.Split(strings.TrimPrefix(m.Header.Get("Authorization"), "Bearer "), ".")
	claims, err := segment(parts[1])
	if err != nil || change(string(claims)) == string(claims) {
		t.Fatalf("the token %v has no times to change: %v", parts, err)
	}
	text := parts[0] + "." + Base64URL.encode([]byte(change(string(claims))))
	mac := hmac.New(sha256.New, []byte("key"))
	mac.Write([]byte(text))
	m.Header = m.Header.With("Authorization", "Bearer "+text+"."+Base64URL.encode(mac.Sum(nil)))
	return m
}

// The signature is that of RFC 9421, appendix B.2.6.
func TestATimeInAnHTTPSignatureInAnotherUnitIsFound(t *testing.T) {
	s := HTTPSignature{Form: "rfc9421", At: at("header:Signature"), Algorithm: Ed25519, Covers: []string{"@method", "date"},
		Timestamp: Timestamp{At: part("key:created"), Format: Unix, Tolerance: time.Minute}}
	m := rfcMessage()
	m.Header = m.Header.With("Signature-Input", strings.Replace(rfcInput, "created=1618884473", "created=1618884473000", 1))
	d := Diagnose(t.Context(), s, m, secrets(rfcKey), nil, time.Unix(1618884473, 0))
	expectCause(t, d, TimestampUnit, "when 1618884473 was signed")
}
