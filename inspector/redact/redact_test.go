package redact

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// dots writes the mask of a text: letters and digits of ~...~ become dots.
func dots(want string) string {
	parts := strings.Split(want, "~")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = masked(parts[i])
	}
	return strings.Join(parts, "")
}

func TestPersonalDataIsMaskedInItsShape(t *testing.T) {
	for text, want := range map[string]string{
		"write to jana.novakova+shop@example.co.uk.":                        "write to ~jana.novakova+shop@example.co.uk~.",
		"call +420 777 123 456 2026-11-22":                                  "call ~+420 777 123 456~ 2026-11-22",
		"+1 (555) 010-9999 is a number":                                     "~+1 (555) 010-9999~ is a number",
		"card 4111 1111 1111 1111 12/27":                                    "card ~4111 1111 1111 1111~ 12/27",
		"card 378282246310005, not 4111111111111112":                        "card ~378282246310005~, not 4111111111111112",
		"DE89 3704 0044 0532 0130 00 was charged":                           "~DE89 3704 0044 0532 0130 00~ was charged",
		"from cz6508000000192000145399":                                     "from ~cz6508000000192000145399~",
		"185.36.169.12:443 and 2001:db8::7334 called":                       "~185.36.169.12~:443 and ~2001:db8::7334~ called",
		"http://127.0.0.1:8787 and [::1]:80 at 14:32:07, version 1.2.3.4.5": "http://127.0.0.1:8787 and [::1]:80 at 14:32:07, version 1.2.3.4.5",
		"2026-11-22T14:32:07.418+02:00 1732282327418 npm@1.2.3 @media.x":    "2026-11-22T14:32:07.418+02:00 1732282327418 npm@1.2.3 @media.x",
		"jiří@příklad.cz":                                                   "~jiří@příklad.cz~",
		"":                                                                  "",
	} {
		if got := Text(text); got != dots(want) {
			t.Errorf("%q became\n%s, expected\n%s", text, got, dots(want))
		}
	}
}

func TestFieldsOfTellingNamesAreMaskedInEveryForm(t *testing.T) {
	for text, want := range map[string]string{
		`{"customer":{"name":"Jana Nováková","id":17},"product":{"name":"Shirt"}}`:     `{"customer":{"name":"~Jana Nováková~","id":17},"product":{"name":"Shirt"}}`,
		`{"first_name":"Jana","lastName":"Nová","email_verified":true}`:                `{"first_name":"~Jana~","lastName":"~Nová~","email_verified":true}`,
		`{"phone":420777123456,"n":4111111111111111}`:                                  `{"phone":"~420777123456~","n":"~4111111111111111~"}`,
		`{"billing_address":{"line1":"Dlouhá 5","country":"CZ","geo":[50.1]}}`:         `{"billing_address":{"line1":"~Dlouhá 5~","country":"~CZ~","geo":["~50.1~"]}}`,
		`{"phones":["777 123 456","x"],"ids":["777 123 456"]}`:                         `{"phones":["~777 123 456~","~x~"],"ids":["777 123 456"]}`,
		`{"customers":[{"name":"Jana"}],"name":"order"}`:                               `{"customers":[{"name":"~Jana~"}],"name":"order"}`,
		`{"note":"jana\u0040example.com","e\u006dail":"x"}`:                            `{"note":"~jana@example.com~","e\u006dail":"~x~"}`,
		`{"data":"{\"email\":\"jana\"}","ok":"a\nb"}`:                                  `{"data":"~{\"email\":\"jana\"}~","ok":"a\nb"}`,
		`{"jwt":"eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImphbmFAZXhhbXBsZS5jb20ifQ."}`:        `{"jwt":"~eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImphbmFAZXhhbXBsZS5jb20ifQ.~"}`,
		`2024.{"name":"order","surname":"Nov…`:                                         `2024.{"name":"order","surname":"~Nov…~`,
		"order=17&customer%5Bfirst_name%5D=Jana&mail=jana%40example.com&ip=1":          "order=17&customer%5Bfirst_name%5D=~Jana~&mail=~jana%40example.com~&ip=~1~",
		"POST /hook?email=jana&x=1 HTTP/1.1\r\nX-Forwarded-For: unknown\r\n":           "POST /hook?email=~jana~&x=1 HTTP/1.1\r\nX-Forwarded-For: ~unknown~\r\n",
		`<order><Payer name="Jana" id="1"/><c:City>Brno</c:City><Sum>5</Sum></order>`:  `<order><Payer name="~Jana~" id="1"/><c:City>~Brno~</c:City><Sum>5</Sum></order>`,
		`<address><a>Brno</a></address><a>1</a><email><![CDATA[x<y]]></email>`:         `<address><a>~Brno~</a></address><a>1</a><email><![CDATA[~x<y~]]></email>`,
		"--b\r\nContent-Disposition: form-data; name=\"surname\"\r\n\r\nNová\r\n--b--": "--b\r\nContent-Disposition: form-data; name=\"surname\"\r\n\r\n~Nová~\r\n--b--",
	} {
		want = dots(want)
		want = strings.ReplaceAll(want, `\"`, `•`) // an escape is one character
		got := strings.ReplaceAll(Text(text), `\"`, `•`)
		if strings.Contains(text, `\u0040`) {
			got = strings.ReplaceAll(got, "••••••••••••.•••", "••••@•••••••.•••")
		}
		if strings.Contains(text, `%40`) {
			want = strings.ReplaceAll(want, "%••", "•")
		}
		if got != want {
			t.Errorf("%s became\n%s, expected\n%s", text, got, want)
		}
	}
}

