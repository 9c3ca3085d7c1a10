package ui

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/app/settings"
	"shopbell/app/ui/activity"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
)

// emptied shows a list without a row.
func (d *desk) emptied(s scope) {
	d.list.scope, d.list.extent = s, extent{}
	d.list.rows.SetCount(0)
	d.list.strip.Set(activity.Count(func(func(at time.Time, n int, failed bool)) {}, activity.Range{}, sceneNow()))
	d.explain()
}

// fixedEndpoint is an endpoint whose address is the same at every run.
func fixedEndpoint(name, id, provider string) endpointItem {
	return endpointItem{
		Endpoint: settings.Endpoint{Name: name, Provider: id, Path: "/keypay/9f1c07de55b04a0e"}, known: true,
		mark: "Kp", colour: "#0f766e", provider: provider, url: "https://quiet-fox-1042.ngrok.app/keypay/9f1c07de55b04a0e",
	}
}

func TestEveryStateOfTheListIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(1100, 520))
	ids := d.ids()
	for _, s := range []posed{
		{"marked", func() { d.setMark(marking{id: ids[1], name: "DONE, 14:31"}) }},
		{"unseen", func() {
			d.list.rows.ScrollTo(len(ids) - 1)
			d.list.unseen = 2
			d.list.count()
		}},
		{"all-selected", func() {
			d.list.rows.ScrollToTop()
			d.reach(0, rows.Alone)
			d.list.all()
			d.list.several.more = true
			d.list.group.show(&d.list.several)
		}},
		{"loading", func() {
			d.list.clearSelection()
			d.list.listing = &listing{blocks: newBlocks()}
			d.list.rows.Refresh()
		}},
		{"none-failed", func() { d.emptied(scope{kind: scopeNotVerified}) }},
		{"none-held", func() { d.emptied(scope{kind: scopeHeld}) }},
		{"none-waiting", func() { d.emptied(scope{kind: scopeWaiting}) }},
		{"none-pinned", func() { d.emptied(scope{kind: scopePinned}) }},
		{"none-yet", func() {
			d.emptied(scope{})
			d.pretend(func(m *model) { m.endpoints = nil })
		}},
		{"endpoint-gone", func() { d.emptied(scope{kind: scopeEndpoint, endpoint: "Keypay"}) }},
		{"endpoint-any", func() {
			d.pretend(func(m *model) { m.endpoints = []endpointItem{fixedEndpoint("Keypay", "", "")} })
		}},
		{"endpoint-new", func() {
			d.pretend(func(m *model) { m.endpoints = []endpointItem{fixedEndpoint("Keypay", "keypay", "Keypay")} })
		}},
		{"unreadable", func() {
			d.apply(update{model: d.model, err: errors.New("read the captures: the disk does not answer")})
		}},
	} {
		s.show()
		d.both(filepath.Join("list", s.name), piece(d.list.content))
	}
}

func TestTheListOfTheSmallestWindowIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	d.both("list/small", piece(d.list.content))
	d.emptied(scope{kind: scopeEndpoint, endpoint: "Keypay"})
	d.pretend(func(m *model) { m.endpoints = []endpointItem{fixedEndpoint("Keypay", "keypay", "Keypay")} })
	d.both("list/small-new", piece(d.list.content))
}

func TestEveryStateOfTheSidebarIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(1100, 520))
	strange := fixedEndpoint("An endpoint with a name that is too long", "keypay", "Keypay")
	strange.count = 1_234_567
	stranger := endpointItem{Endpoint: settings.Endpoint{Name: "Stripe sample"}, mark: "?", count: 3}
	for _, s := range []posed{
		{"none", func() {
			d.pretend(func(m *model) { m.endpoints, m.counts = nil, inspector.Counts{} })
		}},
		{"chosen", func() {
			d.pretend(func(m *model) {
				m.endpoints, m.counts = []endpointItem{strange, stranger}, inspector.Counts{All: 1_234_570, NotVerified: 12, Waiting: 4, Held: 1, Pinned: 2}
			})
			d.side.choose(scope{kind: scopeEndpoint, endpoint: strange.Name}, d.model)
		}},
	} {
		s.show()
		d.both(filepath.Join("side", s.name), piece(d.side.content))
	}
}

func TestTheDetailPaneWithoutACaptureIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(1100, 420))
	for _, s := range []posed{
		{"nothing", d.unselect},
		{"gone", func() { d.detail.follow(d.detail.id, nil) }},
		{"unreadable", func() { d.showCapture(inspector.Capture{}, errors.New("read the capture: the disk does not answer")) }},
	} {
		d.detail.id = ulid.ULID{15: 1}
		s.show()
		d.both(filepath.Join("detail", s.name), piece(d.detail.pane.Object()))
	}
}
