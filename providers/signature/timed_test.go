package signature

import (
	"strings"
	"testing"
	"time"
)

// Computed with python3 hmac and hashlib.
const (
	refundBody  = `{"eventId":"7a1b8c3d-2e4f-4051-9627-38495a6b7c8d","eventType":"payment.statusChange","eventTimestamp":"2024-05-06T07:10:00.000Z","data":{"refundId":"e2f10203-1425-4637-8495-a6b7c8d9eaf0","status":"FAILED"}}`
	refundStamp = "2024-05-06T07:10:00.250Z"
	timeFirst   = "71ff8a42a8c68ced5fa0152626a35e5ce6691f2f40c975d0e779c8ff7dd217d3"
	bodyFirst   = "5ca1178d80519b0f586969f9249ec74eca1883aedc3a019a308263bd60411ea9"
	hookSecret  = "hook-secret-new-0002"
)

var refundTime = time.Date(2024, 5, 6, 7, 10, 1, 0, time.UTC)

func refund(header string) Message { return post(refundBody, "Signature", header) }

func TestBothOrdersOfTimeAndBodyVerifyAndAreTold(t *testing.T) {
	for hex, variant := range map[string]string{timeFirst: "timestamp.body", bodyFirst: "body.timestamp"} {
		v := listScheme().Verify(refund("ts="+refundStamp+";v0="+hex), secrets(hookSecret), refundTime)
		expect(t, v, Verified)
		if v.Variant != variant || v.Cover != CoverBody || len(v.Covered) != 1 || v.Covered[0] != "body" {
			t.Errorf("variant %q, cover %q of %v, expected %q and the body", v.Variant, v.Cover, v.Covered, variant)
		}
	}
}

func TestAnySignatureOfTheListMayMatch(t *testing.T) {
	other := strings.Repeat("ab", 32)
	for _, header := range []string{
		"ts=" + refundStamp + ";v0=" + other + ";v1=" + timeFirst,
		"ts=" + refundStamp + "; v0 = " + other + " ;\tv12=" + strings.ToUpper(timeFirst) + ";",
		"v7=" + timeFirst + ";later=1;ts=" + refundStamp,
		"ts=" + refundStamp + ";v0=ab;v1=" + timeFirst,
	} {
		expect(t, listScheme().Verify(refund(header), secrets("old", hookSecret), refundTime), Verified)
	}
}

func TestAListThatLacksAPartIsMalformed(t *testing.T) {
	for header, says := range map[string]string{
		"v0=" + timeFirst:                                               "ts in the signature is not there",
		"ts=" + refundStamp:                                             "no v0, v1 ... in",
		"ts=" + refundStamp + ";v=" + timeFirst:                         "no v0, v1 ... in",
		"ts=" + refundStamp + ";v0=" + timeFirst[:62]:                   `got v0 "`,
		"ts=" + refundStamp + ";ts=" + refundStamp + ";v0=" + timeFirst: "stands there 2 times",
		"ts=2024-05-06T07:10:00,250Z;v0=" + timeFirst:                   "expected a UTC time",
		"ts=2024-05-06T07:10:00.250+00:00;v0=" + timeFirst:              "expected a UTC time",
		"ts=2024-05-06 07:10:00Z;v0=" + timeFirst:                       "expected a UTC time",
		"ts=2024-13-06T07:10:00Z;v0=" + timeFirst:                       "expected a UTC time",
		"ts=2024-05-06T07:10:00.Z;v0=" + timeFirst:                      "expected a UTC time",
		"ts=1714979400;v0=" + timeFirst:                                 "expected a UTC time",
		"nonsense":                                                      "no v0, v1 ... in",
	} {
		v := listScheme().Verify(refund(header), secrets(hookSecret), refundTime)
		expect(t, v, Malformed)
		expectText(t, lastEvidence(v), says)
	}
}

// The text signed for one order must not be cut again into parts for the other.
func TestASignedTextCannotBeCutAnotherWay(t *testing.T) {
	s := listScheme()
	for _, cut := range []struct{ stamp, body string }{
		{"2024-05-06T07:10:00", "250Z." + refundBody},
		{refundBody, refundStamp},
		{refundStamp + "." + refundBody[:1], refundBody[1:]},
	} {
		m := post(cut.body, "Signature", "ts="+cut.stamp+";v0="+timeFirst)
		expect(t, s.Verify(m, secrets(hookSecret), refundTime), Malformed)
	}
	for _, body := range []string{"", "[1]", "1", `"{}"`, "{", "{}{}"} {
		m := post(body, "Signature", "ts="+refundStamp+";v0="+timeFirst)
		v := s.Verify(m, secrets(hookSecret), refundTime)
		expect(t, v, Malformed)
		expectText(t, lastEvidence(v), "expected one JSON object")
	}
}

