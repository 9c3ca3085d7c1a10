package detail

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// wrongKey is the capture of the design's picture.
func wrongKey(t testing.TB) (*Pane, fyne.Window) {
	return wrongKeyIn(t, look.Light(), fyne.NewSize(740, 800))
}

func wrongKeyIn(t testing.TB, th look.Theme, size fyne.Size) (*Pane, fyne.Window) {
	pane, w := framed(t, everything(), th, size)
	c, p := genuine(t, "yshop", "another key")
	c.Event = "transaction status"
	c.Verdict.Diagnosis = &signature.Diagnosis{
		Cause: signature.SecretOfOtherEndpoint, Endpoint: "yshop.pl (test)",
		Says: "It does match with the secret of yshop.pl (test): this endpoint holds another one.",
		Do:   "Give this endpoint the secret of yshop.pl (test).",
	}
	pane.Show(c, p)
	return pane, w
}

func TestPaneIsDrawnLightAndDark(t *testing.T) {
	for name, th := range map[string]look.Theme{"light": look.Light(), "dark": look.Dark()} {
		t.Run(name, func(t *testing.T) {
			_, w := wrongKeyIn(t, th, fyne.NewSize(740, 800))
			test.AssertRendersToImage(t, "verification-"+name+".png", w.Canvas())
		})
	}
}

func TestEveryTabIsDrawn(t *testing.T) {
	for tab, name := range []string{"verified", "body", "headers", "response", "deliveries", "raw"} {
		t.Run(name, func(t *testing.T) {
			th := look.Light()
			if tab%2 == 1 {
				th = look.Dark()
			}
			pane, w := framed(t, everything(), th, fyne.NewSize(740, 620))
			c, p := genuine(t, "yshop", "")
			c.Event, c.Pinned, c.Note = "transaction status", true, "Ask the merchant about order 1042."
			c.Again = &inspector.Again{Kind: inspector.SameIDOtherContent}
			c = answered(c, 0, "", inspector.First)
			c = answered(c, 500, `{"error":"out of stock"}`, inspector.Retry)
			c = answered(c, 200, `{"ok":true,"order":1042}`, inspector.Replayed)
			c.Deliveries[2].Edited, c.Deliveries[2].Resigned = true, true
			pane.Show(c, p)
			pane.bar.choose(tab)
			test.AssertRendersToImage(t, "tab-"+name+".png", w.Canvas())
		})
	}
}

func TestNarrowPaneWraps(t *testing.T) {
	_, w := wrongKeyIn(t, look.Light(), fyne.NewSize(380, 800))
	test.AssertRendersToImage(t, "narrow.png", w.Canvas())
}

func TestEmptyStatesAreDrawn(t *testing.T) {
	pane, w := framed(t, everything(), look.Light(), fyne.NewSize(560, 420))
	test.AssertRendersToImage(t, "empty-nothing.png", w.Canvas())
	c, p := genuine(t, "tweed", "another key")
	pane.Show(c, p)
	pane.bar.choose(tabResponse)
	test.AssertRendersToImage(t, "empty-held.png", w.Canvas())
}
