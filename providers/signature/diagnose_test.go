package signature

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// diagnose judges m with the endpoint's secret "key".
func diagnose(t testing.TB, s Scheme, m Message, others ...Keyring) *Diagnosis {
	t.Helper()
	return Diagnose(context.Background(), s, m, secrets("key"), others, noon)
}

func expectCause(t testing.TB, d *Diagnosis, want Cause, says string) {
	t.Helper()
	if d == nil {
		t.Errorf("no diagnosis, expected %s", want)
		return
	}
	if d.Cause != want || !strings.Contains(d.Says, says) || d.Do == "" {
		t.Errorf("got %+v, expected %s that says %q", d, want, says)
	}
}

func TestWhatHoldsNeedsNoDiagnosis(t *testing.T) {
	s := bodyScheme(SHA256, "")
	if d := diagnose(t, s, sign(t, s, post("{}"), "key")); d != nil {
		t.Errorf("got %+v for a genuine delivery", d)
	}
	if d := diagnose(t, NoSignature{}, post("{}")); d != nil {
		t.Errorf("got %+v for an unsigned one", d)
	}
}

func TestTheSecretOfAnotherEndpointIsFound(t *testing.T) {
	others := []Keyring{{Endpoint: "same", Secrets: secrets("key")}, {Endpoint: "first", Secrets: secrets("a", "b")}, {Endpoint: "yshop live", Secrets: secrets("c", "live key")}}
	for _, s := range []Shared{bodyScheme(SHA256, ""), fieldScheme(), listScheme()} {
		m := sign(t, s, post(`{"id":"1","date":"2"}`), "live key")
		d := diagnose(t, s, m, others...)
		expectCause(t, d, SecretOfOtherEndpoint, "the secret of yshop live")
		if d.Endpoint != "yshop live" || strings.Contains(marshal(t, d), "live key") {
			t.Errorf("endpoint %q in %s", d.Endpoint, marshal(t, d))
		}
		none := Diagnose(t.Context(), s, m, nil, others, noon)
		expectCause(t, none, SecretOfOtherEndpoint, "this endpoint has none")
	}
}

func TestWhiteSpaceAroundTheSecretIsFound(t *testing.T) {
	for _, s := range []Shared{bodyScheme(SHA256, ""), fieldScheme(), listScheme()} {
		for _, c := range []struct{ theirs, ours, says string }{
			{"key", "key\n", "without the white space around the configured secret #1"},
			{"key", " key", "without the white space"},
			{"key\n", "key", "a line end (LF) behind it"},
			{"key\r\n", "key", "a line end (CRLF) behind it"},
			{"key ", "key", "a space behind it"},
			{" key", "key", "a space before it"},
			{" key", "key\t", "a space before it"},
		} {
			m := sign(t, s, post(`{"id":"1","date":"2"}`), c.theirs)
			d := Diagnose(t.Context(), s, m, secrets(c.ours), nil, noon)
			expectCause(t, d, SecretWhitespace, c.says)
		}
	}
}

// received keeps the signature of one body and puts another in its place.
func received(m Message, body string) Message {
	m.Body = []byte(body)
	return m
}

func TestAChangedBodyIsFound(t *testing.T) {
	for _, c := range []struct {
		signed, got string
		want        Cause
		says        string
	}{
		{`{"a":1}` + "\n", `{"a":1}`, BodyNewline, "a line end (LF) added"},
		{`{"a":1}` + "\r\n", `{"a":1}`, BodyNewline, "a line end (CRLF) added"},
		{`{"a":1}`, `{"a":1}` + "\n", BodyNewline, "without the line end"},
		{`{"a":1}`, `{"a":1}` + "\r\n", BodyNewline, "without the line end"},
		{`{"a":1}`, `{"a":1}` + "\n\n", BodyNewline, "without the line ends"},
		{"a\r\nb\r\n", "a\nb\n", BodyLineEndings, "CRLF for each LF"},
		{"{\n\"a\":1\n}", "{\r\n\"a\":1\r\n}", BodyLineEndings, "LF for each CRLF"},
		{"\xef\xbb\xbf{}", "{}", BodyBOM, "with a byte order mark"},
		{"{}", "\xef\xbb\xbf{}", BodyBOM, "without the byte order mark"},
		{"{\n\t\"a\": [\n\t\t1\n\t]\n}", `{"a":[1]}`, BodyReencoded, "indented by tabs"},
		{`{"id":17,"a":1,"b":1.5}`, `{"id":17,"a":1.0,"b":1.50}`, BodyReencoded, "numbers without zeros at the end"},
		{`{"id":17,"a":1.0}`, `{"id":17,"a":1}`, BodyReencoded, "one of the numbers with .0"},
		{`{"id":17,"a":10.00}`, `{"id":17,"a":10}`, BodyReencoded, "one of the numbers with .00"},
		{`{"id": 17, "a": 1.50, "b": 2.25}`, `{"id":17,"a":1.5,"b":2.25}`, BodyReencoded, "fractions with two decimals"},
		{`[1.0,2.0,1e5]`, `[1,2,1e5]`, BodyReencoded, "whole numbers with .0"},
		{`{"a":1.0,"b":"x"}` + "\n", `{"b":"x","a":1.0}`, BodyReencoded, "keys sorted, with a line end"},
	} {
		s := bodyScheme(SHA256, "")
		m := received(sign(t, s, post(c.signed), "key"), c.got)
		expectCause(t, diagnose(t, s, m), c.want, c.says)
	}
}

