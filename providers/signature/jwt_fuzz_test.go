package signature

import "testing"

// A hostile token must never bring the program down, and never verify.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{tokenNetlify, tokenConfused, tokenNone, tokenKinde, tokenKindeBadExp, tokenSaleor, tokenTruelayer, tokenCrit, "..", "a.b.c", ".e30.", "eyJhbGciOiJIUzI1NiIsImNyaXQiOltdfQ.e30.AA"} {
		f.Add(text, tokenBody)
	}
	known := map[string]bool{tokenFaHS512: true, tokenNetlify: true, tokenFireblocks: true, tokenSaleor: true, tokenTruelayer: true, tokenTruelayerBare: true}
	detached := trueLayer()
	detached.Algorithms = []string{"ES512", "RS256", "HS256", "EdDSA"}
	f.Fuzz(func(t *testing.T, text, body string) {
		m := post(body, "X-Webhook-Signature", text, "X-FusionAuth-Signature-JWT", text, "Tl-Signature", text)
		m.Method, m.Target = "POST", "/hooks/tl"
		for _, s := range []Scheme{netlify(), fusion(), detached} {
			v := s.Verify(m, secrets("fuzz-secret", testSet), tokenTime)
			if v.Outcome == "" || len(v.Steps) == 0 {
				t.Errorf("%+v has no outcome or no step", v)
			}
			if proved := v.Outcome == Verified || v.Outcome == Stale; proved != (v.Cover != "") || proved && body != tokenBody && !known[text] {
				t.Errorf("%q is %s with cover %q", text, v.Outcome, v.Cover)
			}
		}
	})
}
