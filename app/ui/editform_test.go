package ui

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// openReceived is a desk with one verified Tweed delivery, open for editing.
func openReceived(t *testing.T) (*desk, *editForm, *inspectortest.Shop) {
	t.Helper()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	d := openDeskWith(t, shop.URL().String(), nil, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	d.saved.sheet.close()
	d.send("tweed", "tweed live")
	d.wait("the capture in the detail", func() bool { return d.detail.capture != nil && d.detail.capture.Attempts == 1 })
	d.press("Edit & re-sign")
	if len(d.sheets) != 1 {
		t.Fatal("the button opens no sheet")
	}
	d.closeTop()
	f := d.openEdit(*d.detail.capture)
	f.judged(d, "verified")
	return d, f, shop
}

func (f *editForm) judged(d *desk, word string) {
	d.t.Helper()
	d.wait("the verdict "+word, func() bool { return strings.HasSuffix(f.verdict.title.Text, word) })
}

func TestWhatAnEditDoesToTheVerdictIsShownBeforeItIsSent(t *testing.T) {
	d, f, shop := openReceived(t)
	before := len(shop.Requests())
	f.sign.choose(keepSignature)
	f.judged(d, "verified")
	f.body.text.SetText(strings.Replace(f.body.text.Text, "FAILED", "DONE", 1))
	f.judged(d, "mismatch")
	f.sign.choose(signAnew)
	f.judged(d, "verified")
	if n := len(shop.Requests()); n != before {
		t.Errorf("the shop got %d requests while it was only edited", n-before)
	}
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Answered 200") })
	got := shop.Requests()[before]
	if !strings.Contains(string(got.Body), "DONE") || !strings.Contains(f.result.Text(), "The first answer was the same") {
		t.Errorf("the shop got %s, it says %q", got.Body, f.result.Text())
	}
	if err := d.engine.Store().Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := d.engine.Store().Get(t.Context(), f.capture.ID)
	if err != nil || len(c.Deliveries) != 2 || !c.Deliveries[1].Edited || !c.Deliveries[1].Resigned {
		t.Errorf("kept %+v, %v", c.Deliveries, err)
	}
}

func TestADifferentAnswerIsSaidToBeOne(t *testing.T) {
	d, f, shop := openReceived(t)
	shop.On(f.capture.Message.Target, inspectortest.Behaviour{Status: 409, Body: []byte("had it"), Header: signature.Header{{Name: "X-Seen", Value: "1"}}})
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Answered 409") })
	for _, says := range []string{"The first answer was 200", "The body differs", "X-Seen"} {
		if !strings.Contains(f.result.Text(), says) {
			t.Errorf("it says %q, expected %q", f.result.Text(), says)
		}
	}
}

func TestAFreshDeliveryIDIsSignedAgain(t *testing.T) {
	d, f, shop := openReceived(t)
	f.sign.choose(keepSignature)
	f.fresh.SetChecked(true)
	if f.sign.chosen != signAnew {
		t.Error("a new id goes with the old signature")
	}
	f.judged(d, "verified")
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Answered 200") })
	got := shop.Requests()
	if a, b := got[0].Header.Get("X-Tweed-Delivery"), got[len(got)-1].Header.Get("X-Tweed-Delivery"); a == b || len(a) != len(b) {
		t.Errorf("the ids are %q and %q", a, b)
	}
	f.sign.choose(keepSignature)
	if f.fresh.Checked {
		t.Error("the old signature goes with a new id")
	}
}

func TestHeadersAreChangedInTheirOrder(t *testing.T) {
	d, f, shop := openReceived(t)
	n := len(f.heads.rows)
	var event *headRow
	for _, r := range f.heads.rows {
		if r.name.Text == "X-Tweed-Event" {
			event = r
		}
	}
	event.name.SetText("x-tweed-Event")
	event.value.SetText("ANOTHER")
	f.heads.add(signature.Field{Name: "X-Mine", Value: "a"})
	f.heads.remove(f.heads.rows[1])
	m, err := f.message()
	was := f.capture.Message.Header
	if err != nil || len(m.Header) != n || m.Header[n-1].Name != "X-Mine" || m.Header[0] != was[0] || m.Header[1] != was[2] && m.Header[1].Name != "x-tweed-Event" {
		t.Errorf("the header became %v, %v", m.Header, err)
	}
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Answered 200") })
	got := shop.Requests()
	if head := string(got[len(got)-1].Head); !strings.Contains(head, "x-tweed-Event: ANOTHER\r\n") || !strings.Contains(head, "X-Mine: a\r\n") {
		t.Errorf("the shop got\n%s", head)
	}
	for bad, says := range map[string]string{"X Mine": "expected letters, digits and dashes", "": "expected letters, digits and dashes"} {
		f.heads.rows[len(f.heads.rows)-1].name.SetText(bad)
		f.judge()
		if !f.send.Disabled() || !strings.Contains(f.verdict.says.Text(), says) {
			t.Errorf("the name %q: it says %q", bad, f.verdict.says.Text())
		}
	}
	f.heads.rows[len(f.heads.rows)-1].name.SetText("X-Mine")
	f.path.SetText("no path")
	f.judge()
	if !f.send.Disabled() {
		t.Error("a path without a slash can be sent")
	}
}

func TestASyntaxErrorIsLocated(t *testing.T) {
	for text, want := range map[string][2]int{
		"{\"a\":1,}": {1, 8}, "{\n \"ž\": x\n}": {2, 7}, "{\"a\":": {1, 6}, "": {1, 1}, "[1]\n]": {2, 1}, "{\"a\":\"\n\"}": {1, 7},
	} {
		if fault := findJSONFault([]byte(text)); fault == nil || fault.line != want[0] || fault.column != want[1] {
			t.Errorf("%q: %+v, expected line and column %v", text, fault, want)
		}
	}
	if fault := findJSONFault([]byte(" {\"a\":[1]} ")); fault != nil {
		t.Errorf("valid JSON: %+v", fault)
	}
}

func TestALargeBodyIsEditedInAFile(t *testing.T) {
	d, f, shop := openReceived(t)
	c := f.capture
	f.sheet.close()
	c.Message.Body = []byte(`{"type":"` + strings.Repeat("x", areaLimit) + `"}`)
	f = d.openEdit(c)
	if f.body.text.Visible() || !f.body.load.Disabled() || !strings.Contains(textOf(f.body.content), "Open it as a file") {
		t.Fatalf("it shows %q", textOf(f.body.content))
	}
	f.body.open()
	d.wait("the file", func() bool { return f.body.path != "" })
	path := f.body.path
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != int64(len(c.Message.Body)) || !strings.HasSuffix(path, ".json") {
		t.Fatalf("the file is %+v, %v", info, err)
	}
	if err := os.WriteFile(path, []byte("{\n]"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.body.reload()
	d.wait("the fault", func() bool { return strings.Contains(f.body.state.Text(), "line 2, column 1") })
	if err := os.WriteFile(path, []byte(`{"type":"MINE"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	f.body.open()
	d.rest()
	f.body.reload()
	d.wait("the body", func() bool { return string(f.body.now) == `{"type":"MINE"}` })
	f.judged(d, "verified")
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Answered 200") })
	got := shop.Requests()
	if string(got[len(got)-1].Body) != `{"type":"MINE"}` {
		t.Errorf("the shop got %s", got[len(got)-1].Body)
	}
	f.sheet.close()
	d.wait("the file's end", func() bool { d.rest(); _, err := os.Stat(path); return os.IsNotExist(err) })
}

func TestTheFileOfABodyGoesAlsoWhenItIsWrittenTooLate(t *testing.T) {
	d, f, _ := openReceived(t)
	t.Setenv("TMPDIR", t.TempDir())
	f.sheet.close()
	f.body.open()
	d.wait("the file's end", func() bool {
		d.rest()
		left, err := os.ReadDir(os.Getenv("TMPDIR"))
		return err == nil && len(left) == 0
	})
}

func TestABinaryBodyIsNotEditedAsText(t *testing.T) {
	for body, want := range map[string]bool{"text\r\n\tž": true, "a\x00b": false, "\xff\xfe": false, "": true, strings.Repeat("x", areaLimit+1): false} {
		if editable([]byte(body)) != want {
			t.Errorf("%.10q can be edited: %v", body, !want)
		}
	}
}

func TestSecretsOfTheQueryStayHiddenAndAreSent(t *testing.T) {
	const real = "/h?a=1&token=s3cret&b=2"
	for shown, want := range map[string]string{
		"/h?a=1&token=••••••••&b=2": real, "/x?token=••••••••&a=2": "/x?token=s3cret&a=2", "/h?token=mine": "/h?token=mine", "/h": "/h",
	} {
		if got := unmasked(shown, real); got != want {
			t.Errorf("%s became %s, expected %s", shown, got, want)
		}
	}
	d := openDesk(t, nil)
	p, _ := d.engine.Catalog().Get("gitlab")
	f := d.openEdit(inspector.Capture{Summary: inspector.Summary{Provider: "gitlab"}, Message: p.Examples[0].Message, Verdict: signature.Verdict{Provider: "gitlab"}})
	token := p.Examples[0].Secret
	for _, r := range f.heads.rows {
		if r.value.Text == token && !r.value.Password {
			t.Errorf("the header %s shows its secret", r.name.Text)
		}
	}
}

func TestEditIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 1000))
	c, err := d.engine.Store().Page(t.Context(), inspector.Query{}, [16]byte{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	var of inspector.Capture
	for _, s := range c {
		if s.Provider == "tweed" {
			if of, err = d.engine.Store().Get(t.Context(), s.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	f := d.openEdit(of)
	d.wait("the offer of a new id", func() bool { return f.fresh.Visible() })
	both := func(name string) {
		for _, theme := range []string{themeLight, themeDark} {
			d.setTheme(theme)
			d.win.Canvas().Unfocus() // a cursor blinks
			test.AssertImageMatches(t, name+"-"+theme+".png", f.sheet.drawn())
		}
	}
	f.judged(d, "verified")
	both("edit-valid")
	f.sign.choose(keepSignature)
	f.body.text.SetText(strings.Replace(f.body.text.Text, "FAILED", "DONE", 1))
	f.judged(d, "mismatch")
	both("edit-mismatch")
	f.body.text.SetText(strings.Replace(f.body.text.Text, `"status"`, `status`, 1))
	f.judged(d, "mismatch")
	f.say(f.answerWords(inspector.Delivery{Status: 409, Millis: 12, Body: []byte("x")}))
	both("edit-error")
	f.sheet.close()
	of.Message.Body = []byte(`{"type":"` + strings.Repeat("x", areaLimit) + `"}`)
	f = d.openEdit(of)
	d.rest()
	d.both("edit-large", f.sheet.alone)
	f.body.file.set("/tmp/shopbell-1042.json")
	f.body.file.content.Show()
	f.body.load.Enable()
	f.sheet.say("No program opened the file by itself: open it from the path above.")
	d.both("edit-file", f.sheet.alone)
	f.sheet.close()
	of.Message.Body = []byte("\x00\x01binary")
	f = d.openEdit(of)
	d.rest()
	f.send.Disable()
	f.say("Sending…")
	d.both("edit-binary-sending", f.sheet.alone)
	f.say("")
	f.send.Enable()
	f.sheet.say("The shop at localhost:8080 refuses connections: is it running?")
	d.both("edit-no-answer", f.sheet.alone)
}