func TestTheToleranceHoldsBothWays(t *testing.T) {
	made := time.Date(2024, 5, 6, 7, 10, 0, 250e6, time.UTC)
	m := refund("ts=" + refundStamp + ";v0=" + timeFirst)
	for offset, want := range map[time.Duration]Outcome{
		0: Verified, 5 * time.Minute: Verified, -5 * time.Minute: Verified,
		5*time.Minute + time.Millisecond: Stale, -5*time.Minute - time.Millisecond: Stale,
		100 * 365 * 24 * time.Hour: Stale,
	} {
		v := listScheme().Verify(m, secrets(hookSecret), made.Add(offset))
		expect(t, v, want)
		if v.Cover != CoverBody || v.Secret != "#1" {
			t.Errorf("%s: cover %q by %q, expected the body by #1", offset, v.Cover, v.Secret)
		}
		expect(t, listScheme().Verify(m, secrets("other"), made.Add(offset)), Mismatch)
	}
	wide := listScheme().WithTolerance(time.Hour, "your setting")
	v := wide.Verify(m, secrets(hookSecret), made.Add(time.Hour))
	expect(t, v, Verified)
	expectText(t, v.Steps[1].Evidence, "up to 60 min either way is accepted (your setting)")
}

func TestTimestampFormats(t *testing.T) {
	for _, c := range []struct {
		f    TimeFormat
		text string
		ok   bool
	}{
		{Unix, "1714979400", true}, {Unix, "-1", false}, {Unix, "1e9", false}, {Unix, "", false},
		{Unix, "1714979400000", false}, {UnixMilli, "1714979400000", true}, {UnixMilli, strings.Repeat("9", 16), false},
		{RFC3339, "2024-05-06T09:10:00+02:00", true}, {RFC3339, "2024-05-06", false},
		{RFC3339, "2024-05-06T07:10:00.5Z", true}, {RFC3339, "2024-05-06T07:10:00,5Z", false}, {RFC3339, "2024-05-06T7:10:00Z", false},
		{RFC3339, "2024-05-06T07:10:00", false}, {RFC3339, "2024-05-06T07:10:00.Z", false}, {RFC3339, "2024-05-06T07:10:00+24:00", false},
		{RFC3339, "Z", false}, {RFC3339, "+00:00", false}, {RFC3339, "2024-13-06T07:10:00Z", false}, {RFC3339, "2024-05-06T03:10:00-04:00", true},
		{ISO8601UTC, "2024-05-06T07:10:00Z", true}, {ISO8601UTC, "2024-05-06T07:10:00.1234567890Z", false},
	} {
		got, ok := c.f.parse(c.text)
		if ok != c.ok || ok && got.Unix() != 1714979400 {
			t.Errorf("%s %q gives %v, %v, expected %v", c.f, c.text, got, ok, c.ok)
		}
	}
}

func TestATimestampInItsOwnHeaderIsCovered(t *testing.T) {
	s := bodyScheme(SHA256, "v0=")
	s.Templates = templates("v0:{timestamp}:{body}")
	s.Timestamp = Timestamp{At: Part{Kind: PartHeader, Name: "X-Time"}, Format: Unix, Tolerance: time.Minute}
	m := sign(t, s, post("{}", "X-Time", "1"), "key")
	v := s.Verify(m, secrets("key"), noon)
	expect(t, v, Verified)
	if strings.Join(v.Covered, " ") != "header:X-Time body" {
		t.Errorf("covered %v, expected the time's header and the body", v.Covered)
	}
	expect(t, s.Verify(m, secrets("key"), noon.Add(time.Hour)), Stale)
	m.Header = append(m.Header, Field{"x-time", "1"})
	expect(t, s.Verify(m, secrets("key"), noon), Malformed)
}

func TestATimeTooFarOffToBeCountedIsSaidSo(t *testing.T) {
	m := post(refundBody, "Signature", "ts=1500-01-01T00:00:00Z;v0="+timeFirst)
	v := listScheme().Verify(m, secrets(hookSecret), refundTime)
	expectText(t, v.Steps[1].Evidence, "signed more than 292 years before the time it was judged at")
	if got := spell(-1 << 63); got != "more than 292 years" {
		t.Errorf("spelled %q", got)
	}
}
