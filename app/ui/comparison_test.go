package ui

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/ui/detail"
	"shopbell/app/ui/diffview"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// keepTwo keeps two captures of an endpoint, the second with another body, and
// returns their ids, the older first.
func keepTwo(t *testing.T, e *engine.Engine, first, second string) [2]ulid.ULID {
	t.Helper()
	var ids [2]ulid.ULID
	for i, body := range []string{first, second} {
		c := someCapture("evt_1")
		c.Message.Body, c.Size = []byte(body), int64(len(body))
		c.Message.Header = signature.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "Cookie", Value: "session=" + strings.Repeat("s", i+1)}}
		c.Verdict.Covered = []string{"body"}
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
		ids[i] = c.ID
	}
	return ids
}

// beside is the text of the open comparison; "" when none is open.
func (d *desk) beside() string {
	overlays := d.win.Canvas().Overlays().List()
	if len(overlays) == 0 {
		return ""
	}
	return textOf(overlays[len(overlays)-1])
}

func (d *desk) compared(words string) {
	d.t.Helper()
	d.wait("a comparison that says "+words, func() bool { return strings.Contains(d.beside(), words) })
}

func TestTheSelectedCaptureIsComparedWithTheMarkedOne(t *testing.T) {
	var ids [2]ulid.ULID
	d := openDesk(t, func(e *engine.Engine) { ids = keepTwo(t, e, `{"id":1,"n":"one"}`, `{"id":1,"n":"two"}`) })
	d.rest()
	d.win.Canvas().Focus(d.list.rows)
	d.list.rows.Select(1)
	d.list.rows.TypedRune('d')
	d.compared("Nothing is marked")
	d.typedKey(key(fyne.KeyEscape))
	d.list.rows.TypedRune('m')
	if d.marked.id != ids[0] || !strings.Contains(d.status.marked.Text, "CHECKOUT_STATUS_UPDATED") || !d.status.marked.Visible() {
		t.Fatalf("marked is %+v, the status bar says %q", d.marked, d.status.marked.Text)
	}
	if rows := textOf(d.list.rows); strings.Count(rows, "marked · ") != 1 {
		t.Errorf("the rows say %s", rows)
	}
	d.list.rows.TypedRune('d')
	d.compared("This is the marked capture")
	d.typedKey(key(fyne.KeyEscape))
	d.list.rows.Select(0)
	d.list.rows.TypedRune('d')
	d.compared("The bodies differ")
	if says := d.beside(); !strings.Contains(says, `"n": "one"`) || !strings.Contains(says, `"n": "two"`) || strings.Contains(says, "session=") || !strings.Contains(says, "signed") {
		t.Errorf("it shows %s", says)
	}
	if d.win.Canvas().Focused() == nil {
		t.Error("the keyboard is not in the comparison")
	}
	d.win.Canvas().Unfocus()
	d.typedRune('n')
	d.typedKey(key(fyne.KeyF7))
	if d.win.Canvas().Focused() == nil {
		t.Error("n does not go to a difference when nothing has the keyboard")
	}
	d.typedKey(key(fyne.KeyEscape))
	if d.beside() != "" || len(d.sheets) != 0 {
		t.Error("Esc does not close it")
	}
	d.list.rows.Select(1)
	d.list.rows.TypedRune('m')
	if d.marked.id != (ulid.ULID{}) || d.status.marked.Visible() || strings.Contains(textOf(d.list.rows), "marked · ") {
		t.Error("a second M does not take the mark off")
	}
}

func TestFormattingOnlyIsSaidAndHiddenValuesAreShownOnRequest(t *testing.T) {
	var ids [2]ulid.ULID
	d := openDesk(t, func(e *engine.Engine) { ids = keepTwo(t, e, `{"id":1.0,"n":2}`, `{"n":2,"id":1}`) })
	d.compareCaptures(ids[0], ids[1])
	d.compared("The bodies mean the same")
	two, view := d.comparedNow(t, ids)
	if s, err := two.compare(t.Context(), false, &d.private); err != nil || !s.Hides || strings.Contains(allOf(s), "session=") {
		t.Errorf("hidden at first is shown: %v %s", err, allOf(s))
	}
	if s, err := two.compare(t.Context(), true, &d.private); err != nil || !strings.Contains(allOf(s), "session=ss") {
		t.Errorf("shown on request is not: %v %s", err, allOf(s))
	}
	view.view.OnReveal(true)
	d.compared("Hide values again")
}

