package detail

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
	"shopbell/inspector/redact"
	"shopbell/providers/signature"
)

// canaries are what must not be seen of the capture below.
var canaries = []string{"jana", "Nováková", "Dlouhá", "777 123", "4111", "DE89", "185.36"}

const personalJSON = `{"action":"check","buyer":{"name":"Jana Nováková","phone":"777 123 456","mail":"jana@example.com"},` +
	`"address":{"line1":"Dlouhá 5"},"card":"4111 1111 1111 1111","pay":"DE89370400440532013000","to":"185.36.169.12","paid":true}`

// exposed is a capture with personal data wherever the pane masks it itself: in bodies and the raw head.
func exposed(t *testing.T, body []byte, encoding string) inspector.Capture {
	t.Helper()
	p := provider(t, "tweed")
	m := p.Examples[0].Message
	m.Body = body
	m.Header = signature.Header{{Name: "Content-Type", Value: "application/json"}}
	m.Head = []byte("POST /tweed?mail=jana%40example.com HTTP/1.1\r\nX-Forwarded-For: 185.36.169.12\r\n\r\n")
	if encoding != "" {
		m.Header = append(m.Header, signature.Field{Name: "Content-Encoding", Value: encoding})
	}
	c := capture(p, m, p.Judge(m, nil, received))
	c.ID[15]++                                                                         // another one than that which was shown before
	c.Path, c.From, c.Event, c.DeliveryID, c.Verdict.Steps = "/tweed", "", "", "", nil // the window's part
	return answered(c, 200, personalJSON, inspector.First)
}

func TestHiddenPersonalDataIsOnNoTab(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(personalJSON))
	w.Close()
	large := personalJSON + strings.Repeat("\n"+personalJSON, 300) // made off the UI goroutine
	for name, body := range map[string]struct {
		body     string
		encoding string
	}{"plain": {personalJSON, ""}, "compressed": {packed.String(), "gzip"}, "large": {large, ""}} {
		t.Run(name, func(t *testing.T) {
			pane, _ := personal(t)
			p := provider(t, "tweed")
			atOnce := name == "plain" // the others are made in goroutines, which must not meet the test's
			if !atOnce {
				pane.Hide(redact.Bytes)
			}
			pane.Show(exposed(t, []byte(body.body), body.encoding), p)
			pane.settle()
			for tab := range tabs {
				pane.bar.choose(tab)
				pane.settle()
			}
			if atOnce { // what was shown before must go
				pane.Hide(redact.Bytes)
			}
			for tab := range tabs {
				pane.bar.choose(tab)
				pane.settle()
				for mode := range bodyModes() {
					for _, v := range []*viewer{pane.body, pane.raw, pane.response.body} {
						v.modes.Choose(mode)
						v.render()
						pane.settle()
					}
					pane.unseen(t, tab, mode)
				}
			}
			if raw, exact := pane.Raw(); exact {
				t.Errorf("it says that %.100q is exact", raw)
			}
			if !atOnce {
				return
			}
			pane.Hide(nil)
			pane.body.modes.Choose(modeText)
			pane.body.render()
			if text := pane.body.code.Document().Bytes(); !bytes.Contains(text, []byte("jana@example.com")) || !bytes.Contains(text, []byte("true")) {
				t.Errorf("shown again, it is %.200q", text)
			}
		})
	}
}

// unseen looks for personal data in what is drawn and in what would be copied.
func (p *Pane) unseen(t *testing.T, tab, mode int) {
	t.Helper()
	var not []string
	for _, c := range canaries {
		not = append(not, "!"+c)
	}
	expect(t, p.Object(), not...)
	for _, v := range []*rows.CodeView{p.body.code, p.raw.code, p.response.body.code, p.verification.preview} {
		for _, c := range canaries {
			if bytes.Contains(v.Document().Bytes(), []byte(c)) {
				t.Errorf("tab %d, mode %d: %q is in %.300q", tab, mode, c, v.Document().Bytes())
			}
		}
	}
}

func TestWhatIsNotPersonalStaysWhenTheRestIsHidden(t *testing.T) {
	pane, _ := personal(t)
	pane.Hide(redact.Bytes)
	pane.Show(exposed(t, []byte(personalJSON), ""), provider(t, "tweed"))
	pane.bar.choose(tabBody)
	expect(t, pane.Object(), `"action"`, "check", "•••• ••••••••", "true", "Personal data is hidden")
}

func TestHiddenPersonalDataIsInNoPartOfABody(t *testing.T) {
	in64 := base64.RawURLEncoding.EncodeToString
	token := in64([]byte(`{"alg":"HS256"}`)) + "." + in64([]byte(personalJSON)) + "." + in64([]byte("signature"))
	parts := "--b\r\nContent-Disposition: form-data; name=\"mail\"\r\n\r\njana@example.com\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"data\"\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(personalJSON)) + "\r\n--b--\r\n"
	for name, of := range map[string]struct{ kind, body string }{
		"token": {"application/jwt", token}, "token in JSON": {"application/json", `{"id_token":"` + token + `"}`},
		"parts": {"multipart/form-data; boundary=b", parts}, "form": {"application/x-www-form-urlencoded", "email=jana%40example.com&t=" + token},
		"XML": {"application/xml", "<order><customer><email>jana@example.com</email><name>Jana Nováková</name></customer></order>"},
	} {
		t.Run(name, func(t *testing.T) {
			pane, _ := personal(t)
			pane.Hide(redact.Bytes)
			c := exposed(t, []byte(of.body), "")
			c.Message.Header[0].Value = of.kind
			pane.Show(c, provider(t, "tweed"))
			pane.bar.choose(tabBody)
			for mode := range bodyModes() {
				pane.body.modes.Choose(mode)
				pane.body.render()
				pane.settle()
				for row := 0; pane.body.tree.top != nil && row < pane.body.tree.list.Count(); row++ {
					if !pane.body.tree.top.at(row).isOpen() {
						pane.body.tree.open(row)
						pane.settle()
						pane.unseen(t, tabBody, mode)
					}
				}
				pane.unseen(t, tabBody, mode)
			}
		})
	}
}

