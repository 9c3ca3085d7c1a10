package detail

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// carrying is the pictured capture with another body.
func carrying(o signature.Outcome, media, body string) (inspector.Capture, providers.Provider) {
	c, p := pictured(o)
	c.Message.Body, c.Size = []byte(body), int64(len(body))
	c.Message.Header[2].Value = media
	return c, p
}

const (
	parts = "--B\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: application/json\r\n\r\n{\"id\":1042}\r\n" +
		"--B\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"invoice.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\x00\xff\r\n--B--\r\n"
	token3 = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzaG9wIiwiaWF0IjoxNzk1MzU0MzI2LCJleHAiOjE3OTUzNTQ2Mjh9.c2lnbmF0dXJl"
	nested = `{"id":"9f1c07de","items":[{"sku":"A-1","price":12.50,"gift":false},{"sku":"日本","price":1}],"payload":"{\"k\":[1,2]}","note":null}`
)

// showState brings a state on screen; work off the UI goroutine waits until
// nothing else touches the pane.
func (p *Pane) showState(s state) {
	c, provider := s.make()
	p.body.jobs.turn <- struct{}{}
	p.Show(c, provider)
	p.bar.choose(s.tab)
	if s.tab == tabBody {
		p.body.choose(s.mode)
	}
	<-p.body.jobs.turn
	p.settle()
}

// state is one that a tab can be in.
type state struct {
	name string
	tab  int
	mode int
	make func() (inspector.Capture, providers.Provider)
	then func(*Pane)
}

func stateOf(o signature.Outcome, media, body string) func() (inspector.Capture, providers.Provider) {
	return func() (inspector.Capture, providers.Provider) { return carrying(o, media, body) }
}

// attempted is a capture with an attempt of each kind.
func attempted(status int, body string, header signature.Header) func() (inspector.Capture, providers.Provider) {
	return func() (inspector.Capture, providers.Provider) {
		c, p := pictured(signature.Verified)
		c.Message.URL = "https://quiet-fox-1042.ngrok.app/yshop/9f1c07de55b04a0e"
		c.Message.Header = append(c.Message.Header, signature.Field{Name: "Connection", Value: "keep-alive"})
		c = answered(answered(c, 503, "{}", inspector.First), status, body, inspector.Retry)
		c.Deliveries[0].Sent = received.Add(12 * time.Millisecond)
		if header != nil {
			c.Deliveries[1].Header = header
		}
		return c, p
	}
}

