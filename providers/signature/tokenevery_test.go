package signature

import (
	"strings"
	"testing"
)

func TestEveryEntryOfAListMustShowTheToken(t *testing.T) {
	s := Token{At: at("json:value.*.state")}
	for body, want := range map[string]Outcome{
		`{"value":[{"state":"one"}]}`:                                                 Verified,
		`{"value":[{"state":"one"},{"x":1,"state":"one"}]}`:                           Verified,
		`{"value":[{"state":"one"},{"state":"two"}]}`:                                 Verified,
		`{"value":[{"state":"one"},{"state":"guess"}]}`:                               Mismatch,
		`{"value":[{"state":"guess"},{"state":"one"}]}`:                               Mismatch,
		`{"value":[{"state":"guess"},{"state":"guess"}]}`:                             Mismatch,
		`{"value":[{"state":"one"},{"id":7}]}`:                                        Malformed,
		`{"value":[{"state":"one"},{"state":null}]}`:                                  Malformed,
		`{"value":[{"state":"one"},{"state":"one","state":"one"}]}`:                   Malformed,
		`{"value":[{"state":"one"},"state"]}`:                                         Malformed,
		`{"value":[{"state":"one"},[]]}`:                                              Malformed,
		`{"value":[{"id":7},{"state":"one"}]}`:                                        Missing,
		`{"value":[]}`:                                                                Missing,
		`{"value":{"state":"one"}}`:                                                   Missing,
		`{"value":[{"state":"guess"}],"value":[{"state":"one"}]}`:                     Missing,
		`{"value":[` + strings.Repeat(`{"state":"one"},`, 1000) + `{"state":"one"}]}`: Missing,
	} {
		if v := s.Verify(post(body), secrets("one", "two"), noon); v.Outcome != want {
			t.Errorf("%.80s: %s, expected %s\n%v", body, v.Outcome, want, v.Steps)
		}
	}
}

func TestATokenIsWrittenIntoEveryEntry(t *testing.T) {
	s := Token{At: at("json:value.*.state")}
	out, err := s.Sign(post(`{"value":[{"a":1},{"state":"old"}]}`), NewSecret("#1", "one"), noon)
	if want := `{"value":[{"state":"one","a":1},{"state":"one"}]}`; err != nil || string(out.Body) != want {
		t.Errorf("%s and error %v, expected %s", out.Body, err, want)
	}
	if _, err := s.Sign(post(`{"value":[]}`), NewSecret("#1", "one"), noon); err == nil {
		t.Error("a token was written into an empty list, expected an error")
	}
	if err := (Shared{Layout: Layout{At: s.At, Encoding: Hex, Templates: templates("{body}")}, Keyed: true, Algorithm: SHA256}).Check(); err == nil {
		t.Error("a signature in each entry passes the check, expected an error")
	}
}
