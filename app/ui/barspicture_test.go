package ui

import (
	"errors"
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/tunnel"
)

// reached is a public tunnel in a state.
func reached(kind tunnel.Kind, state tunnel.State) tunnel.Status {
	s := tunnel.Status{Kind: kind, State: state, Since: sceneNow().Add(-134 * time.Minute)}
	if state == tunnel.Online || state == tunnel.Lost {
		s.URL, s.Latency = "https://quiet-fox-1042.ngrok.app", 23*time.Millisecond
	}
	return s
}

// waysInAndOut are models with the tunnel and the shop in each of their states.
func waysInAndOut() []func(*model) {
	const address = "http://localhost:8080"
	local := tunnel.Status{Kind: tunnel.KindLocal, State: tunnel.Online, URL: "http://127.0.0.1:8787"}
	var all []func(*model)
	for _, s := range []struct {
		tunnel tunnel.Status
		shop   engine.Shop
		paused bool
	}{
		{local, engine.Shop{}, false},
		{reached(tunnel.KindNgrok, tunnel.Connecting), engine.Shop{URL: address}, false},
		{reached(tunnel.KindSSH, tunnel.Online), engine.Shop{URL: address, Checked: sceneNow(), Up: true, Latency: 12 * time.Millisecond}, false},
		{reached(tunnel.KindNgrok, tunnel.Lost), engine.Shop{URL: address, Checked: sceneNow()}, false},
		{reached(tunnel.KindNgrok, tunnel.Closed), engine.Shop{URL: address, Checked: sceneNow(), Up: true}, true},
	} {
		all = append(all, func(m *model) { m.tunnel, m.shop, m.paused = s.tunnel, s.shop, s.paused })
	}
	return all
}

func TestEveryStateOfTheTopBarIsDrawn(t *testing.T) {
	d := openScene(t)
	var all []posed
	for _, way := range waysInAndOut() {
		all = append(all, posed{show: func() { d.pretend(way) }})
	}
	for name, width := range map[string]float32{"top": 1180, "top-small": 900} {
		d.win.Resize(fyne.NewSize(width, 600))
		d.both("bars/"+name, d.states(d.top.content, all))
	}
}

func TestEveryKindOfNoticeIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	n := d.notice
	d.both("bars/notice", d.states(n.content, []posed{
		{"done", func() { n.tell("Copied the address.") }},
		{"offer", func() { n.offer("2 captures deleted.", "Undo", func() {}) }},
		{"failed", func() {
			n.fail("Go online", &tunnel.Error{Says: "ngrok does not take this authtoken", Advice: "copy it again from dashboard.ngrok.com, Your Authtoken"})
		}},
		{"plain", func() {
			n.fail("The endpoint was not removed", errors.New("writing the config file: the disk is full"))
		}},
		{"lasting", func() {
			n.standing(nil)
			n.standing([]string{"The secret keyring:Tweed cannot be read.", "Own providers: mine.toml:3: unknown key \"signs\""})
		}},
	}))
}

func TestEveryStateOfTheStatusBarIsDrawn(t *testing.T) {
	d := openScene(t)
	show := func(change func(*model)) posed { return posed{show: func() { d.pretend(change) }} }
	var all []posed
	for _, way := range waysInAndOut() {
		all = append(all, show(way))
	}
	all = append(all,
		show(func(m *model) { m.paused, m.counts, m.endpoints = false, inspector.Counts{}, nil }),
		show(func(m *model) { m.counts = inspector.Counts{All: 1, Bytes: 12_000, Low: true, Free: 210_000_000} }),
		show(func(m *model) {
			open := fixedEndpoint("Keypay", "keypay", "Keypay")
			open.Unverified = "forward"
			m.endpoints, m.counts = []endpointItem{open}, inspector.Counts{All: 12_345, Bytes: 9_600_000, TurnedAway: 3}
		}),
		show(func(m *model) {
			m.counts.TurnedAway, m.queues = 0, []inspector.Queue{{Endpoint: "Keypay", Paused: true}, {Endpoint: "Tweed", Paused: true}}
		}),
		posed{show: func() {
			d.private.on.Store(true)
			d.status.mark(marking{name: "CHECKOUT_STATUS_UPDATED DONE, 14:31"})
			d.pretend(func(*model) {})
		}},
	)
	for name, width := range map[string]float32{"status": 1180, "status-small": 900} {
		d.win.Resize(fyne.NewSize(width, 600))
		d.both("bars/"+name, func() image.Image {
			d.private.on.Store(false)
			d.status.mark(marking{})
			return d.states(d.status.content, all)()
		})
	}
}
