package ui

import (
	"context"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/activity"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
	"shopbell/tunnel"
)

// sceneNow is the time at which the pictures are taken.
func sceneNow() time.Time { return time.Date(2026, 11, 22, 14, 33, 0, 0, time.Local) }

// sceneCapture is one capture of the scene, made from a catalogue example.
type sceneCapture struct {
	endpoint, provider string
	example            int
	secret             string // "" is the example's own
	before             time.Duration
	hint               string
	status             int
	ms                 int64
	attempts           int
	spoil              func(*inspector.Capture)
}

// scene fills an engine with endpoints and captures that look the same at every
// run: genuine deliveries of the catalogue, one with the key of another endpoint.
func scene(t *testing.T, e *engine.Engine) {
	t.Helper()
	for _, ep := range []struct{ name, provider, secret string }{
		{"yshop.pl", "yshop", "the test key"}, {"yshop.pl (live)", "yshop", exampleSecret(e, "yshop")},
		{"Tweed", "tweed", exampleSecret(e, "tweed")}, {"Twisto", "twisto", ""}, {"Truust", "truust", ""},
		{"Everifin", "everifin", exampleSecret(e, "everifin")},
	} {
		var secrets []string
		if ep.secret != "" {
			secrets = []string{ep.secret}
		}
		err := e.PutEndpoint(t.Context(), "", settings.Endpoint{
			Name: ep.name, Provider: ep.provider, Path: "/" + ep.provider + "/" + slug(ep.name), Answer: "shop", Unverified: "hold",
		}, secrets)
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range sceneCaptures() {
		c.keep(t, e)
	}
}

func sceneCaptures() []sceneCapture {
	return []sceneCapture{
		{endpoint: "Tweed", provider: "tweed", before: 9 * time.Minute, hint: "DONE", status: 200, ms: 42, attempts: 1},
		{endpoint: "Tweed", provider: "tweed", before: 8 * time.Minute, hint: "DONE", status: 200, ms: 31, attempts: 1, spoil: duplicateOf},
		{endpoint: "Twisto", provider: "twisto", before: 7 * time.Minute, hint: "answered with 1.4 kB from the shop", status: 200, ms: 88, attempts: 1},
		{endpoint: "Everifin", provider: "everifin", before: 6 * time.Minute, hint: "BOOKED", status: 500, ms: 204, attempts: 2},
		{endpoint: "Truust", provider: "truust", before: 5 * time.Minute, hint: "Order A-17 · 9.99 EUR", status: 204, ms: 12, attempts: 1},
		{endpoint: "Tweed", provider: "tweed", example: 1, before: 4 * time.Minute, hint: "DONE", status: 200, ms: 51, attempts: 1},
		{endpoint: "yshop.pl (live)", provider: "yshop", before: 3 * time.Minute, hint: "1041", status: 200, ms: 38, attempts: 1},
		{endpoint: "yshop.pl (live)", provider: "yshop", before: 2 * time.Minute, hint: "1041", spoil: forged},
		{endpoint: "yshop.pl", provider: "yshop", secret: "the test key", before: time.Minute, hint: "1042"},
	}
}

func duplicateOf(c *inspector.Capture) { c.Pinned = true }

// forged makes the body of a delivery differ from an earlier one with its id.
func forged(c *inspector.Capture) {
	c.Message.Body = append([]byte(" "), c.Message.Body...)
	c.State = inspector.Waiting
	c.Error, c.Attempts = "connection refused", 3
}

func (s sceneCapture) keep(t *testing.T, e *engine.Engine) {
	t.Helper()
	p, _ := e.Catalog().Get(s.provider)
	ex := p.Examples[s.example]
	secret := ex.Secret
	if s.secret != "" {
		secret = s.secret
	}
	v := p.Judge(ex.Message, []signature.Secret{signature.NewSecret("keyring:"+s.endpoint, secret)}, ex.At)
	c := inspector.Capture{Message: ex.Message, Verdict: v, From: "185.36.169.12", Summary: inspector.Summary{
		Received: sceneNow().Add(-s.before), Endpoint: s.endpoint, Provider: s.provider,
		Event: p.Event(ex.Message).Text, DeliveryID: p.DeliveryID(ex.Message).Text,
		Outcome: v.Outcome, Cover: v.Cover, Method: ex.Message.Method, Path: ex.Message.Target,
		Size: int64(len(ex.Message.Body)), Hint: s.hint, State: inspector.Waiting,
	}}
	if v.Outcome.Held() {
		c.State = inspector.Held
	}
	if s.spoil != nil {
		s.spoil(&c)
	}
	if err := e.Store().Keep(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	s.record(t, e, &c)
}

// record adds the deliveries to the shop.
func (s sceneCapture) record(t *testing.T, e *engine.Engine, c *inspector.Capture) {
	t.Helper()
	kind := inspector.First
	for range s.attempts {
		d := inspector.Delivery{
			Capture: c.ID, Kind: kind, Target: "http://localhost:8080" + c.Path, Status: s.status, Millis: s.ms,
			Sent: c.Received, Answered: c.Received.Add(time.Duration(s.ms) * time.Millisecond),
			Header: signature.Header{{Name: "Content-Type", Value: "text/plain"}}, Body: []byte("ok"),
		}
		if err := e.Store().Record(context.Background(), &d, inspector.Done); err != nil {
			t.Fatal(err)
		}
		kind = inspector.Retry
	}
}

func exampleSecret(e *engine.Engine, id string) string {
	p, _ := e.Catalog().Get(id)
	return firstSecret(p)
}

func firstSecret(p providers.Provider) string {
	for _, ex := range p.Examples {
		if ex.Secret != "" {
			return ex.Secret
		}
	}
	return ""
}

func slug(name string) string {
	var out []rune
	for _, r := range name {
		if r >= 'a' && r <= 'z' {
			out = append(out, r)
		}
	}
	return string(out)
}

// pose stops the live refreshing and shows figures that do not change from run
// to run.
func (d *desk) pose(online bool) {
	d.t.Helper()
	now := sceneNow()
	d.at.Store(&now)
	d.rest()
	d.refresh.setHidden(true)
	d.rest()
	m := *d.model
	m.tunnel = tunnel.Status{Kind: tunnel.KindLocal, State: tunnel.Online, URL: "http://127.0.0.1:8787"}
	if online {
		m.tunnel = tunnel.Status{
			Kind: tunnel.KindNgrok, State: tunnel.Online, URL: "https://quiet-fox-1042.ngrok.app",
			Since: sceneNow().Add(-134 * time.Minute), Latency: 23 * time.Millisecond,
		}
	}
	m.shop = engine.Shop{URL: "http://localhost:8080", Checked: sceneNow(), Up: true, Latency: 12 * time.Millisecond}
	m.counts.Bytes = 9_600_000
	d.Window.model = &m
	d.showModel()
	d.list.rows.Refresh()
	d.list.strip.Set(d.refresh.pulse.figures(d.list.scope, activity.Range{}))
	d.explain()
}