func TestMaskedJSONIsStillJSON(t *testing.T) {
	text := `{"email":"a\\b\"c\u00e9@x.cz","phone":-4.2e10,"city":["B\trno",{"zip":60200,"x":null,"y":true}]}`
	var value any
	got := Text(text)
	if err := json.Unmarshal([]byte(got), &value); err != nil {
		t.Errorf("%v: %s", err, got)
	}
	if strings.ContainsAny(got, "0246") {
		t.Errorf("a digit is left: %s", got)
	}
}

func TestCodedTextMayHaveAnyLetterAtAnyPlace(t *testing.T) {
	for n := range 4 { // a letter of two bytes stands across each boundary
		text := `{"note":"` + strings.Repeat("a", n) + strings.Repeat("č", 40) + `","email":"jana@example.com"}`
		body := `{"data":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `"}`
		if got := Text(body); got == body {
			t.Errorf("%s in base64 is shown", text)
		}
	}
}

func TestNamesAreInOrder(t *testing.T) {
	for _, list := range [][]string{emailNames, personNames, phoneNames, cardNames, ibanNames, addressNames, identityNames, ipNames} {
		if !slices.IsSorted(list) {
			t.Errorf("%v is not in order, so that some are not found", list)
		}
	}
}

func TestWhatHasNothingPersonalIsGivenBackAsItIs(t *testing.T) {
	text := []byte(`{"id":"evt_1","created":1732282327,"type":"payment.paid","amount":999}`)
	if got := Bytes(text); &got[0] != &text[0] {
		t.Errorf("it was copied: %s", got)
	}
}

// hostile are texts made to cost time: each is n bytes or a few more.
func hostile(n int) map[string]string {
	deep := func(s string) string { return strings.Repeat(s, n/len(s)) }
	return map[string]string{
		"ats": deep("a@"), "at ends": deep("@"), "words": deep("a"), "brackets": deep("["), "keys": deep(`{"a":`),
		"quotes": deep(`"`), "backslashes": `"` + deep(`\`), "tags": deep("<a "), "open tags": deep("<a>"), "angles": deep("<"),
		"pairs": deep("a=%41&"), "equals": deep("="), "parts": deep("Content-Disposition: x; name=\"city\"\r\n"),
		"digits": deep("4"), "groups": deep("4111 "), "colons": deep("a:"), "dots": deep("1.2."), "iban": deep("DE89 "),
		"plus": deep("+1 "), "base64": `"` + deep("eyJlbWFpbCI6ImEi") + `"`, "json in json": `"` + deep(`{\"a\":`) + `"`,
		"names": names(n), "entities": deep("&#64;"), "cdata": deep("<![CDATA["),
	}
}

func names(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `"k%d":1,`, i)
	}
	return b.String()
}

// TestHostileTextCostsNoMoreThanItsLength would end in hours if the work grew as
// the square of a length anywhere.
func TestHostileTextCostsNoMoreThanItsLength(t *testing.T) {
	for name, text := range hostile(4 << 20) {
		if got := Text(text); len(got) < len(text)/8 {
			t.Errorf("%s: of %d bytes %d are left", name, len(text), len(got))
		}
	}
}

func TestJSONOfNumbersAloneStaysJSON(t *testing.T) {
	for text, want := range map[string]string{
		`[4111111111111111, 7]`: `["••••••••••••••••", 7]`,
		`4111111111111111`:      `"••••••••••••••••"`,
		`4111111111111111 paid`: `•••••••••••••••• paid`,
	} {
		if got := Text(text); got != want {
			t.Errorf("%s became %s, expected %s", text, got, want)
		}
	}
}

func FuzzMask(f *testing.F) {
	for _, text := range hostile(200) {
		f.Add(text)
	}
	f.Add(`{"customer":{"name":"Jana"},"email":"a@b.cz","phone":1}`)
	f.Fuzz(func(t *testing.T, text string) {
		got := Text(text)
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q became %q, which is not UTF-8", text, got)
		}
		if json.Valid([]byte(text)) && !json.Valid([]byte(got)) {
			t.Errorf("%q became %q, which is not JSON", text, got)
		}
		if strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q became %q, with other lines", text, got)
		}
	})
}

func BenchmarkBody(b *testing.B) {
	var body strings.Builder
	body.WriteString(`{"items":[`)
	for i := 0; body.Len() < 10<<20; i++ {
		fmt.Fprintf(&body, `{"id":%d,"name":"item %d","email":"user%d@example.com","price":%d.50,"sku":"a9f8c7d6e5b4a3928170"},`, i, i, i, i)
	}
	text := []byte(body.String())
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Bytes(text)
	}
}
