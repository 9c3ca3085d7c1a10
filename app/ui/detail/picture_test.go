package detail

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// pictured is a capture that no change of the catalogue alters, so that the
// pictures change with the window only.
func pictured(o signature.Outcome) (inspector.Capture, providers.Provider) {
	p := providers.Provider{
		ID: "yshop", Name: "yshop.pl", Mark: "y", Colour: "#0b8f6a", Docs: "https://wiki.yshop.pl/developer/webhook",
		Advice: "The signature covers id and date only. Whoever has seen one delivery can send it again with any other object.",
	}
	m := signature.Message{
		Method: "POST", Target: "/yshop/9f1c07de55b04a0e",
		Head: []byte("POST /yshop/9f1c07de55b04a0e HTTP/1.1\r\nHost: quiet-fox-1042.ngrok.app\r\nx-webhook-signature: c29a04e17f55\r\nContent-Type: application/json\r\n\r\n"),
		Body: []byte(`{"id":"9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2","date":"2026-11-22T14:32:06+01:00","object":{"order_number":"1042","status":"PAID","amount":129.90}}`),
		Header: signature.Header{
			{Name: "Host", Value: "quiet-fox-1042.ngrok.app"}, {Name: "x-webhook-signature", Value: "c29a04e17f55"}, {Name: "Content-Type", Value: "application/json"},
		},
	}
	v := signature.Verdict{Provider: p.ID, Outcome: o, Steps: []signature.Step{
		{Name: "Signature header", OK: true, Evidence: "x-webhook-signature\n64 hex digits, as SHA-256 gives"},
		{Name: "Fields in the message", OK: true, Evidence: "id 9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2\ndate 2026-11-22T14:32:06+01:00"},
		{Name: "Signed text", OK: true, Evidence: "9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2|2026-11-22T14:32:06+01:00|••••••••"},
		{Name: "SHA-256 compared", Evidence: "expected 51c0f6a7…\nreceived c29a04e1…10b7aa"},
	}}
	if o == signature.Verified {
		v.Cover, v.Covered, v.Secret = signature.CoverFields, []string{"json:id", "json:date"}, "#1"
		v.Steps[3] = signature.Step{Name: "SHA-256 compared", OK: true, Evidence: "c29a04e1…10b7aa matches with secret #1"}
	}
	c := capture(p, m, v)
	c.Event, c.DeliveryID = "transaction status", "9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2"
	return c, p
}

// wrongKey is the capture of the design's picture.
func wrongKey(t testing.TB) (*Pane, fyne.Window) {
	return wrongKeyIn(t, look.Light(), fyne.NewSize(740, 800))
}

func wrongKeyIn(t testing.TB, th look.Theme, size fyne.Size) (*Pane, fyne.Window) {
	pane, w := framed(t, everything(), th, size)
	c, p := pictured(signature.Mismatch)
	c.Verdict.Diagnosis = &signature.Diagnosis{
		Cause: signature.SecretOfOtherEndpoint, Endpoint: "yshop.pl (test)",
		Says:     "It does match with the secret of yshop.pl (test): this endpoint holds another one.",
		Do:       "Use that secret here, or send these deliveries to yshop.pl (test).",
		Evidence: "c29a04e1…10b7aa matches with secret keyring:yshop.pl (test)",
	}
	pane.Show(c, p)
	return pane, w
}

// lightAndDark runs a test in both themes.
func lightAndDark(t *testing.T, name string, check func(t *testing.T, mode string, th look.Theme)) {
	for mode, th := range map[string]look.Theme{"light": look.Light(), "dark": look.Dark()} {
		t.Run(name+"-"+mode, func(t *testing.T) { check(t, mode, th) })
	}
}

func TestPaneIsDrawnLightAndDark(t *testing.T) {
	for name, width := range map[string]float32{"verification": 740, "narrow": 380} {
		lightAndDark(t, name, func(t *testing.T, mode string, th look.Theme) {
			_, w := wrongKeyIn(t, th, fyne.NewSize(width, 800))
			test.AssertRendersToImage(t, name+"-"+mode+".png", w.Canvas())
		})
	}
}

func TestEveryTabIsDrawn(t *testing.T) {
	for tab, name := range []string{"verified", "body", "headers", "response", "deliveries", "raw"} {
		lightAndDark(t, name, func(t *testing.T, mode string, th look.Theme) {
			pane, w := framed(t, everything(), th, fyne.NewSize(740, 620))
			c, p := pictured(signature.Verified)
			c.Pinned, c.Note = true, "Ask the merchant about order 1042."
			c.Again = &inspector.Again{Kind: inspector.SameIDOtherContent}
			c = answered(c, 0, "", inspector.First)
			c = answered(c, 500, `{"error":"out of stock"}`, inspector.Retry)
			c = answered(c, 200, `{"ok":true,"order":1042}`, inspector.Replayed)
			c.Deliveries[2].Edited, c.Deliveries[2].Resigned = true, true
			pane.Show(c, p)
			pane.bar.choose(tab)
			test.AssertRendersToImage(t, "tab-"+name+"-"+mode+".png", w.Canvas())
		})
	}
}

func TestEmptyStatesAreDrawn(t *testing.T) {
	lightAndDark(t, "empty", func(t *testing.T, mode string, th look.Theme) {
		pane, w := framed(t, everything(), th, fyne.NewSize(560, 420))
		test.AssertRendersToImage(t, "empty-nothing-"+mode+".png", w.Canvas())
		c, p := pictured(signature.Mismatch)
		pane.Show(c, p)
		pane.bar.choose(tabResponse)
		test.AssertRendersToImage(t, "empty-held-"+mode+".png", w.Canvas())
	})
}

func TestVerificationIsBuiltAsDesigned(t *testing.T) {
	pane, _ := wrongKey(t)
	test.AssertObjectRendersToMarkup(t, "verification.xml", pane.verification.scroll)
}
