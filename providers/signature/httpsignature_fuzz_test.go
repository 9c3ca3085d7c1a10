package signature

import (
	"testing"
	"time"
)

func FuzzHTTPSignatures(f *testing.F) {
	for _, text := range []string{cavageBasic, cavageAll, rfcSig, "sig=:AA==:", `a="`, `keyId="x",headers="date",signature="AA"`, ","} {
		for _, input := range []string{rfcInput, `sig=("@query" "@authority" "content-digest");created=1;expires=2;alg="ed25519"`, `sig=()`, `sig=("a`} {
			f.Add(text, input)
		}
	}
	f.Fuzz(func(t *testing.T, text, input string) {
		for _, s := range []HTTPSignature{cavage("host"), {Form: "rfc9421", At: at("header:Signature"), Algorithm: Ed25519, Covers: []string{"date"}, Timestamp: Timestamp{At: part("key:created"), Format: Unix, Tolerance: time.Minute}}} {
			m := rfcMessage()
			m.Header = m.Header.With("Signature", text).With("Signature-Input", input)
			v := s.Verify(m, secrets(cavageKey, rfcKey), noon)
			if v.Outcome == "" || len(v.Steps) == 0 {
				t.Errorf("%+v has no outcome or no step", v)
			}
			if proved := v.Outcome == Verified || v.Outcome == Stale; proved != (v.Cover != "") {
				t.Errorf("%q is %s with cover %q", text, v.Outcome, v.Cover)
			}
		}
	})
}
