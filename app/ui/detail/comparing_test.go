package detail

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

func TestAnAttemptIsComparedWithTheOneBeforeAndWithWhatWasReceived(t *testing.T) {
	var told []int
	actions := everything()
	actions.CompareSent = func(_ inspector.Capture, attempt int) { told = append(told, attempt) }
	actions.CompareAnswers = func(_ inspector.Capture, before, attempt int) { told = append(told, before, attempt) }
	pane, _ := framed(t, actions, look.Light(), fyne.NewSize(740, 800))
	c, p := genuine(t, "tweed", "")
	pane.Show(answered(answered(c, 500, "no", inspector.First), 200, "ok", inspector.Retry), p)
	for attempt, want := range [][]int{{0}, {1, 0, 1}} {
		told = nil
		for _, link := range pane.response.comparing(pane.capture, attempt) {
			link.(*look.Button).Tapped(nil)
		}
		if len(told) != len(want) || told[len(told)-1] != want[len(want)-1] {
			t.Errorf("of attempt %d it compares %v, expected %v", attempt, told, want)
		}
	}
}

func TestARepetitionOffersToBeComparedWithTheOriginal(t *testing.T) {
	compared := false
	actions := everything()
	actions.CompareEarlier = func(inspector.Capture) { compared = true }
	pane, _ := framed(t, actions, look.Light(), fyne.NewSize(740, 800))
	c, p := genuine(t, "tweed", "")
	c.Again = &inspector.Again{Kind: inspector.SameIDOtherContent}
	pane.Show(c, p)
	press(t, pane.Object(), "Compare with the original")
	if !compared {
		t.Error("the button compares nothing")
	}
}
