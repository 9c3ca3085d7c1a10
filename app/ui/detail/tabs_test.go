package detail

import (
	"bytes"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestHeadersSayWhichAreSigned(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "tweed", "")
	c.Verdict.Covered = append(c.Verdict.Covered, "header:"+strings.ToLower(c.Message.Header[1].Name))
	pane.Show(c, p)
	pane.bar.choose(tabHeaders)
	all := said(pane.headers.scroll)
	if strings.Count(all, "signed") != 1 {
		t.Errorf("expected one header to be marked as signed: %s", all)
	}
	at := 0
	for _, f := range c.Message.Header {
		next := strings.Index(all[at:], f.Name)
		if next < 0 {
			t.Fatalf("header %s is not seen in its place: %s", f.Name, all)
		}
		at += next
	}
}

func TestManyHeadersAreBounded(t *testing.T) {
	pane, w := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "tweed", "")
	for range 5000 {
		c.Message.Header = append(c.Message.Header, signature.Field{Name: "X", Value: "y"})
	}
	pane.Show(c, p)
	pane.bar.choose(tabHeaders)
	w.Canvas().Capture()
	expect(t, pane.headers.scroll, "more are in the raw request")
}

func TestShopResponseNamesTheNextStepWhenThereIsNone(t *testing.T) {
	for state, want := range map[inspector.State]string{
		inspector.Held: wordRelease, inspector.Waiting: wordReplay, inspector.Kept: wordAddEndpoint, inspector.Done: wordReplay,
	} {
		pane, _ := framed(t, everything(), look.Light(), paneSize)
		c, p := genuine(t, "yshop", "")
		c.State = state
		if state == inspector.Kept {
			c.Endpoint = ""
		}
		pane.Show(c, p)
		for _, tab := range []int{tabResponse, tabDeliveries} {
			pane.bar.choose(tab)
			if button(pane.pages.Objects[tab], want) == nil {
				t.Errorf("state %s, tab %d: no button %q: %s", state, tab, want, said(pane.pages.Objects[tab]))
			}
		}
	}
}

func TestAttemptOpensItsAnswer(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c = answered(c, 0, "", inspector.First)
	c = answered(c, 500, `{"error":"first"}`, inspector.Retry)
	c = answered(c, 200, `{"ok":true}`, inspector.Replayed)
	pane.Show(c, p)
	pane.bar.choose(tabResponse)
	expect(t, pane.pages, "200 OK", "Replay, 3 of 3", "true")
	pane.bar.choose(tabDeliveries)
	expect(t, pane.pages, "500 Internal Server Error", "Retry", "refuses connections")
	pane.deliveries.list.Select(2) // the newest is at the top
	if pane.bar.chosen != tabResponse {
		t.Fatalf("tab %d is shown, expected the answer", pane.bar.chosen)
	}
	expect(t, pane.pages, "No answer", "1 of 3", "The shop at localhost:8080 refuses connections: is it running?")
}

func TestNewAttemptIsShownUnlessAnOlderOneWasChosen(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c = answered(answered(c, 500, "{}", inspector.First), 500, "{}", inspector.Retry)
	pane.Show(c, p)
	c = answered(c, 200, "{}", inspector.Retry)
	pane.Show(c, p)
	if pane.attempt != 2 {
		t.Errorf("attempt %d is shown, expected the new one", pane.attempt)
	}
	pane.openAttempt(0)
	pane.Show(answered(c, 200, "{}", inspector.Retry), p)
	if pane.attempt != 0 {
		t.Errorf("attempt %d is shown, expected the chosen one", pane.attempt)
	}
}

func TestBinaryBodyOpensAsADump(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c.Message.Body = []byte{0, 1, 2, 3, 0xff, 0xfe, 'a'}
	pane.Show(c, p)
	pane.bar.choose(tabBody)
	expect(t, pane.pages, "00000000", "00 01 02 03 ff fe 61")
}

