package ui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/rows"
)

// speak chooses a language in the settings and waits until the window speaks it.
func (d *desk) speak(code string) {
	d.t.Helper()
	if err := d.engine.Change(d.t.Context(), "", settings.Change{Table: "window", Key: "language", Value: code}); err != nil {
		d.t.Fatal(err)
	}
	d.wait("the language "+code, func() bool { return d.tongue.speaks(code) })
}

func TestTheLanguageChangesWhileMuchIsBeingSaid(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) {
		c := someCapture("evt_large")
		c.Message.Body = []byte(`{"items":[` + strings.Repeat(`{"name":"a line"},`, 20_000) + `0]}`)
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
	})
	d.step(fyne.KeyDown)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	id := d.detail.id
	var stop atomic.Bool
	sent := make(chan struct{})
	defer func() {
		stop.Store(true)
		<-sent
	}()
	go func() {
		defer close(sent)
		for i := 0; !stop.Load(); i++ {
			c := someCapture("evt_more")
			if err := d.engine.Store().Keep(t.Context(), &c); err != nil {
				t.Error(err)
			}
		}
	}()
	for _, c := range []struct{ code, says string }{{"de", "Aufzeichnungen"}, {"cs", "záznamy"}, {"en", "captures"}, {"pl", "zapisy"}} {
		d.detail.pane.TurnTo(1) // it formats the body beside the UI goroutine
		d.speak(c.code)
		d.wait("the capture", func() bool { return d.detail.capture != nil && d.list.listing != nil })
		if d.detail.id != id || !strings.Contains(d.seen(), c.says) {
			t.Errorf("%s: the capture is %v, expected %v, and %q among what is seen", c.code, d.detail.id, id, c.says)
		}
	}
}

func TestAnotherLanguageShowsNothingThatWasHidden(t *testing.T) {
	d := openSomeone(t)
	d.hideKey(t)
	d.speak("sk")
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	d.rest()
	if where := d.seesSomeone(); where != "" {
		t.Errorf("it is seen again: %s", where)
	}
}

func TestAGroupThatIsReplayedIsDoneBeforeTheLanguageChanges(t *testing.T) {
	shop := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { time.Sleep(50 * time.Millisecond) }))
	defer shop.Close()
	d := openDeskWith(t, shop.URL, func(e *engine.Engine) { keepMany(t, e, 40) }, nil)
	d.rest()
	d.reach(0, rows.Alone)
	d.reach(19, rows.Extend)
	d.list.rows.TypedRune('r')
	if !d.list.group.busy {
		t.Fatal("nothing is replayed")
	}
	d.speak("de")
	if err := d.engine.Store().Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent, err := d.engine.Store().DeliveriesAfter(t.Context(), ulid.ULID{}, 0)
	if err != nil || len(sent) != 20 {
		t.Errorf("%d were sent, expected 20, error %v", len(sent), err)
	}
}
