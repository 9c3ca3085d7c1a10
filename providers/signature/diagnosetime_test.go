package signature

import (
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