// comparedNow is what a comparison of two captures reads, and one that is open.
func (d *desk) comparedNow(t *testing.T, ids [2]ulid.ULID) (couple, *comparison) {
	t.Helper()
	d.closeTop()
	d.compareCaptures(ids[0], ids[1])
	d.compared("The bodies")
	two, err := d.compare.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return two, d.compare
}

func allOf(s diffview.Subject) string {
	var b strings.Builder
	for i := range s.Report.HeadView.Count {
		l := s.Report.HeadView.Line(i)
		b.WriteString(l.A + "\n" + l.B + "\n")
	}
	return b.String()
}

func TestComparingACaptureThatIsGoneSaysSoAndTakesTheMarkOff(t *testing.T) {
	var ids [2]ulid.ULID
	d := openDesk(t, func(e *engine.Engine) { ids = keepTwo(t, e, "{}", "[]") })
	d.setMark(marking{id: ids[0], name: "gone"})
	if err := d.engine.Store().Delete(t.Context(), ids[0]); err != nil {
		t.Fatal(err)
	}
	d.compareCaptures(ids[0], ids[1])
	d.compared("A capture is gone")
	if d.marked.id != (ulid.ULID{}) {
		t.Error("the capture that is gone is still marked")
	}
}

func TestAttemptsAreComparedWithEachOtherAndWithWhatWasReceived(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { scene(t, e) })
	page, err := d.engine.Store().Page(t.Context(), inspector.Query{}, ulid.ULID{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range page {
		c, err := d.engine.Store().Get(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Deliveries) < 2 {
			continue
		}
		d.compareAnswers(c, 0, 1)
		d.compared("Equal, byte for byte")
		d.closeTop()
		d.compareSent(c, 0)
		d.compared("X-Forwarded-For")
		d.closeTop()
		c.Deliveries[0].Edited = true
		d.compareSent(c, 0)
		d.compared("What was sent is not kept")
		d.closeTop()
		return
	}
	t.Fatal("no capture of the scene has two attempts")
}

func TestAGreatComparisonIsBrokenOffByEsc(t *testing.T) {
	var ids [2]ulid.ULID
	body := func(x string) string { return "[" + string(bytes.Repeat([]byte(`{"a":1,"b":`+x+`},`), 60_000)) + "0]" }
	d := openDesk(t, func(e *engine.Engine) { ids = keepTwo(t, e, body("2"), body("3")) })
	d.compareCaptures(ids[0], ids[1])
	if !strings.Contains(d.beside(), "Comparing") {
		t.Errorf("meanwhile it says %s", d.beside())
	}
	life := d.compare.life
	d.typedKey(key(fyne.KeyEscape))
	if life.Err() == nil || d.beside() != "" {
		t.Error("Esc does not break it off")
	}
	d.rest()
	if d.beside() != "" {
		t.Error("what was broken off comes back")
	}
}

func TestCredentialsAreHiddenFromTheStart(t *testing.T) {
	for name, yes := range map[string]bool{"Cookie": true, "AUTHORIZATION": true, "Via": false} {
		if detail.Credential(name) != yes {
			t.Errorf("%s is hidden: %v", name, !yes)
		}
	}
	if errors.Is(inspector.ErrNotKept, inspector.ErrNotFound) || detail.Hides(signature.Message{}, providers.Provider{}) {
		t.Error("an empty side hides something")
	}
}

func TestTheComparisonFillsTheWindowAtEachSize(t *testing.T) {
	var ids [2]ulid.ULID
	d := openDesk(t, func(e *engine.Engine) { ids = keepTwo(t, e, `{"id":1,"n":"one"}`, `{"id":1,"n":"two"}`) })
	d.setTheme(themeLight)
	d.compareCaptures(ids[0], ids[1])
	d.compared("The bodies differ")
	d.shot("comparison")
	d.win.Resize(fyne.NewSize(900, 600))
	over := d.win.Canvas().Overlays().Top()
	if over.Size() != d.win.Canvas().Size() || over.MinSize().Width > 900 || over.MinSize().Height > 600 {
		t.Errorf("it is %v and needs %v in a window of %v", over.Size(), over.MinSize(), d.win.Canvas().Size())
	}
	d.shot("comparison-small")
	d.setTheme(themeDark)
	d.shot("comparison-dark")
}
