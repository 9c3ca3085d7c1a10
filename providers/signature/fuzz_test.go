package signature

import (
	"encoding/json"
	"strings"
	"testing"
)

func FuzzTemplatesComeBackAsWritten(f *testing.F) {
	for _, text := range []string{"{body}", "{{}}{timestamp}.{header:X-A}", "v0:{json:a.b}|{secret}", "{", "}", "{x}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseTemplate(text)
		if err != nil {
			return
		}
		b, err := ParseTemplate(a.String())
		if err != nil || a.String() != b.String() || a.Variant() != b.Variant() {
			t.Errorf("%q is written %q and read %q, %v", text, a, b, err)
		}
		a.cover(Part{Kind: PartHeader, Name: "X"})
	})
}

func FuzzAHeaderNeverBreaksAScheme(f *testing.F) {
	f.Add("ts=2024-05-06T07:10:00.250Z;v0="+timeFirst, refundBody, "key")
	f.Add("sha256="+bodyFirst, "{}", "whsec_a2V5")
	f.Add(freeDateHash, freeDateBody, freeDateKey)
	f.Add("ts=;v0;=;v1==;;;", "\"{}\"", " ")
	f.Fuzz(func(t *testing.T, header, body, secret string) {
		for _, s := range []Shared{bodyScheme(SHA1, "sha1="), bodyScheme(SHA256, ""), fieldScheme(), listScheme()} {
			m := post(body, s.At[0].Name, header)
			v := s.Verify(m, secrets(secret), noon)
			if v.Outcome == "" || len(v.Steps) == 0 {
				t.Errorf("%+v has no outcome or no step", v)
			}
			if proved := v.Outcome == Verified || v.Outcome == Stale; proved != (v.Cover != "") {
				t.Errorf("%s with cover %q", v.Outcome, v.Cover)
			}
			if out, err := s.Sign(m, NewSecret("#1", secret), noon); err == nil {
				expect(t, s.Verify(out, secrets(secret), noon), Verified)
			}
		}
	})
}

func FuzzJSONWrittenAgainIsTheSameJSON(f *testing.F) {
	for _, text := range []string{`{"b":1.50,"a":["ą/𝄞",null,{}]}`, `"<>&\u2028"`, `[1e400,-0]`, `{"a":{"a":[[]]},"a":2}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, ok := parseTree([]byte(text))
		if !ok {
			return
		}
		want, _ := jsonForm{}.write(root, 1<<20)
		for _, form := range jsonForms(root) {
			out, ok := form.write(root, 1<<20)
			if !ok {
				continue
			}
			if !json.Valid(out) {
				t.Fatalf("%s of %q is not JSON: %q", form.inWords(), text, out)
			}
			again, _ := parseTree(out)
			if back, _ := (jsonForm{}).write(again, 1<<20); !form.sorted && form.numbers == asWritten && string(back) != string(want) {
				t.Errorf("%s of %q comes back as %q", form.inWords(), text, back)
			}
		}
	})
}

func TestNestingIsBounded(t *testing.T) {
	for text, want := range map[string]bool{
		strings.Repeat("[", maxNesting) + strings.Repeat("]", maxNesting):     true,
		strings.Repeat("[", maxNesting+1) + strings.Repeat("]", maxNesting+1): false,
		"[" + strings.Repeat("[],", 2*maxNesting) + "1]":                      true,
		`"` + strings.Repeat(`[\"{`, 2*maxNesting) + `"`:                      true,
		strings.Repeat(`{"a":`, maxNesting+1):                                 false,
	} {
		if got := ValidJSON([]byte(text)); got != want {
			t.Errorf("%.20q...: %v, expected %v", text, got, want)
		}
	}
}
