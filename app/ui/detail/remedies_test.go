package detail

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestDiagnosisShowsItsProofAndAButtonForEachRemedy(t *testing.T) {
	var done []string
	remedy := func(text string) Remedy { return Remedy{text, func() { done = append(done, text) }} }
	offered := []Remedy{remedy("Copy the address of live"), remedy("Use its key here")}
	pane, _ := framed(t, Actions{Remedies: func(inspector.Capture) []Remedy { return offered }}, look.Light(), paneSize)
	c, p := genuine(t, "yshop", "another key")
	pane.Show(c, p)
	expect(t, pane.Object(), "!Use its key here")
	c.Verdict.Diagnosis = &signature.Diagnosis{
		Cause: signature.SecretOfOtherEndpoint, Endpoint: "live", Says: "It matches the secret of live.", Do: "Use it.",
		Evidence: "ea9a11f3…ad6aaa matches with secret keyring:live",
	}
	pane.Show(c, p)
	expect(t, pane.Object(), "live", "Use it.", wordProof, "ea9a11f3…ad6aaa matches")
	press(t, pane.Object(), "Use its key here")
	press(t, pane.Object(), "Copy the address of live")
	if !slices.Equal(done, []string{"Use its key here", "Copy the address of live"}) {
		t.Errorf("the buttons did %q", done)
	}
	offered = nil
	pane.Show(c, p)
	expect(t, pane.Object(), "Use it.", "!Use its key here")
}

func TestWhatTheSignatureLooksLikeIsShownWhenNothingMatched(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "another key")
	c.Verdict.Diagnosis = &signature.Diagnosis{Cause: signature.Unexplained, Says: "Nothing gives it.", Evidence: "40 hex digits, as SHA-1 gives"}
	pane.Show(c, p)
	expect(t, pane.Object(), wordShape, "as SHA-1 gives", "!"+wordProof)
}

func TestProofDoesNotQuotePersonalData(t *testing.T) {
	pane, c := personal(t)
	c.Verdict.Outcome, c.Outcome = signature.Mismatch, signature.Mismatch
	c.Verdict.Diagnosis = &signature.Diagnosis{Cause: signature.BodyReencoded, Says: "It does match.", Evidence: `received {"action":"check","email":"jana@example.com"}`}
	pane.Show(c, provider(t, "twisto"))
	expect(t, pane.Object(), wordProof, "!jana@")
}

// greeting is a provider's check of an endpoint.
func greeting(end inspector.Handshake) (inspector.Capture, providers.Provider) {
	p := providers.Provider{ID: "asana", Name: "Asana", Mark: "As", Colour: "#d6404a", Docs: "https://developers.asana.com/docs/webhooks-guide", Sure: "secondary"}
	m := signature.Message{
		Method: "POST", Target: "/asana/0c8b6a7be2e21042",
		Header: signature.Header{{Name: "Host", Value: "quiet-fox-1042.ngrok.app"}, {Name: "Content-Type", Value: "application/json"}},
	}
	step := signature.Step{Name: signature.StepHandshake, OK: end == inspector.HandshakeAnswered, Evidence: "Asana offers the secret of a new webhook."}
	c := capture(p, m, signature.Verdict{Provider: p.ID, Outcome: signature.Unsigned, Steps: []signature.Step{step}})
	c.Event, c.EventDerived, c.DeliveryID, c.State = "handshake", true, "", inspector.Kept
	c.Handshake, c.OffersSecret, c.Notes = end, end == inspector.HandshakeAnswered, []string{step.Evidence}
	return c, p
}

func TestHandshakeOffersItsSecretForUse(t *testing.T) {
	used := false
	pane, _ := framed(t, Actions{UseOffered: func(inspector.Capture) { used = true }}, look.Light(), paneSize)
	c, p := greeting(inspector.HandshakeAnswered)
	pane.Show(c, p)
	expect(t, pane.Object(), "Handshake answered", "Asana offers the secret", "handshake", "!not forwarded", wordSecondary)
	press(t, pane.Object(), wordUseOffered)
	if !used {
		t.Error("the button did nothing")
	}
	c, p = greeting(inspector.HandshakeRefused)
	pane.Show(c, p)
	expect(t, pane.Object(), "Handshake refused", "handshake refused", "!"+wordUseOffered)
}

// couldBe is a capture that several providers could have sent.
func couldBe(names ...string) (inspector.Capture, []providers.Provider) {
	var list []providers.Provider
	c, _ := pictured(signature.Unsigned)
	c.Provider, c.Endpoint, c.Candidates = "", "everything", nil
	c.Verdict = signature.Verdict{Outcome: signature.Unsigned, Steps: []signature.Step{{Name: signature.StepProvider, Evidence: "It could come from several."}}}
	for _, name := range names {
		list = append(list, providers.Provider{ID: name, Name: name})
		c.Candidates = append(c.Candidates, name)
	}
	return c, list
}

func TestTieNamesTheCandidatesAndLetsOneBeChosen(t *testing.T) {
	chosen := ""
	pane, _ := framed(t, Actions{ChooseProvider: func(_ inspector.Capture, id string) { chosen = id }}, look.Light(), paneSize)
	c, list := couldBe("GitHub", "WhatsApp", "Instagram")
	pane.Show(c, providers.Provider{}, list...)
	expect(t, pane.Object(), "Could be GitHub, WhatsApp or Instagram", "decides the endpoint's provider")
	press(t, pane.Object(), "WhatsApp")
	if chosen != "WhatsApp" {
		t.Errorf("chosen was %q", chosen)
	}
	c, list = couldBe("A", "B", "C", "D", "E", "F")
	pane.Show(c, providers.Provider{}, list...)
	expect(t, pane.Object(), "Could be A, B, C, D or 2 more", wordOthers)
}

func TestHandshakeTieAndProofAreDrawn(t *testing.T) {
	for name, th := range map[string]look.Theme{"light": look.Light(), "dark": look.Dark()} {
		t.Run(name, func(t *testing.T) {
			pane, w := framed(t, everything(), th, fyne.NewSize(740, 460))
			c, p := greeting(inspector.HandshakeAnswered)
			pane.Show(c, p)
			test.AssertRendersToImage(t, "handshake-"+name+".png", w.Canvas())
			c, list := couldBe("GitHub", "WhatsApp", "Instagram", "Facebook Messenger", "Facebook Graph API")
			pane.Show(c, providers.Provider{}, list...)
			test.AssertRendersToImage(t, "tie-"+name+".png", w.Canvas())
		})
	}
	lightAndDark(t, "remedies", func(t *testing.T, mode string, th look.Theme) {
		a := everything()
		a.Remedies = func(inspector.Capture) []Remedy {
			return []Remedy{{"Copy the address of yshop.pl (live)", nil}, {"Use its key here", nil}}
		}
		pane, w := framed(t, a, th, fyne.NewSize(460, 700)) // beside the list in a window of 1024
		c, p := pictured(signature.Mismatch)
		c.Verdict.Diagnosis = &signature.Diagnosis{
			Cause: signature.SecretOfOtherEndpoint, Endpoint: "yshop.pl (live)",
			Says:     "It does match with the secret of yshop.pl (live): the delivery comes from the provider's live environment, this endpoint is of the test one.",
			Do:       "Send the deliveries of the live environment to yshop.pl (live), or use its secret here.",
			Evidence: "c29a04e1…10b7aa matches with secret keyring:yshop.pl (live)",
		}
		pane.Show(c, p)
		test.AssertRendersToImage(t, "remedies-"+mode+".png", w.Canvas())
	})
}
