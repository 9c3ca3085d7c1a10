package ui

import (
	"errors"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestFailedCaptureIsExplainedAndTheOtherKeyTaken(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { scene(t, e) })
	d.rest()
	d.list.rows.Select(0)
	d.wait("the diagnosis", func() bool {
		return d.detail.capture != nil && d.detail.capture.Verdict.Diagnosis != nil
	})
	found := d.detail.capture.Verdict.Diagnosis
	if found.Cause != signature.SecretOfOtherEndpoint || found.Endpoint != "yshop.pl (live)" {
		t.Fatalf("the diagnosis is %+v", found)
	}
	fixes := d.remedies(*d.detail.capture)
	if len(fixes) == 0 || fixes[0].Text != "Use that key" {
		t.Fatalf("the buttons are %+v", fixes)
	}
	fixes[0].Do()
	d.wait("the new verdict", func() bool { return d.detail.capture.Outcome == signature.Verified })
	if refs := d.engine.Settings().Endpoints[0].Secrets; len(refs) != 1 || refs[0] != "keyring:yshop.pl (live)" {
		t.Errorf("the endpoint's secrets are %v", refs)
	}
}

func TestReleasedCaptureReachesTheShop(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { scene(t, e) })
	d.rest()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	if d.itemOf(cmdRelease).Disabled {
		t.Fatal("a held capture cannot be released")
	}
	d.release()
	d.wait("the delivery", func() bool { return d.detail.capture.State == inspector.Done && d.model.counts.Held == 0 })
}

func TestCaptureThatIsGoneSaysSo(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(2)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	if err := d.engine.Store().Delete(t.Context(), d.detail.id); err != nil {
		t.Fatal(err)
	}
	d.wait("the empty state", func() bool { return strings.HasPrefix(d.detail.says, "This capture is gone") })
	d.wait("one row less", func() bool { return d.list.rows.Count() == 19 })
	d.wantRowsAsStored()
}

func TestChoosingQuicklyShowsTheLastChoice(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 40) })
	d.rest()
	for i := range 15 {
		d.list.rows.Select(i)
	}
	d.wait("the last choice", func() bool { return d.detail.capture != nil && d.detail.capture.ID == d.list.selected })
	d.rest()
	if d.detail.capture.ID != d.detail.id {
		t.Error("another capture came on screen")
	}
}

func TestNewsOfAnotherSelectionChangesNothing(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	d.detail.follow(ulid.ULID{}, nil) // was on its way when nothing was selected
	if d.detail.says != "" || d.detail.capture == nil {
		t.Errorf("the pane says %q", d.detail.says)
	}
}

func TestStoreThatCannotBeReadSaysSoAndIsTriedAgain(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.apply(update{model: loadModel(d.engine, sampleNames{}), err: errors.New("read the captures: input/output error")})
	if said := d.list.empty.said; said.title != "The captures cannot be read" || !strings.Contains(said.says, "input/output error") {
		t.Errorf("it says %+v", said)
	}
	d.list.empty.button.OnTapped()
	d.wait("the rows", func() bool { return !d.list.empty.content.Visible() && d.list.rows.Count() == 20 })
}