func states() []state {
	const js = "application/json"
	bare := func(change func(*inspector.Capture)) func() (inspector.Capture, providers.Provider) {
		return func() (inspector.Capture, providers.Provider) {
			c, p := carrying(signature.Verified, js, "")
			change(&c)
			return c, p
		}
	}
	of := func(o signature.Outcome, says string) func() (inspector.Capture, providers.Provider) {
		return func() (inspector.Capture, providers.Provider) {
			c, p := pictured(o)
			c.Verdict.Steps = nil
			if says != "" {
				c.Verdict.Steps = []signature.Step{{Name: "Signature header", OK: o == signature.Stale, Evidence: says}}
			}
			if o == signature.Stale {
				c.Verdict.Cover, c.Verdict.Covered = signature.CoverBody, []string{"body"}
			}
			p.SecretWhere = "Settings, Webhooks: Signing secret."
			return c, p
		}
	}
	return []state{
		{"verdict-stale", tabVerification, 0, of(signature.Stale, "signed 2 h 14 min before it was received"), nil},
		{"verdict-missing", tabVerification, 0, of(signature.Missing, "there is no x-webhook-signature"), nil},
		{"verdict-malformed", tabVerification, 0, of(signature.Malformed, "x-webhook-signature is no hex: it holds \"zz\""), nil},
		{"verdict-no-secret", tabVerification, 0, of(signature.NoSecret, ""), nil},
		{"verdict-unsigned", tabVerification, 0, of(signature.Unsigned, ""), nil},
		{"handshake-refused", tabVerification, 0, func() (inspector.Capture, providers.Provider) { return greeting(inspector.HandshakeRefused) }, nil},
		{"response-kept", tabResponse, 0, bare(func(c *inspector.Capture) { c.State = inspector.Kept }), nil},
		{"response-nowhere", tabResponse, 0, bare(func(c *inspector.Capture) { c.State, c.Endpoint = inspector.Kept, "" }), nil},
		{"body-tree", tabBody, modeTree, stateOf(signature.Verified, js, nested), func(p *Pane) {
			p.body.tree.turn(1)
			p.body.tree.turn(2)
			p.body.tree.list.Select(3)
		}},
		{"body-found", tabBody, modePretty, stateOf(signature.Verified, js, nested), func(p *Pane) {
			p.body.openFind()
			p.body.find.entry.SetText("SKU")
			p.body.find.step(1)
		}},
		{"body-whole", tabBody, modePretty, func() (inspector.Capture, providers.Provider) {
			c, p := carrying(signature.Verified, js, nested)
			c.Verdict.Cover, c.Verdict.Covered = signature.CoverBody, []string{"body"}
			return c, p
		}, nil},
		{"body-fault", tabBody, modePretty, stateOf(signature.Mismatch, js, "{\n \"a\": 1,\n \"b\" 2\n}"), nil},
		{"body-xml", tabBody, modePretty, stateOf(signature.Verified, "text/xml", `<order id="1042"><item sku="A-1">Cup</item><paid/></order>`), nil},
		{"body-form", tabBody, modePretty, func() (inspector.Capture, providers.Provider) {
			c, p := carrying(signature.Verified, "application/x-www-form-urlencoded", "id=1042&status=PAID&note=with+thanks%21")
			c.Verdict.Covered = []string{"form:id", "form:status"}
			return c, p
		}, nil},
		{"body-parts", tabBody, modePretty, stateOf(signature.Verified, "multipart/form-data; boundary=B", parts), nil},
		{"body-parts-tree", tabBody, modeTree, stateOf(signature.Verified, "multipart/form-data; boundary=B", parts), func(p *Pane) { p.body.tree.turn(1) }},
		{"body-token", tabBody, modePretty, stateOf(signature.Mismatch, "application/jwt", token3), nil},
		{"body-hex", tabBody, modeHex, stateOf(signature.Verified, js, `{"id":"9f1c","x":"日本 é"}`), nil},
		{"body-treeless", tabBody, modeTree, stateOf(signature.Verified, "text/plain", "paid 1042"), nil},
		{"body-undecodable", tabBody, modeText, func() (inspector.Capture, providers.Provider) {
			c, p := carrying(signature.Verified, js, "\x1b\x05\x00packed")
			c.Message.Header = append(c.Message.Header, signature.Field{Name: "Content-Encoding", Value: "br"})
			return c, p
		}, nil},
		{"body-none", tabBody, modePretty, bare(func(*inspector.Capture) {}), nil},
		{"headers-none", tabHeaders, 0, bare(func(c *inspector.Capture) { c.Message.Header = nil }), nil},
		{"raw-none", tabRaw, 0, bare(func(c *inspector.Capture) { c.Message = signature.Message{} }), nil},
		{"response-waiting", tabResponse, 0, bare(func(c *inspector.Capture) { c.State = inspector.Waiting }), nil},
		{"response-refused", tabResponse, 0, attempted(0, "", nil), nil},
		{"response-empty", tabResponse, 0, attempted(204, "", nil), nil},
		{"deliveries-none", tabDeliveries, 0, bare(func(c *inspector.Capture) {}), nil},
		{"deliveries-sent", tabDeliveries, 0, attempted(200, "{}", nil), nil},
		{"deliveries-edited", tabDeliveries, 0, func() (inspector.Capture, providers.Provider) {
			c, p := attempted(200, "{}", nil)()
			c.Deliveries[1].Edited = true
			return c, p
		}, nil},
	}
}

func TestEveryStateOfEveryTabIsDrawnLightAndDark(t *testing.T) {
	for _, s := range states() {
		lightAndDark(t, s.name, func(t *testing.T, mode string, th look.Theme) {
			pane, w := framed(t, everything(), th, fyne.NewSize(660, 560))
			pane.showState(s)
			if s.then != nil {
				s.then(pane)
			}
			test.AssertRendersToImage(t, "states/"+s.name+"-"+mode+".png", w.Canvas())
		})
	}
}

func TestLoadingIsDrawnAndSaysWhatIsQuicker(t *testing.T) {
	lightAndDark(t, "loading", func(t *testing.T, mode string, th look.Theme) {
		pane, w := framed(t, everything(), th, fyne.NewSize(660, 560))
		c, p := carrying(signature.Verified, "application/json", bigJSON(20_000))
		pane.body.jobs.turn <- struct{}{}
		pane.Show(c, p)
		pane.bar.choose(tabBody)
		test.AssertRendersToImage(t, "states/body-loading-"+mode+".png", w.Canvas())
		<-pane.body.jobs.turn
		pane.settle()
	})
}

func TestEveryStateNamesTheNextStep(t *testing.T) {
	for name, want := range map[string]string{
		"body-none": "Show its headers", "body-treeless": "Show it pretty", "body-undecodable": "decode it", "headers-none": "Raw", "raw-none": "send it again",
		"response-waiting": wordReplay, "response-refused": wordReplay, "response-empty": "Show its headers", "deliveries-none": wordReplay,
	} {
		for _, s := range states() {
			if s.name != name {
				continue
			}
			pane, _ := framed(t, everything(), look.Light(), paneSize)
			pane.showState(s)
			if all := said(pane.pages); !strings.Contains(all, want) {
				t.Errorf("%s does not name %q: %s", name, want, all)
			}
		}
	}
}