func TestBigBodyIsLaidOutAsideAndShownIfStillCurrent(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c.Message.Body = []byte(bigJSON(20_000))
	pane.body.jobs.turn <- struct{}{} // the body waits for its turn
	pane.Show(c, p)
	other, q := genuine(t, "tweed", "")
	other.ID = ulid.MustParse("01JD9Q4T7S0000000000000009")
	pane.Show(other, q)
	<-pane.body.jobs.turn
	pane.settle()
	if got := pane.body.code.Document().Bytes(); bytes.Contains(got, []byte("item 1")) {
		t.Error("the body of a capture that is not shown any more came on screen")
	}
	pane.body.jobs.turn <- struct{}{}
	pane.Show(c, p)
	pane.bar.choose(tabBody)
	expect(t, pane.pages, "Formatting 966.7 kB…")
	<-pane.body.jobs.turn
	pane.settle()
	if lines := pane.body.code.Document().Lines(); lines != 100_004 {
		t.Errorf("the body has %d lines, expected 100004", lines)
	}
	expect(t, pane.pages, "!Formatting")
}

func TestRawIsTheRequestByteForByte(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c.Message.Head = []byte("POST /a%zz HTTP/1.1\r\nhOST:  x \r\nA:1\r\na: 2\r\n\r\n")
	c.Message.Body = []byte("{\r\n\xff\x00}")
	pane.Show(c, p)
	pane.bar.choose(tabRaw)
	expect(t, pane.pages, noteRaw[:30])
	pane.raw.code.SelectAll()
	if got, want := pane.raw.code.SelectedText(), string(c.Message.Head)+string(c.Message.Body); got != want {
		t.Errorf("selected %q, expected %q", got, want)
	}
	c.Message.Head = nil
	pane.Show(inspector.Capture{Summary: inspector.Summary{ID: ulid.MustParse("01JD9Q4T7S0000000000000008")}, Message: c.Message}, p)
	expect(t, pane.pages, noteRebuilt[:30])
}

func TestTabsAreReachedByKeysAndPointer(t *testing.T) {
	pane, w := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	pane.Show(c, p)
	w.Canvas().Focus(pane.bar)
	pane.bar.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if pane.bar.chosen != tabBody {
		t.Errorf("tab %d is shown after the right arrow, expected Body", pane.bar.chosen)
	}
	place := pane.bar.places()[tabRaw]
	pane.bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(place.x+4, place.y+10)})
	if pane.bar.chosen != tabRaw {
		t.Errorf("tab %d is shown after a press on Raw", pane.bar.chosen)
	}
}

func TestCutBodySaysSo(t *testing.T) {
	pane, _ := framed(t, everything(), look.Light(), paneSize)
	c, p := genuine(t, "yshop", "")
	c.Size = 99_000_000
	pane.Show(c, p)
	pane.bar.choose(tabBody)
	expect(t, pane.pages, "were kept")
}

func BenchmarkOpenOfACaptureOf10MB(b *testing.B) {
	pane, w := framed(b, everything(), look.Light(), paneSize)
	c, p := genuine(b, "yshop", "")
	c.Message.Body = []byte(bigJSON(200_000))
	b.SetBytes(int64(len(c.Message.Body)))
	for i := 0; b.Loop(); i++ {
		c.ID[15] = byte(i)
		pane.Show(c, p)
		pane.settle()
		w.Canvas().Capture()
	}
}

func BenchmarkUIPartOfOpeningACaptureOf10MB(b *testing.B) {
	pane, _ := framed(b, everything(), look.Light(), paneSize)
	c, p := genuine(b, "yshop", "")
	c.Message.Body = []byte(bigJSON(200_000))
	for i := 0; b.Loop(); i++ {
		c.ID[15] = byte(i)
		pane.Show(c, p)
		pane.body.jobs.drop()
	}
	pane.settle()
}
