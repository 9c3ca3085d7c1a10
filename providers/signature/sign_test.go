package signature

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestWhatIsSignedVerifies(t *testing.T) {
	timed := bodyScheme(SHA512, "v1=")
	timed.Encoding = Base64
	timed.Templates = templates("{method} {path}\n{timestamp}\n{header:X-Id}\n{sha256hex:body}")
	timed.Timestamp = Timestamp{At: Part{Kind: PartHeader, Name: "X-Time"}, Format: UnixMilli, Tolerance: time.Minute}
	for name, s := range map[string]Shared{
		"body": bodyScheme(SHA256, "sha256="), "fields": fieldScheme(), "list": listScheme(), "timed": timed,
	} {
		m := post(`{"id":"1","date":"2"}`, "X-Id", "7", s.At[0].Name, "stale", "Last", "x", s.At[0].Name, "stale too")
		before := post(`{"id":"1","date":"2"}`, "X-Id", "7", s.At[0].Name, "stale", "Last", "x", s.At[0].Name, "stale too")
		out := sign(t, s, m, "key")
		expect(t, s.Verify(out, secrets("key"), noon.Add(time.Second)), Verified)
		expect(t, s.Verify(out, secrets("other"), noon), Mismatch)
		if !reflect.DeepEqual(m, before) {
			t.Errorf("%s: signing changed the message it was given", name)
		}
		if n := len(out.Header.Values(s.At[0].Name)); n != 1 || out.Head != nil {
			t.Errorf("%s: %d signatures and head %q, expected one and none", name, n, out.Head)
		}
	}
}

func TestTheListIsWrittenInItsForm(t *testing.T) {
	got := sign(t, listScheme(), post("{}"), "key").Header.Get("Signature")
	if want := "ts=2024-05-06T12:00:00.000Z;v0="; !strings.HasPrefix(got, want) || len(got) != len(want)+64 {
		t.Errorf("signature is %q, expected %q and 64 digits", got, want)
	}
}

func TestWhatCannotBeSignedIsAnErrorWithoutTheSecret(t *testing.T) {
	inBody := bodyScheme(SHA256, "")
	inBody.At = at("json:sign")
	encoded := bodyScheme(SHA256, "")
	encoded.Secret.Encoding = Hex
	for _, c := range []struct {
		s            Shared
		body, secret string
		says         string
	}{
		{bodyScheme(SHA256, ""), "{}", "", "the secret is empty"},
		{inBody, "{}", "TopSecret", "sign in the body is part of what is signed"},
		{encoded, "{}", "TopSecret", "secret #1 cannot be decoded, expected hex"},
		{fieldScheme(), `{"id":"1"}`, "TopSecret", "date in the body is not there"},
		{listScheme(), `[]`, "TopSecret", "expected one JSON object"},
	} {
		_, err := c.s.Sign(post(c.body), NewSecret("#1", c.secret), noon)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "TopSecret") {
			t.Errorf("error %v, expected it to say %q and no secret", err, c.says)
		}
	}
}

func TestParametersThatDoNotFitAreNamed(t *testing.T) {
	for says, spoil := range map[string]func(*Shared){
		"algorithm":         func(s *Shared) { s.Algorithm = "sha3" },
		"encoding":          func(s *Shared) { s.Encoding = "text" },
		"expected a header": func(s *Shared) { s.At = nil },
		"no template":       func(s *Shared) { s.Templates = nil },
		"an empty template": func(s *Shared) { s.Templates = []Template{{}} },
		"only there":        func(s *Shared) { s.Templates = templates("{secret}{body}") },
		"has a key, expected a list": func(s *Shared) {
			s.List, s.Timestamp = List{}, Timestamp{}
			s.Templates = templates("{key:ts}{body}")
		},
		"half a list":               func(s *Shared) { s.List.Keys = nil },
		"expected a list":           func(s *Shared) { s.List = List{} },
		"without a format":          func(s *Shared) { s.Timestamp.Format = "" },
		"to be told where it stand": func(s *Shared) { s.Timestamp = Timestamp{} },
	} {
		s := listScheme()
		spoil(&s)
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, expected it to say %q", err, says)
		}
	}
}
