package signature

import (
	"context"
	"strings"
	"testing"
	"time"
)

// rings makes n endpoints with one secret each.
func rings(n int) (out []Keyring) {
	for i := range n {
		out = append(out, Keyring{Endpoint: "endpoint " + itoa(int64(i)), Secrets: []Secret{NewSecret("#1", "secret "+itoa(int64(i)))}})
	}
	return out
}

func TestASecretAmongHundredsOfEndpointsIsFound(t *testing.T) {
	for _, s := range []Shared{bodyScheme(SHA256, ""), fieldScheme(), listScheme()} {
		for _, at := range []int{0, 63, 64, 398, 2999} {
			m := sign(t, s, post(`{"id":"1","date":"2"}`), "secret "+itoa(int64(at)))
			d := diagnose(t, s, m, rings(3000)...)
			expectCause(t, d, SecretOfOtherEndpoint, "the secret of endpoint "+itoa(int64(at))+":")
		}
	}
}

func TestManyEndpointsLeaveRoomForTheOtherAccidents(t *testing.T) {
	s := bodyScheme(SHA256, "")
	ring := make([]Secret, 100_000)
	for i := range ring {
		ring[i] = NewSecret("#", itoa(int64(i)))
	}
	many := append(rings(399), Keyring{Endpoint: "many", Secrets: ring})
	expectCause(t, diagnose(t, s, sign(t, s, post("{}"), "key\n"), many...), SecretWhitespace, "a line end (LF) behind it")

	d := diagnose(t, s, sign(t, s, post("{}"), "unknown"), many...)
	expectCause(t, d, Unexplained, "")
	expectText(t, strings.Join(d.Tried, "; "), "the secrets of 399 of 400 other endpoints")
	d = diagnose(t, s, sign(t, s, post("{}"), "unknown"), rings(400)...)
	expectText(t, strings.Join(d.Tried, "; "), "the secrets of 400 other endpoints")
}

// stopsAfter ends a context after so many full batches of secrets.
type stopsAfter struct {
	Shared
	left int
	stop context.CancelFunc
}

func (s *stopsAfter) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	if len(secrets) == maxBatch {
		if s.left--; s.left == 0 {
			s.stop()
		}
	}
	return s.Shared.Verify(m, secrets, now)
}

func TestWhatWasTriedIsWhatWasReallyTried(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &stopsAfter{bodyScheme(SHA256, ""), 2, cancel}
	m := sign(t, s, post("{}"), "unknown")
	d := Diagnose(ctx, s, m, secrets("key"), rings(399), noon)
	expectCause(t, d, Unexplained, "no secret that was tried gives it.")
	if got := strings.Join(d.Tried, "; "); !strings.HasSuffix(got, "; the secrets of 128 of 399 other endpoints; stopped there: the time or the number of tries was used up") {
		t.Errorf("tried %q", got)
	}

	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	b := bodyScheme(SHA256, "")
	d = Diagnose(ctx, b, sign(t, b, post("{}\n"), "key\n"), secrets("key"), rings(399), noon)
	if got := strings.Join(d.Tried, "; "); got != "stopped there: the time or the number of tries was used up" {
		t.Errorf("tried %q, expected nothing but the stop", got)
	}
}

func TestOnlyWhatAppliesToTheBodyIsSaidToBeTried(t *testing.T) {
	s := bodyScheme(SHA256, "")
	for body, want := range map[string]string{
		`{}`:                "an HMAC for a plain hash; the JSON encoded again in 5 ways (compact, spaced, indented)",
		"text":              "a line end added to the body or cut from it; a byte order mark before the body; the letters of the body in Latin-1, Windows-1252 and other encodings, and UTF-16; other hash functions",
		"a\nb":              "a line end added to the body or cut from it; CRLF and LF in the body; a byte order mark before the body",
		`{"b":"ą/<","a":1}`: "(compact, spaced, indented, keys sorted, letters escaped, slashes escaped, HTML escaped, numbers in other forms)",
	} {
		d := diagnose(t, s, sign(t, s, post(body), "unknown"))
		expectCause(t, d, Unexplained, "not even after the usual accidents")
		expectText(t, strings.Join(d.Tried, "; "), want)
	}
}

func TestADiagnosisIsBounded(t *testing.T) {
	s := bodyScheme(SHA256, "")
	own := make([]Secret, 10_000)
	for i := range own {
		own[i] = NewSecret("#", itoa(int64(i)))
	}
	d := Diagnose(t.Context(), s, sign(t, s, post("text"), "unknown"), own, nil, noon)
	expectText(t, strings.Join(d.Tried, "; "), "stopped there")

	deep := strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000)
	expectCause(t, diagnose(t, s, sign(t, s, post(deep), "unknown")), Unexplained, "")
	large := sign(t, s, post(strings.Repeat(" ", maxBody+1)), "unknown")
	expectText(t, strings.Join(diagnose(t, s, large).Tried, "; "), "larger than 1 MiB")
}
