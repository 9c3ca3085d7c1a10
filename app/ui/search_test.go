package ui

import (
	"strings"
	"testing"

	"shopbell/app/engine"
)

func TestSearchNarrowsTheList(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 400) })
	d.rest()
	d.list.search.entry.SetText("evt_7_")
	d.wait("the matches", func() bool { return d.list.rows.Count() == 20 && d.list.extent.whole })
	d.list.search.entry.SetText("")
	d.wait("everything", func() bool { return d.list.rows.Count() == 400 })
}

func TestWhatIsWrongWithASearchStandsBelowTheField(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 40) })
	d.rest()
	d.list.search.entry.SetText("outcome:nonsense")
	d.rest()
	if !d.list.search.wrong.Visible() || !strings.Contains(d.list.search.wrong.Text(), "nonsense") {
		t.Errorf("it says %q", d.list.search.wrong.Text())
	}
	if d.list.rows.Count() != 40 {
		t.Errorf("the list has %d rows, expected what it had", d.list.rows.Count())
	}
	d.list.search.entry.SetText("outcome:verified")
	d.wait("the matches", func() bool { return d.list.rows.Count() == 40 && !d.list.search.wrong.Visible() })
}

func TestSearchWithoutMatchSaysSoAndOffersToClear(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 40) })
	d.list.search.entry.SetText("nowhere")
	d.wait("the empty state", func() bool { return d.list.empty.content.Visible() })
	if d.list.empty.said.title != "Nothing matches" {
		t.Errorf("it says %q", d.list.empty.said.title)
	}
	d.list.empty.button.OnTapped()
	d.wait("everything", func() bool { return d.list.rows.Count() == 40 && !d.list.empty.content.Visible() })
}

func TestSearchOfALongListReadsOnAsTheUserScrolls(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 1000) })
	d.list.search.entry.SetText("tweed")
	d.wait("the first page", func() bool { return d.list.listing != nil && d.list.listing.typed })
	for !d.list.extent.whole {
		d.list.rows.ScrollTo(d.list.rows.Count() - 1)
		before := d.list.rows.Count()
		d.wait("more rows", func() bool { return d.list.rows.Count() > before || d.list.extent.whole })
	}
	if d.list.rows.Count() != 1000 {
		t.Errorf("found %d, expected 1000", d.list.rows.Count())
	}
}

func TestNewCapturesJoinASearchOnlyWhenTheyMatch(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.list.search.entry.SetText("evt_3_")
	d.wait("the match", func() bool { return d.list.rows.Count() == 1 && d.list.listing.typed })
	keepMany(t, d.engine, 200)
	d.wait("the new matches", func() bool { return d.list.rows.Count() == 11 })
}

func TestEndpointNameWithQuotesIsFound(t *testing.T) {
	name := `tweed "live" \ 2`
	d := openDesk(t, func(e *engine.Engine) {
		c := someCapture("evt")
		c.Endpoint = name
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
		keepMany(t, e, 20)
	})
	d.choose(scope{kind: scopeEndpoint, endpoint: name})
	d.wait("its capture", func() bool { return d.list.rows.Count() == 1 && d.list.listing.scope.endpoint == name })
	d.choose(scope{kind: scopeEndpoint, endpoint: ""})
	d.wait("no endpoint", func() bool { return d.list.rows.Count() == 0 && d.list.listing.scope.endpoint == "" })
}