func TestABOMThatMakesJSONUnreadableIsFound(t *testing.T) {
	for _, s := range []Shared{fieldScheme(), listScheme()} {
		m := sign(t, s, post(`{"id":"1","date":"2"}`), "key")
		expectCause(t, diagnose(t, s, received(m, "\xef\xbb\xbf"+string(m.Body))), BodyBOM, "without the byte order mark")
	}
}

// The left column is as PHP, Python, Go, JavaScript and Java write it.
func TestJSONEncodedAgainIsFound(t *testing.T) {
	const got = `{"z":1.50,"a":["ą/𝄞",null,true,{}],"html":"<b>&"}`
	for signed, says := range map[string]string{
		`{"z":1.50,"a":["\u0105\/\ud834\udd1e",null,true,{}],"html":"<b>&"}`:                                       "compactly, letters outside ASCII escaped, slashes escaped",
		`{"z":1.50,"a":["\u0105/\uD834\uDD1E",null,true,{}],"html":"<b>&"}`:                                        "escaped in upper case",
		`{"z": 1.50, "a": ["\u0105/\ud834\udd1e", null, true, {}], "html": "<b>&"}`:                                "with a space after each comma and colon",
		`{"a": ["ą/𝄞", null, true, {}], "html": "<b>&", "z": 1.50}`:                                                "keys sorted",
		`{"a":["ą/𝄞",null,true,{}],"html":"\u003cb\u003e\u0026","z":1.50}` + "\n":                                  "HTML characters escaped, with a line end behind it",
		"{\n  \"z\": 1.50,\n  \"a\": [\n    \"ą/𝄞\",\n    null,\n    true,\n    {}\n  ],\n  \"html\": \"<b>&\"\n}": "indented by 2",
	} {
		s := bodyScheme(SHA256, "")
		m := sign(t, s, post(signed), "key")
		expectCause(t, diagnose(t, s, received(m, got)), BodyReencoded, says)
		s = listScheme()
		m = sign(t, s, post(signed), "key")
		expectCause(t, diagnose(t, s, received(m, got)), BodyReencoded, says)
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, []byte(got), "", "\t"); err != nil {
			t.Fatal(err)
		}
		expectCause(t, diagnose(t, s, received(m, pretty.String())), BodyReencoded, says)
	}
}

func TestAnOldSignatureIsToldFromAClockThatIsOff(t *testing.T) {
	m := sign(t, listScheme(), post("{}"), "key")
	d := Diagnose(t.Context(), listScheme(), m, secrets("key"), nil, noon.Add(3*time.Hour))
	expectCause(t, d, TimestampOld, "made 3 h 0 min before the time it was judged at, and 5 min are accepted")
	d = Diagnose(t.Context(), listScheme(), m, secrets("key"), nil, noon.Add(-10*time.Minute))
	expectCause(t, d, ClockSkew, "10 min later than the time it was judged at")
}

func TestWhatNothingExplainsListsWhatWasTried(t *testing.T) {
	for _, s := range []Shared{bodyScheme(SHA256, ""), fieldScheme(), listScheme()} {
		m := sign(t, s, post(`{"id":"1","date":"2"}`), "unknown")
		d := diagnose(t, s, m, Keyring{Endpoint: "other", Secrets: secrets("x")})
		expectCause(t, d, Unexplained, "has the form of")
		expectText(t, strings.Join(d.Tried, "; "), "white space around the secret")
		expectText(t, strings.Join(d.Tried, "; "), "the secrets of 1 other endpoint")
		if tried := strings.Contains(strings.Join(d.Tried, ""), "JSON"); tried != signsBody(s) {
			t.Errorf("tried %q for a scheme whose body counts: %v", d.Tried, signsBody(s))
		}
	}
}

func TestWhatCannotBeCheckedSaysWhatWasExpected(t *testing.T) {
	s := bodyScheme(SHA256, "sha256=")
	expectCause(t, diagnose(t, s, post("{}")), Unexplained, `This provider gives "sha256=" and 64 hex digits as the header X-Signature; this delivery has none.`)
	expectCause(t, diagnose(t, s, post("{}", "X-Signature", "sha1=00")), Unexplained, `64 hex digits as the header X-Signature; this delivery has "sha1=00".`)
	expectCause(t, Diagnose(t.Context(), s, post("{}", "X-Signature", "x"), nil, nil, noon), Unexplained, "which this endpoint does not have")
}
