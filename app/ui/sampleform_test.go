package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestSimulateOffersEveryEventOfAProvider(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("stripe")
	p, _ := d.engine.Catalog().Get("stripe")
	if len(p.Samples) == 0 || !slices.Equal(f.event.values, p.SampleEvents()) {
		t.Fatalf("it offers %q, the catalogue has %q", f.event.values, p.SampleEvents())
	}
	last := f.event.values[len(f.event.values)-1]
	f.event.choose(last)
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Sent.") })
	d.wait("the capture", func() bool {
		c, ok := d.newest()
		return ok && c.Provider == "stripe" && c.Outcome == signature.Verified && c.State == inspector.Done
	})
}

func TestAProviderWithAPrivateKeyIsSimulatedWithAThrowAwayPair(t *testing.T) {
	d := openFixed(t)
	f := d.openSample("keypay")
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Sent.") })
	d.wait("the capture", func() bool {
		c, ok := d.newest()
		return ok && c.Provider == "keypay" && c.Outcome == signature.Verified
	})
}

func TestAPublicKeyAloneCannotSignASampleAndSaysSo(t *testing.T) {
	d := openFixed(t)
	f := d.openEndpoint("")
	f.provider.choose("keypay")
	f.secret.entry().SetText(publicPEM)
	f.submit()
	d.wait("the endpoint", func() bool { return d.saved != nil && d.model.endpoint("Keypay") != nil })
	sample := d.openSample("")
	if sample.provider.chosen != "keypay" {
		t.Errorf("it begins with %q, expected the provider of the one endpoint", sample.provider.chosen)
	}
	sample.submit()
	d.wait("the reason", func() bool { return sample.sheet.wrong.Visible() })
	if says := sample.sheet.wrong.Text(); !strings.Contains(says, "private key") {
		t.Errorf("it says %q", says)
	}
}

// judged waits until the form shows the verdict of what it would send now.
func (f *sampleForm) judged(d *desk, word string) {
	d.t.Helper()
	d.wait("the verdict "+word, func() bool { return strings.HasSuffix(f.verdict.title.Text, word) })
}

func TestASpoiledSampleShowsItsVerdictBeforeItIsSent(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("stripe")
	f.judged(d, "verified")
	for _, how := range []signature.Spoiling{signature.TamperedBody, signature.MissingSignature, signature.StaleTimestamp, signature.OtherSecret} {
		if !slices.Contains(f.spoil.values, string(how)) {
			t.Fatalf("it offers %q, expected %s among them", f.spoil.values, how)
		}
	}
	f.spoil.choose(string(signature.StaleTimestamp))
	f.judged(d, "stale")
	f.submit()
	d.wait("the answer", func() bool { return f.result.Text() == "Sent. The sender was answered 401." })
	d.wait("the capture", func() bool {
		c, ok := d.newest()
		return ok && c.Outcome == signature.Stale && c.State == inspector.Held
	})
}

func TestAProviderThatSignsNothingOffersNothingToSpoil(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("stripe")
	f.judged(d, "verified")
	f.spoil.choose(string(signature.TamperedBody))
	f.provider.choose("truust")
	f.judged(d, "unsigned")
	if len(f.spoil.values) != 1 || f.spoil.chosen != "" || !strings.Contains(f.spoilField.hint.Text(), "signs nothing") {
		t.Errorf("it offers %q and says %q", f.spoil.values, f.spoilField.hint.Text())
	}
}

func TestValuesOfASampleAreChangedBeforeItIsSigned(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("tweed")
	f.event.choose("CHECKOUT_STATUS_UPDATED DONE")
	f.values.how.TypedKey(key(fyne.KeyRight))
	if len(f.values.rows.Objects) < 5 {
		t.Fatalf("it offers %d values", len(f.values.rows.Objects))
	}
	var price *entry
	see(f.values.rows, func(o fyne.CanvasObject) {
		if e, is := o.(*entry); is && e.Text == "10.5" {
			price = e
		}
	})
	price.SetText("99")
	f.judged(d, "verified")
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Sent.") })
	d.wait("the capture", func() bool { c, ok := d.newest(); return ok && c.Outcome == signature.Verified })
	c, _ := d.newest()
	kept, err := d.engine.Store().Get(t.Context(), c.ID)
	if err != nil || !strings.Contains(string(kept.Message.Body), `:99`) {
		t.Errorf("kept %s, %v", kept.Message.Body, err)
	}
	f.values.how.TypedKey(key(fyne.KeyRight))
	if !strings.Contains(f.values.text.Text, ":99") {
		t.Errorf("the text is %q", f.values.text.Text)
	}
	f.values.text.SetText(`{"type":"MINE"}`)
	if m := f.values.message(); m == nil || string(m.Body) != `{"type":"MINE"}` || m.Header.Get("Content-Length") != "15" {
		t.Errorf("the message is %+v", m)
	}
	f.values.how.TypedKey(key(fyne.KeyLeft))
	f.values.how.TypedKey(key(fyne.KeyLeft))
	if f.values.message() != nil {
		t.Error("as it is, it is still changed")
	}
}

