package ui

import (
	"image"
	"image/draw"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// someone is whom the captures below are about.
var someone = []string{"jana", "Novák", "Dlouhá", "+420", "4111", "DE89", "185.36"}

const someonesBody = `{"type":"ORDER_PAID","customer":{"name":"Jana Nováková","email":"jana@example.com","phone":"+420 777 123 456"},` +
	`"address":{"street":"Dlouhá 5"},"card":"4111 1111 1111 1111","iban":"DE89370400440532013000","amount":999}`

// aboutSomeone keeps a capture with personal data in every part of it.
func aboutSomeone(t *testing.T, e *engine.Engine) {
	t.Helper()
	m := signature.Message{
		Method: "POST", URL: "https://x.example/tweed?mail=jana%40example.com", Target: "/tweed?mail=jana%40example.com", Body: []byte(someonesBody),
		Header: signature.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Forwarded-For", Value: "185.36.169.12"}, {Name: "X-Customer-Name", Value: "Jana Nováková"}},
	}
	c := inspector.Capture{
		Message: m, From: "185.36.169.12", Note: "call jana@example.com", Notes: []string{"sent by jana@example.com"},
		Verdict: signature.Verdict{Provider: "tweed", Outcome: signature.Mismatch, Steps: []signature.Step{{Name: "body", Evidence: someonesBody[:90]}},
			Diagnosis: &signature.Diagnosis{Cause: signature.Unexplained, Says: "Nothing matched for jana@example.com.", Do: "Ask +420 777 123 456.", Evidence: "4111 1111 1111 1111"}},
		Answer: inspector.Reply{Status: 401, By: "shop", Says: "unknown jana@example.com"},
		Summary: inspector.Summary{
			Received: sceneNow(), Endpoint: "Tweed", Provider: "tweed", Event: "PAID BY jana@example.com", DeliveryID: "jana@example.com",
			Outcome: signature.Mismatch, Method: "POST", Path: m.Target, Size: int64(len(m.Body)), Hint: "for jana@example.com", State: inspector.Held,
		},
	}
	if err := e.Store().Keep(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	d := inspector.Delivery{
		Capture: c.ID, Kind: inspector.First, Target: "http://localhost:8080" + m.Target, Error: "no route to 185.36.169.12",
		Header: signature.Header{{Name: "X-Mail", Value: "jana"}}, Body: []byte(someonesBody), Sent: sceneNow(),
	}
	if err := e.Store().Record(t.Context(), &d, inspector.Held); err != nil {
		t.Fatal(err)
	}
}

// openSomeone is a desk with that capture on screen.
func openSomeone(t *testing.T) *desk {
	t.Helper()
	d := openDeskWith(t, "http://localhost:8080", func(e *engine.Engine) {
		scene(t, e)
		aboutSomeone(t, e)
	}, func(o *engine.Options) { o.Now = sceneNow })
	d.rest()
	d.setTheme(themeLight)
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	d.rest()
	return d
}

func (d *desk) seesSomeone() string {
	text := d.seen()
	for _, s := range someone {
		if at := strings.Index(text, s); at >= 0 {
			return text[max(0, at-30):min(len(text), at+40)]
		}
	}
	return ""
}

// hideKey is what the menu bar does with Ctrl+Shift+H.
func (d *desk) hideKey(t *testing.T) {
	t.Helper()
	for _, m := range d.menu.menu.Items {
		for _, i := range m.Items {
			key, is := i.Shortcut.(*desktop.CustomShortcut)
			if is && key.KeyName == fyne.KeyH && key.Modifier == fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift {
				i.Action()
				return
			}
		}
	}
	t.Fatal("no menu has that key")
}

func TestPersonalDataIsHiddenEverywhereAtOnce(t *testing.T) {
	d := openSomeone(t)
	d.notice.tell("The shop knows jana@example.com.")
	if d.seesSomeone() == "" {
		t.Fatal("nothing personal is shown to begin with")
	}
	d.hideKey(t)
	if where := d.seesSomeone(); where != "" {
		t.Errorf("it is still seen: %s", where)
	}
	if text := d.seen(); !strings.Contains(text, "Personal data hidden") || !strings.Contains(text, "PAID BY ••••@•••••••.•••") || !d.private.on.Load() {
		t.Error("what is left does not say that something is hidden")
	}
	d.copyRaw()
	d.wait("the copy", func() bool { return strings.Contains(d.notice.text, "masked") })
	copied := d.app.Clipboard().Content()
	for _, s := range someone {
		if strings.Contains(copied, s) {
			t.Errorf("copied %q", copied)
		}
	}
	if !strings.Contains(copied, `"amount":999`) {
		t.Errorf("copied %q, expected the rest of it", copied)
	}
	d.wait("the file", func() bool {
		text, err := os.ReadFile(d.engine.File())
		return err == nil && strings.Contains(string(text), "hide_personal = true")
	})
	d.hideKey(t)
	d.rest()
	if d.seesSomeone() == "" || d.private.on.Load() {
		t.Error("it does not come back")
	}
}

func TestHiddenIsRememberedAndFollowsTheSettings(t *testing.T) {
	d := openSomeone(t)
	if err := d.engine.Change(t.Context(), "", settings.Change{Table: "window", Key: "hide_personal", Value: true}); err != nil {
		t.Fatal(err)
	}
	d.wait("the change", func() bool { return d.private.on.Load() })
	if where := d.seesSomeone(); where != "" {
		t.Errorf("it is still seen: %s", where)
	}
	d.Close()
	again := openOn(t, d.engine)
	again.rest()
	again.list.rows.Select(0)
	again.wait("the capture", func() bool { return again.detail.capture != nil })
	again.rest()
	if where := again.seesSomeone(); where != "" || !again.private.on.Load() {
		t.Errorf("after another start it is seen: %s", where)
	}
}

func TestHiddenIsHiddenAlsoInTheMark(t *testing.T) {
	d := openSomeone(t)
	d.mark()
	for _, hidden := range []bool{false, true, false} {
		d.setPersonal(hidden)
		if text := d.status.marked.Text; strings.Contains(text, "jana@") == hidden {
			t.Errorf("hidden %v: the mark says %q", hidden, text)
		}
	}
}

func TestWhatIsDoneWithAHiddenCaptureIsDoneWithTheWholeOne(t *testing.T) {
	d := openSomeone(t)
	d.setPersonal(true)
	shown, _ := d.detail.pane.Shown()
	if strings.Contains(shown.Path, "jana") {
		t.Errorf("the pane was given %q", shown.Path)
	}
	if whole := d.whole(shown); whole.Path != "/tweed?mail=jana%40example.com" || string(whole.Message.Body) != someonesBody {
		t.Errorf("it is done with %q", whole.Path)
	}
}

// part draws the window onto a picture, from a place of the window at one of the picture.
func (d *desk) part(onto *image.NRGBA, at, from image.Point) {
	draw.Draw(onto, onto.Bounds().Add(at), d.win.Canvas().Capture(), from, draw.Src)
}

// TestHiddenLooksAsBefore looks at three rows of the list, the notice, and the
// beginning of the status bar.
func TestHiddenLooksAsBefore(t *testing.T) {
	d := openSomeone(t)
	d.pose(true)
	d.setPersonal(true)
	d.notice.say("Copied the raw request with personal data and secrets masked.", signature.Good)
	d.win.Resize(fyne.NewSize(1180, 640))
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject
	for _, theme := range []string{themeLight, themeDark} {
		d.setTheme(theme)
		d.shot("hidden-" + theme)
		picture := image.NewNRGBA(image.Rect(0, 0, 471, 168+36+28))
		rows, notice := origin(d.list.rows), origin(d.notice.content)
		d.part(picture, image.Pt(0, 0), image.Pt(int(rows.X), int(rows.Y)))
		d.part(picture, image.Pt(0, 168), image.Pt(0, int(notice.Y)))
		d.part(picture, image.Pt(0, 204), image.Pt(0, 640-28))
		test.AssertImageMatches(t, "hidden-"+theme+".png", picture)
	}
}

func TestHiddenIsHiddenInAComparison(t *testing.T) {
	d := openSomeone(t)
	other, _ := d.list.listing.peek(d.list.extent.top + 1)
	d.setPersonal(true)
	d.compareCaptures(d.detail.capture.ID, other.ID)
	d.wait("the comparison", func() bool { return strings.Contains(d.beside(), "••••@") })
	two, err := d.compare.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, reveal := range []bool{false, true} {
		s, err := two.compare(t.Context(), reveal, &d.private)
		if err != nil || s.Hides || s.Shown {
			t.Errorf("%v, and hidden values can be shown", err)
		}
		for _, private := range someone {
			if strings.Contains(allOf(s), private) {
				t.Errorf("it shows %q", private)
			}
		}
	}
	d.setPersonal(false)
	d.wait("the comparison", func() bool { return strings.Contains(d.beside(), "jana@example.com") })
	d.setPersonal(true)
	d.wait("the comparison", func() bool {
		return strings.Contains(d.beside(), "••••@") && !strings.Contains(d.beside(), "jana@")
	})
}

func TestHiddenIsHiddenInPaletteCompletionAndMenu(t *testing.T) {
	d := openSomeone(t)
	d.setPersonal(true)
	for _, i := range d.paletteItems() {
		if strings.Contains(i.name+i.about+i.more, "jana") {
			t.Errorf("the palette offers %q", i.name)
		}
	}
	for _, e := range d.knownTexts().Events {
		if strings.Contains(e, "jana") {
			t.Errorf("a search is completed by %q", e)
		}
	}
	for _, i := range d.searchItems()[1].ChildMenu.Items {
		if personal := i.Label != "Same Provider"; i.Disabled != personal {
			t.Errorf("%q: disabled %v, expected %v", i.Label, i.Disabled, personal)
		}
	}
	d.editCapture()
	if len(d.sheets) != 1 || d.sheets[0].title.Text != "Show personal data?" {
		t.Fatal("editing shows personal data without a question")
	}
	d.sheets[0].enter()
	if len(d.sheets) != 1 || d.sheets[0].title.Text != "Edit & re-sign" {
		t.Error("it is not edited then")
	}
}
