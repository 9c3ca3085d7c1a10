package alert

import (
	"slices"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func after(seconds int) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }

func id(n byte) ulid.ULID { return ulid.ULID{15: n} }

var everything = Wants{Failed: true, Tunnel: true, Shop: true}

// expect compares what is due at a moment.
func (a *Alerts) expect(t *testing.T, at time.Time, w Wants, want ...Note) time.Time {
	t.Helper()
	got, again := a.Due(at, w)
	if !slices.Equal(got, want) {
		t.Errorf("at %s: %+v, expected %+v", at.Format(time.TimeOnly), got, want)
	}
	return again
}

func TestFailuresWithinTenSecondsAreOneNote(t *testing.T) {
	var a Alerts
	for i := range 12 {
		from := "Tweed"
		if i%4 == 0 {
			from = "Everifin"
		}
		a.Fail(after(i/2), Failure{id(byte(i)), from})
	}
	if again := a.expect(t, after(9), everything); again != after(10) {
		t.Errorf("asks again at %s", again)
	}
	if again := a.expect(t, after(10), everything, Note{Kind: Failed, Count: 12, Capture: id(11), Most: "Tweed", Of: 9}); !again.IsZero() {
		t.Errorf("asks again at %s, expected never", again)
	}
	a.expect(t, after(100), everything)
}

func TestAStateIsToldWhenItLasts(t *testing.T) {
	var a Alerts
	a.State(noon, Shop, true)
	a.State(after(1), Shop, false)
	a.State(after(5), Shop, true) // it was restarted
	a.expect(t, after(60), everything)
	a.State(after(61), Shop, false)
	if again := a.expect(t, after(62), everything); again != after(71) {
		t.Errorf("asks again at %s", again)
	}
	a.State(after(70), Shop, false)
	a.expect(t, after(71), everything, Note{Kind: Shop})
	a.State(after(80), Shop, true)
	a.expect(t, after(90), everything, Note{Kind: Shop, Up: true})
}

func TestWhatIsSoFromTheStartIsNoNews(t *testing.T) {
	var a Alerts
	a.State(noon, Shop, false)
	a.State(noon, Tunnel, false)
	a.expect(t, after(60), everything)
	a.State(after(60), Tunnel, true)
	a.expect(t, after(70), everything, Note{Kind: Tunnel, Up: true})
}

func TestNothingIsToldToWhoLooksAtTheWindow(t *testing.T) {
	var a Alerts
	a.State(noon, Tunnel, true)
	a.State(after(1), Tunnel, false)
	a.Fail(after(1), Failure{id(1), "Tweed"})
	seen := everything
	seen.Seen = true
	a.expect(t, after(20), seen)
	a.expect(t, after(40), everything) // and not later either
}

func TestQuietHoursSwallowFailuresAndPutStatesOff(t *testing.T) {
	var a Alerts
	a.State(noon, Tunnel, true)
	a.State(after(1), Tunnel, false)
	a.Fail(after(1), Failure{id(1), "Tweed"})
	quiet := everything
	quiet.Quiet = true
	a.expect(t, after(3600), quiet)
	a.expect(t, after(7200), everything, Note{Kind: Tunnel})
}

func TestKindsThatAreOffAreNotTold(t *testing.T) {
	var a Alerts
	for _, k := range []Kind{Shop, Tunnel, Store} {
		a.State(noon, k, true)
		a.State(after(1), k, false)
	}
	a.Fail(after(1), Failure{id(1), "Tweed"})
	a.expect(t, after(20), Wants{}, Note{Kind: Store}) // what is lost soon is told always
	a.expect(t, after(40), everything)
}

func TestNoMoreThanFourAMinute(t *testing.T) {
	var a Alerts
	told, failures := 0, 0
	for s := range 600 { // a failure each second for ten minutes
		a.Fail(after(s), Failure{id(1), "Tweed"})
		notes, _ := a.Due(after(s), everything)
		told += len(notes)
		for _, n := range notes {
			failures += n.Count
		}
	}
	notes, _ := a.Due(after(700), everything)
	for _, n := range notes {
		failures += n.Count
	}
	if told > 4*10 || failures != 600 {
		t.Errorf("%d notes on %d failures, expected at most 40 on 600", told, failures)
	}
}

func TestManySendersTakeNoMoreMemory(t *testing.T) {
	var a Alerts
	for i := range 10 * maxFrom {
		a.Fail(noon, Failure{id(1), string(rune('0' + i))})
	}
	if len(a.from) != maxFrom {
		t.Errorf("counts %d places", len(a.from))
	}
	a.expect(t, after(10), everything, Note{Kind: Failed, Count: 10 * maxFrom, Capture: id(1), Most: "0", Of: 1})
}