func TestHiddenValueIsNotSearchedForByItsDots(t *testing.T) {
	asked := ""
	pane, _ := personal(t)
	pane.OnSearch = func(query string) { asked = query }
	pane.Hide(redact.Bytes)
	pane.Show(exposed(t, []byte(personalJSON), ""), provider(t, "tweed"))
	pane.bar.choose(tabBody)
	seek := func(text string) {
		asked = ""
		doc := pane.body.code.Document().Bytes()
		pane.body.at(bytes.Index(doc, []byte(text)) + 1)(pane.body.search)
		pane.settle()
	}
	if seek("••"); asked != "" {
		t.Errorf("a hidden value is searched for by %q", asked)
	}
	if seek(`"check"`); asked != `body.action:"check"` {
		t.Errorf("a value that is shown is searched for by %q", asked)
	}
}

func TestASecretThatWasCopiedIsTold(t *testing.T) {
	told := ""
	pane, _ := framed(t, Actions{SecretCopied: func(text string) { told = text }}, look.Light(), paneSize)
	p := token()
	m := signature.Message{Method: "POST", Target: "/hook", Header: signature.Header{{Name: "Token", Value: "s3cret"}}, Body: []byte("{}")}
	pane.Show(capture(p, m, p.Scheme.Verify(m, []signature.Secret{signature.NewSecret("#1", "s3cret")}, received)), p)
	pane.bar.choose(tabRaw)
	if pane.raw.code.Copy(); told != "" || pane.Secret() {
		t.Errorf("hidden, it tells %q", told)
	}
	press(t, pane.Object(), "Show credentials")
	if pane.raw.code.Copy(); !strings.Contains(told, "s3cret") || !pane.Secret() {
		t.Errorf("shown, it tells %q", told)
	}
	body := pane.body
	body.choose(modeTree)
	body.tree.set(outline.JSON([]byte(`{"token":"s3cret"}`), outline.Eyes{}), nil)
	body.tree.list.Select(0)
	if body.treeShortcut(&fyne.ShortcutCopy{}); told != "s3cret" {
		t.Errorf("of a value in the tree it tells %q", told)
	}
	told = ""
	c, twisto := genuine(t, "twisto", "")
	c.ID[15]++
	pane.Show(c, twisto)
	press(t, pane.Object(), "Show personal data")
	if pane.raw.code.Copy(); told != "" || pane.Secret() {
		t.Errorf("personal data is told as a secret: %.100q", told)
	}
}

func TestTheVerdictNeverStandsBesideTheBodyOfAnotherCapture(t *testing.T) {
	pane, c := personal(t)
	expect(t, pane.Object(), "kept")
	c.ID[15]++
	c.Message.Body = []byte(bigJSON(2_000))
	pane.body.jobs.turn <- struct{}{}
	pane.Show(c, provider(t, "twisto"))
	expect(t, pane.Object(), "!kept")
	<-pane.body.jobs.turn
	pane.settle()
	if !pane.verification.frame.Visible() {
		t.Error("once laid out, its beginning is not shown")
	}
}

func TestWhatIsUnderWayIsForgottenWithItsCapture(t *testing.T) {
	pane, c := personal(t)
	p := provider(t, "twisto")
	large := c
	large.ID[15]++
	large.Message.Body = []byte(bigJSON(2_000))
	pane.body.jobs.turn <- struct{}{}
	pane.Show(large, p)
	<-pane.body.jobs.turn
	pane.body.jobs.running.Wait()
	pane.Clear("")
	pane.settle()
	if text := pane.body.code.Document().Bytes(); len(text) > 0 {
		t.Errorf("cleared, it shows %.100q", text)
	}
}

func TestTheHeadersOfAnAnswerAreHiddenAgain(t *testing.T) {
	pane, c := personal(t)
	c.Deliveries = []inspector.Delivery{{Kind: inspector.First, Status: 200, Header: signature.Header{{Name: "Set-Cookie", Value: "sesame"}}}}
	pane.Show(c, provider(t, "twisto"))
	pane.bar.choose(tabResponse)
	pane.response.choice.Choose(answerHeaders)
	pane.response.turn()
	pane.reveal(true)
	expect(t, pane.Object(), "sesame")
	pane.reveal(false)
	expect(t, pane.Object(), "!sesame")
}

func TestAHiddenBodyLooksAsBefore(t *testing.T) {
	for name, th := range map[string]look.Theme{"hidden-light": look.Light(), "hidden-dark": look.Dark()} {
		pane, w := framed(t, everything(), th, fyne.NewSize(560, 520))
		pane.Hide(redact.Bytes)
		pane.Show(exposed(t, []byte(personalJSON), ""), provider(t, "tweed"))
		pane.bar.choose(tabBody)
		test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
	}
}
