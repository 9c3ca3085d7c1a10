package detail

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
)

var paneSize = fyne.NewSize(740, 700)

func TestVerificationShowsVerdictStepsAndCover(t *testing.T) {
	pane, _ := framed(t, Actions{}, look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	pane.Show(c, p)
	expect(t, pane.Object(), c.Verdict.Title(), "Signature header", "64 hex digits", "Covered:", "id", "date", "Not covered:", "everything else", "PAID", wordDocs)
}

func TestButtonsWithoutActionAreNotSeen(t *testing.T) {
	pane, _ := framed(t, Actions{}, look.Light(), paneSize)
	c, p := genuine(t, "yshop", "another key")
	pane.Show(c, p)
	for _, text := range []string{wordReplay, wordEdit, wordExport, wordRelease, "Pin"} {
		if button(pane.Object(), text) != nil {
			t.Errorf("button %q is seen without an action", text)
		}
	}
}

func TestButtonsActOnTheCaptureThatIsShown(t *testing.T) {
	var told []string
	tell := func(what string) func(inspector.Capture) {
		return func(c inspector.Capture) { told = append(told, what+" "+c.Event) }
	}
	a := Actions{
		Replay: tell("replay"), Edit: tell("edit"), Release: tell("release"),
		Export: func(c inspector.Capture, _ fyne.CanvasObject) { tell("export")(c) },
		Pin:    func(c inspector.Capture, _ bool) { tell("pin")(c) },
	}
	pane, _ := framed(t, a, look.Light(), paneSize)
	first, p := genuine(t, "tweed", "")
	pane.Show(first, p)
	if button(pane.Object(), wordRelease) != nil {
		t.Error("a capture that is not held can be released")
	}
	second, p := genuine(t, "yshop", "another key")
	second.ID, second.Event = ulid.MustParse("01JD9Q4T7S0000000000000002"), "second"
	pane.Show(second, p)
	for _, text := range []string{wordReplay, wordEdit, wordRelease, wordExport, "Pin"} {
		press(t, pane.Object(), text)
	}
	want := []string{"replay second", "edit second", "release second", "export second", "pin second"}
	for i := range want {
		if i >= len(told) || told[i] != want[i] {
			t.Fatalf("told %q, expected %q", told, want)
		}
	}
}

func TestMissingSecretSaysWhereItIsFound(t *testing.T) {
	asked := false
	pane, _ := framed(t, Actions{AddSecret: func(inspector.Capture) { asked = true }}, look.Light(), paneSize)
	p := provider(t, "yshop")
	m := p.Examples[0].Message
	pane.Show(capture(p, m, p.Judge(m, nil, received)), p)
	expect(t, pane.Object(), "No secret configured", "Where to find it")
	press(t, pane.Object(), wordAddSecret)
	if !asked {
		t.Error("the button did nothing")
	}
}

func TestSameIDWithOtherContentIsFlagged(t *testing.T) {
	var opened ulid.ULID
	pane, _ := framed(t, Actions{Open: func(id ulid.ULID) { opened = id }}, look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c.Again = &inspector.Again{Kind: inspector.SameIDOtherContent, Of: ulid.MustParse("01JD9Q4T7S000000000000000A")}
	pane.Show(c, p)
	expect(t, pane.Object(), "Same delivery id, other content", "forgery")
	press(t, pane.Object(), wordOpenEarlier)
	if opened != c.Again.Of {
		t.Errorf("opened %s, expected %s", opened, c.Again.Of)
	}
}

func TestShowingTheSameCaptureAgainKeepsWhatTheUserChose(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "twisto", "")
	pane.Show(c, p)
	pane.bar.choose(tabBody)
	press(t, pane.Object(), "Show personal data")
	pane.body.modes.Tapped(&fyne.PointEvent{Position: fyne.NewPos(90, 10)})
	mode := pane.body.modes.Chosen()
	pane.Show(answered(c, 200, "{}", inspector.First), p)
	if pane.bar.chosen != tabBody || !pane.revealed || pane.body.modes.Chosen() != mode || mode == modePretty {
		t.Errorf("tab %d, revealed %v, mode %d of %d", pane.bar.chosen, pane.revealed, pane.body.modes.Chosen(), mode)
	}
	c.ID = ulid.MustParse("01JD9Q4T7S0000000000000003")
	pane.Show(c, p)
	if pane.revealed {
		t.Error("personal data of another capture is shown unasked")
	}
}

func TestClearForgetsTheCapture(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	pane.Show(c, p)
	pane.Clear("The capture was deleted.")
	expect(t, pane.Object(), "The capture was deleted.", "!PAID", "!transaction")
	if _, full := pane.Shown(); full {
		t.Error("a capture is shown after Clear")
	}
}

func TestZeroCaptureOfAnUnknownProviderIsShown(t *testing.T) {
	pane, w := framed(t, everything(), look.Dark(), paneSize)
	pane.Show(inspector.Capture{}, providers.Provider{})
	for tab := range tabs {
		pane.bar.choose(tab)
		w.Canvas().Capture()
	}
	pane.bar.choose(tabVerification)
	expect(t, pane.Object(), "Not checked", wordUnnamed[:20])
}

func TestLinkOpensWebPagesOnly(t *testing.T) {
	for address, want := range map[string]bool{
		"https://docs.example/x": true, "http://docs.example": true, "file:///etc/passwd": false, "javascript:alert(1)": false, "": false, "docs.example": false,
	} {
		if got := look.WebLink(wordDocs, address) != nil; got != want {
			t.Errorf("link to %q is offered: %v, expected %v", address, got, want)
		}
	}
}