func TestAnAddressElsewhereIsSaidToLeaveTheMachine(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("tweed")
	f.to.place.choose(elsewhere)
	for address, says := range map[string]string{"https://shop.example/x": "leaves this machine: shop.example", "http://localhost:1/x": "stays on this machine", "ftp://x": ""} {
		f.to.address.SetText(address)
		if got := f.to.says.Text(); !strings.Contains(got, says) || says == "" && got != "" {
			t.Errorf("%s: it says %q", address, got)
		}
	}
	if !f.signerField.content.Visible() {
		t.Error("it does not tell whose secret signs")
	}
	f.to.address.SetText("http://me:hunter2@localhost/")
	f.submit()
	if says := f.sheet.wrong.Text(); !f.sheet.wrong.Visible() || strings.Contains(says, "hunter2") {
		t.Errorf("it says %q", says)
	}
}

func TestManySamplesAreCountedAndCanBeStopped(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("tweed")
	f.run.count.SetText("1001")
	f.submit()
	if !f.sheet.wrong.Visible() || f.send.Disabled() {
		t.Error("1001 are sent")
	}
	f.run.count.SetText("12")
	f.run.rate.SetText("200")
	f.run.fresh.SetChecked(true)
	f.submit()
	if !f.stop.Visible() || !f.run.bar.Visible() || !f.send.Disabled() {
		t.Error("it does not show that it sends")
	}
	d.wait("the end", func() bool { return strings.HasPrefix(f.result.Text(), "12 of 12 sent") })
	if says := f.result.Text(); !strings.Contains(says, "12 × verified") || !strings.Contains(says, "12 × 200") || f.stop.Visible() || f.run.bar.Visible() {
		t.Errorf("it says %q", says)
	}
	f.run.count.SetText("1000")
	f.run.rate.SetText("5")
	f.submit()
	f.stop.Tapped(nil)
	d.wait("the stop", func() bool { return strings.Contains(f.result.Text(), "of 1000 sent") && !f.send.Disabled() })
	f.submit()
	f.sheet.close()
	d.wait("the end of it", func() bool { return f.cancel == nil })
}

func TestSimulateIsDrawn(t *testing.T) {
	d := openDesk(t, nil)
	d.pose(false)
	d.win.Resize(fyne.NewSize(900, 1000))
	f := d.openSample("tweed")
	f.event.choose("CHECKOUT_STATUS_UPDATED DONE")
	f.judged(d, "verified")
	d.win.Canvas().Unfocus()
	both := func(name string, show func()) {
		for _, theme := range []string{themeLight, themeDark} {
			d.setTheme(theme)
			show()
			d.win.Canvas().Unfocus() // a cursor blinks
			d.shot(name + "-" + theme)
			test.AssertImageMatches(t, name+"-"+theme+".png", f.sheet.drawn())
		}
	}
	both("simulate-genuine", func() {})
	f.values.how.TypedKey(key(fyne.KeyRight))
	f.spoil.choose(string(signature.TamperedBody))
	f.judged(d, "mismatch")
	both("simulate-spoiled", func() {})
	f.values.how.TypedKey(key(fyne.KeyLeft))
	f.judged(d, "mismatch")
	f.begin(200)
	f.run.at(86, 200)
	both("simulate-running", func() {})
	f.end(engine.Tally{
		Count: 200, Sent: 198, Failed: 2, Outcomes: map[signature.Outcome]int{signature.Mismatch: 200}, Statuses: map[int]int{401: 198},
		Took: 4100 * time.Millisecond, Failure: errors.New("connection refused"),
	}, nil)
	d.rest()
	both("simulate-done", func() {})
	f.end(engine.Tally{}, errors.New("the secret of Tweed is a public key; a sample needs the private key"))
	d.both("simulate-refused", f.sheet.alone)
	f.run.count.SetText("1001")
	f.submit()
	d.both("simulate-wrong", f.sheet.alone)
	f.sheet.say("")
	f.run.count.SetText("1")
	f.to.place.choose(elsewhere)
	f.to.address.SetText("https://shop.example/webhooks")
	f.judged(d, "mismatch")
	d.both("simulate-away", f.sheet.alone)
	f.to.address.SetText("shop.example")
	f.judge()
	d.both("simulate-nowhere", f.sheet.alone)
}
