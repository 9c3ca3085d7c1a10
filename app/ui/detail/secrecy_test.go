package detail

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// personal is a capture whose body and answer hold personal data.
func personal(t *testing.T) (*Pane, inspector.Capture) {
	t.Helper()
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	p := provider(t, "twisto")
	m := p.Examples[0].Message
	m.Body = []byte(`{"action":"check","customer":{"email":"jana@example.com","note":"kept"}}`)
	m.Header = append(signature.Header{{Name: "Authorization", Value: "Basic am9l"}}, m.Header...)
	m.Head = []byte("POST /twisto HTTP/1.1\r\nAuthorization: Basic am9l\r\n folded am9l\r\nX-Plain: yes\r\n\r\n")
	c := capture(p, m, p.Judge(m, nil, received))
	c = answered(c, 200, `{"email":"jana@example.com","orders":2}`, inspector.First)
	pane.Show(c, p)
	return pane, c
}

func TestPersonalDataIsHiddenOnEveryTabUntilAskedFor(t *testing.T) {
	pane, _ := personal(t)
	for tab := range tabs {
		pane.bar.choose(tab)
		for _, mode := range []int{modePretty, modeTree, modeText, modeHex} {
			for _, v := range []*viewer{pane.body, pane.raw, pane.response.body} {
				v.modes.Choose(mode)
				v.render()
			}
			expect(t, pane.Object(), "!jana@example.com", "!am9l", "!|jana", "!jana@")
			for _, v := range []*viewer{pane.body, pane.raw, pane.response.body} {
				if bytes.Contains(v.code.Document().Bytes(), []byte("jana@")) {
					t.Errorf("tab %d, mode %d: copying would give personal data away", tab, mode)
				}
			}
		}
	}
}

func TestPersonalDataIsShownWhenAskedFor(t *testing.T) {
	pane, c := personal(t)
	pane.bar.choose(tabRaw)
	press(t, pane.Object(), "Show personal data")
	if got := pane.raw.code.Document().Bytes(); !bytes.Equal(got, c.Message.Raw()) {
		t.Errorf("the raw request is %q, expected it byte for byte", got)
	}
	for tab, want := range map[int]string{tabBody: "jana@example.com", tabResponse: "jana@example.com", tabHeaders: "am9l", tabVerification: "jana@example.com"} {
		pane.bar.choose(tab)
		expect(t, pane.Object(), want)
	}
	pane.bar.choose(tabBody)
	press(t, pane.Object(), "Hide personal data")
	expect(t, pane.Object(), "!jana@example.com")
}

func TestMaskedHeadKeepsEverythingElse(t *testing.T) {
	const five = "•••••" // as package providers hides
	head := "POST / HTTP/1.1\r\nCOOKIE: a\r\n\tb\r\nX: authorization: no\r\nproxy-authorization:z\n\r\n"
	want := "POST / HTTP/1.1\r\nCOOKIE: " + five + "\r\n " + five + "\r\nX: authorization: no\r\nproxy-authorization: " + five + "\n\r\n"
	if got := string(maskHead([]byte(head), providers.Provider{})); got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}

// token is a provider that sends its secret in a header, the query and the body.
func token() providers.Provider {
	var at []signature.Part
	for _, kind := range []signature.PartKind{signature.PartHeader, signature.PartQuery, signature.PartJSON} {
		at = append(at, signature.Part{Kind: kind, Name: "token"})
	}
	return providers.Provider{ID: "token", Name: "Token", Scheme: signature.Token{At: at}, Signs: true}
}

func TestTheSecretThatAProviderSendsIsHiddenUntilAskedFor(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	p := token()
	const target = "/hook?token=s3cret"
	m := signature.Message{
		Method: "POST", Target: target, Body: []byte(`{"token":"s3cret","paid":true}`),
		Header: signature.Header{{Name: "Token", Value: "s3cret"}, {Name: "Content-Type", Value: "application/json"}},
		Head:   []byte("POST " + target + " HTTP/1.1\r\nToken: s3cret\r\nContent-Type: application/json\r\n\r\n"),
	}
	c := answered(capture(p, m, p.Scheme.Verify(m, []signature.Secret{signature.NewSecret("#1", "s3cret")}, received)), 200, "{}", inspector.First)
	c.Deliveries[0].Target = "http://localhost:8080" + target
	pane.Show(c, p)
	for tab := range tabs {
		pane.bar.choose(tab)
		expect(t, pane.Object(), "!s3cret")
	}
	if raw, exact := pane.Raw(); bytes.Contains(raw, []byte("s3cret")) || exact || !bytes.Contains(raw, []byte(`"paid":true`)) {
		t.Errorf("copied %q, exact %v", raw, exact)
	}
	press(t, pane.Object(), "Show credentials")
	if raw, exact := pane.Raw(); !bytes.Equal(raw, m.Raw()) || !exact {
		t.Errorf("after asking, copied %q, exact %v", raw, exact)
	}
	pane.bar.choose(tabHeaders)
	expect(t, pane.Object(), "s3cret")
}

func TestEvidenceDoesNotQuotePersonalData(t *testing.T) {
	body := []byte(`{"email":"jana@example.com"}`)
	for text, want := range map[string]string{
		`2024.{"email":"jana@ex… (body of 28 bytes)`: "2024." + dots + " (body of 28 bytes)",
		`x-signature`:                       "x-signature",
		`expected JSON, got "{\"email\":\"`: `expected JSON, got "` + dots,
	} {
		if got := withoutBody(text, body); got != want {
			t.Errorf("%q became %q, expected %q", text, got, want)
		}
	}
}

func TestHostileTextIsDrawnHarmless(t *testing.T) {
	pane, w := framed(t, everything(), look.Light(), fyne.NewSize(740, 700))
	c, p := genuine(t, "yshop", "")
	c.Event = "paid\u202ednuofer\x00\n" + strings.Repeat("A", 100_000)
	c.Message.Header = append(c.Message.Header, signature.Field{Name: "X-\u202e", Value: strings.Repeat("\u0301", 50_000)})
	c.Notes = []string{strings.Repeat("long ", 100_000)}
	pane.Show(c, p)
	for tab := range tabs {
		pane.bar.choose(tab)
		w.Canvas().Capture()
		expect(t, pane.Object(), "!\u202e", "!\x00")
	}
}

func TestWhatIsDecodedForReadingIsMaskedToo(t *testing.T) {
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"email":"jana@example.com","iat":1}`))
	jwt := "eyJhbGciOiJIUzI1NiJ9." + claims + ".c2ln"
	for media, body := range map[string]string{
		"application/json": `{"token":"` + jwt + `"}`, "application/x-www-form-urlencoded": "token=" + jwt + "&payload=%7B%22email%22%3A%22jana%40example.com%22%7D",
	} {
		pane, _ := framed(t, everything(), look.Light(), paneSize)
		p := provider(t, "twisto")
		m := p.Examples[0].Message
		m.Body, m.Header = []byte(body), signature.Header{{Name: "Content-Type", Value: media}}
		pane.Show(capture(p, m, p.Judge(m, nil, received)), p)
		pane.bar.choose(tabBody)
		expect(t, pane.pages, "!jana@")
		pane.body.choose(modeTree)
		for row := 0; row < pane.body.tree.list.Count(); row++ {
			if !pane.body.tree.top.at(row).isOpen() {
				pane.body.tree.turn(row)
			}
		}
		expect(t, pane.pages, "!jana@", "email", "claims")
	}
}
