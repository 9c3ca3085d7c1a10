package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// queueDesk is a window on an endpoint that answers at once and a shop.
func queueDesk(t *testing.T) (*desk, *inspectortest.Shop) {
	t.Helper()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	d := openDeskWith(t, shop.URL().String(), func(e *engine.Engine) {
		ep := settings.Endpoint{Name: "orders", Provider: "truust", Path: "/orders", Answer: "accept"}
		if err := e.PutEndpoint(t.Context(), "", ep, nil); err != nil {
			t.Fatal(err)
		}
	}, nil)
	d.wait("the queue", func() bool { return d.model.queue("orders") != nil })
	return d, shop
}

// post delivers a body to the endpoint.
func (d *desk) post(body string) {
	d.t.Helper()
	m := signature.Message{Method: "POST", Target: "/orders", Header: signature.Header{{Name: "Host", Value: "in.example"}}, Body: []byte(body)}
	if reply, err := inspectortest.Send(d.t.Context(), d.engine.Local().URL, m); err != nil || reply.Status != 200 {
		d.t.Fatalf("answered %d (%v)", reply.Status, err)
	}
}

// click chooses the item of a menu.
func click(t *testing.T, items []*fyne.MenuItem, label string) {
	t.Helper()
	for _, i := range items {
		if i.Label == label && !i.Disabled {
			i.Action()
			return
		}
	}
	t.Fatalf("the menu lets nobody choose %q", label)
}

func TestQueueIsPausedAndResumedInTheMenuOfWhatWaits(t *testing.T) {
	d, shop := queueDesk(t)
	menu := func() *fyne.MenuItem { return d.queuesItems()[0] }
	if got := menu().Label; got != "orders: nothing waits" {
		t.Errorf("the menu says %q", got)
	}
	click(t, menu().ChildMenu.Items, "Pause the queue")
	d.wait("the pause", func() bool { return d.model.queue("orders").Paused })
	d.post("{}")
	d.wait("the delivery to wait", func() bool { return d.model.queue("orders").Waiting == 1 })
	if got := menu().Label; got != "orders: 1 waiting, paused" || d.status.rules.Text != "The queue of orders is paused" {
		t.Errorf("the menu says %q, the status bar %q", got, d.status.rules.Text)
	}
	if now := menu().ChildMenu.Items[1]; !now.Disabled {
		t.Error("it can be delivered now though it is paused")
	}
	if n := len(shop.Requests()); n != 0 {
		t.Errorf("the shop got %d requests", n)
	}
	click(t, menu().ChildMenu.Items, "Resume the queue")
	d.wait("the delivery", func() bool { q := d.model.queue("orders"); return !q.Paused && q.Waiting == 0 })
	if n := len(shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests", n)
	}
}

func TestRowTellsWhenItIsTriedAgainAndDeliverNowDoesNotWait(t *testing.T) {
	d, shop := queueDesk(t)
	shop.On("/orders", inspectortest.Behaviour{Status: 503, Header: signature.Header{{Name: "Retry-After", Value: "3000"}}})
	d.post("{}")
	d.wait("the refusal", func() bool {
		c, some := d.newest()
		return some && c.Status == 503 && !d.list.next("orders", c.ID).IsZero() && d.model.queue("orders").Error != ""
	})
	c, _ := d.newest()
	r := newCaptureRow()
	d.list.bind(0, r)
	next := d.list.next("orders", c.ID).Local().Format(time.TimeOnly)
	if r.said.state != "503, waiting, next "+next {
		t.Errorf("the row says %q, expected the time %s", r.said.state, next)
	}
	if got := d.queuesItems()[0].Label; got != "orders: 1 waiting, the shop answered 503" {
		t.Errorf("the menu says %q", got)
	}
	shop.On("/orders", inspectortest.Behaviour{})
	click(t, d.queueItems(*d.model.queue("orders")), "Deliver now")
	d.wait("the delivery", func() bool { c, _ := d.newest(); return c.State == inspector.Done })
}

func TestFormAsksForTheQueueOfAnEndpointThatAnswersAtOnce(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openEndpoint("")
	f.provider.choose("truust")
	f.name.SetText("orders")
	f.answer.choose("accept")
	f.stuck.choose("pass")
	f.places.choose("4")
	f.submit()
	d.wait("the endpoint", func() bool { return d.saved != nil && d.model.queue("orders") != nil })
	if ep := d.engine.Settings().Endpoints[0]; ep.Answer != "accept" || ep.WhenStuck != "pass" || ep.Concurrency != 4 {
		t.Errorf("it is saved as %+v", ep)
	}
	d.saved.sheet.close()
	again := d.openEndpoint("orders")
	if again.stuck.chosen != "pass" || again.places.chosen != "4" {
		t.Errorf("the form shows %q and %q", again.stuck.chosen, again.places.chosen)
	}
}

func TestFormKeepsANumberThatOnlyTheFileCanHave(t *testing.T) {
	c := newPlacesChoice(5)
	if placesOf(c) != 5 || !strings.Contains(c.button.Text, "5") {
		t.Errorf("it shows %q", c.button.Text)
	}
	if c := newPlacesChoice(0); placesOf(c) != 1 {
		t.Errorf("without a number it is %d", placesOf(c))
	}
}
