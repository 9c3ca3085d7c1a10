package signature

import (
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2024, 5, 6, 12, 0, 0, 0, time.UTC)

// bodyScheme signs the raw body, as Tweed and GitHub do.
func bodyScheme(a Algorithm, prefix string) Shared {
	return Shared{Keyed: true, Algorithm: a, Layout: Layout{Encoding: Hex, Prefix: prefix,
		At: at("header:X-Signature"), Templates: templates("{body}")}}
}

// fieldScheme hashes two fields with the secret, as yshop.pl does.
func fieldScheme() Shared {
	return Shared{Algorithm: SHA256, Layout: Layout{Encoding: Hex, At: at("header:X-Signature"),
		Templates: templates("{json:id}|{json:date}|{secret}")}}
}

// listScheme signs a time and the body in either order, as Everifin does.
func listScheme() Shared {
	return Shared{Keyed: true, Algorithm: SHA256, Layout: Layout{Encoding: Hex, At: at("header:Signature"),
		List:       List{Pairs: ";", Equals: "=", Keys: []string{"v*"}},
		Templates:  templates("{timestamp}.{body}", "{body}.{timestamp}"),
		Timestamp:  Timestamp{At: part("key:ts"), Format: ISO8601UTC, Tolerance: 5 * time.Minute},
		JSONObject: true}}
}

func templates(texts ...string) (out []Template) {
	for _, text := range texts {
		t, err := ParseTemplate(text)
		if err != nil {
			panic(err)
		}
		out = append(out, t)
	}
	return out
}

// at reads the places of a signature.
func at(texts ...string) (out []Part) {
	for _, text := range texts {
		out = append(out, part(text))
	}
	return out
}

func part(text string) Part {
	p, err := ParsePart(text)
	if err != nil {
		panic(err)
	}
	return p
}

func secrets(values ...string) (out []Secret) {
	for i, v := range values {
		out = append(out, NewSecret("#"+itoa(int64(i+1)), v))
	}
	return out
}

func post(body string, fields ...string) Message {
	m := Message{Method: "POST", URL: "https://shop.example/hook", Target: "/hook", Body: []byte(body)}
	for i := 0; i+1 < len(fields); i += 2 {
		m.Header = append(m.Header, Field{fields[i], fields[i+1]})
	}
	return m
}

func sign(t testing.TB, s Scheme, m Message, secret string) Message {
	t.Helper()
	out, err := s.Sign(m, NewSecret("#1", secret), noon)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func expect(t testing.TB, v Verdict, want Outcome) {
	t.Helper()
	if v.Outcome != want {
		t.Errorf("outcome %q, expected %q\n%+v", v.Outcome, want, v.Steps)
	}
}

func lastEvidence(v Verdict) string { return v.Steps[len(v.Steps)-1].Evidence }

func expectText(t testing.TB, got, want string) {
	t.Helper()
	if !strings.Contains(got, want) {
		t.Errorf("got %q, expected it to hold %q", got, want)
	}
}

func TestSchemesOfTheTestsFitTogether(t *testing.T) {
	for _, s := range []Shared{bodyScheme(SHA1, "sha1="), fieldScheme(), listScheme()} {
		if err := s.Check(); err != nil {
			t.Error(err)
		}
	}
}
