package detail

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

var received = time.Date(2026, 11, 22, 13, 32, 7, 418_000_000, time.UTC)

// provider is one of the built-in catalogue.
func provider(t testing.TB, id string) providers.Provider {
	t.Helper()
	c, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p, known := c.Get(id)
	if !known {
		t.Fatalf("provider %q is not in the catalogue", id)
	}
	return p
}

// genuine is a capture of a provider's first example, judged with secret; "" is
// the right one.
func genuine(t testing.TB, id, secret string) (inspector.Capture, providers.Provider) {
	t.Helper()
	p := provider(t, id)
	e := p.Examples[0]
	if secret == "" {
		secret = e.Secret
	}
	var secrets []signature.Secret
	if secret != "" {
		secrets = append(secrets, signature.NewSecret("#1", secret))
	}
	return capture(p, e.Message, p.Judge(e.Message, secrets, e.At)), p
}

func capture(p providers.Provider, m signature.Message, v signature.Verdict) inspector.Capture {
	event, delivery := p.Event(m), p.DeliveryID(m)
	c := inspector.Capture{Message: m, From: "185.36.169.12", Verdict: v, Notes: p.Notes(m)}
	c.ID = ulid.MustParse("01JD9Q4T7S0000000000000001")
	c.Received, c.Endpoint, c.Provider = received, p.Name+" live", p.ID
	c.Event, c.EventDerived = event.Text, event.Derived
	c.DeliveryID, c.DeliveryIDDerived = delivery.Text, delivery.Derived
	c.Outcome, c.Cover = v.Outcome, v.Cover
	c.Method, c.Path, c.Size = m.Method, m.Target, int64(len(m.Body))
	c.State = inspector.Done
	if v.Outcome.Held() {
		c.State = inspector.Held
		c.Answer = inspector.Reply{Status: 401, By: "shopbell", Says: "the signature does not match"}
	}
	return c
}

// answered adds an attempt at the shop.
func answered(c inspector.Capture, status int, body string, kind inspector.DeliveryKind) inspector.Capture {
	n := len(c.Deliveries)
	d := inspector.Delivery{
		Kind: kind, Target: "http://localhost:8080/webhooks/yshop", Sent: received.Add(time.Duration(n) * time.Second), Status: status, Millis: int64(38 + n),
		Header: signature.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Shop", Value: "demo"}}, Body: []byte(body),
	}
	if status == 0 {
		d.Error, d.Header, d.Body = "the shop at localhost:8080 refuses connections: is it running?", nil, nil
	}
	c.Deliveries = append(c.Deliveries, d)
	c.Attempts, c.Status, c.Millis = len(c.Deliveries), status, d.Millis
	return c
}

// everything is a set of actions that do nothing, so that each button is seen.
func everything() Actions {
	one := func(inspector.Capture) {}
	return Actions{
		Replay: one, Edit: one, Release: one, AddSecret: one, AddEndpoint: one, Pin: func(inspector.Capture, bool) {},
		Export: func(inspector.Capture, fyne.CanvasObject) {}, Open: func(ulid.ULID) {},
		Remedies:   func(inspector.Capture) []Remedy { return []Remedy{{"Use that key", func() {}}} },
		UseOffered: one, ChooseProvider: func(inspector.Capture, string) {},
	}
}

// framed is a pane in a window of a theme.
func framed(t testing.TB, a Actions, th look.Theme, size fyne.Size) (*Pane, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(th)
	p := New(a, Options{Zone: time.UTC, Do: new(queue).do})
	w := fyne.CurrentApp().NewWindow("detail")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.SetContent(container.NewStack(canvas.NewRectangle(th.Color(theme.ColorNameBackground, 0)), p.Object()))
	w.Resize(size)
	return p, w
}

// queue holds what is to be done on the UI goroutine, which is the test's own.
type queue struct {
	mu    sync.Mutex
	tasks []func()
}

// do puts f at the end of the queue; nil does all that is in it.
func (q *queue) do(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if f != nil {
		q.tasks = append(q.tasks, f)
		return
	}
	for len(q.tasks) > 0 {
		next := q.tasks[0]
		q.tasks = q.tasks[1:]
		q.mu.Unlock()
		next()
		q.mu.Lock()
	}
}

// settle waits for what is made in goroutines, and shows it.
func (p *Pane) settle() {
	for range 3 { // what was shown may make something more
		for _, v := range []*viewer{p.body, p.raw, p.response.body} {
			for _, j := range v.works() {
				j.running.Wait()
			}
		}
		p.options.Do(nil)
	}
}

// bigJSON is an object of many lines.
func bigJSON(lines int) string {
	var b strings.Builder
	b.WriteString(`{"items":[`)
	for i := range lines {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"name":"item %d","price":%d.50}`, i, i, i)
	}
	b.WriteString(`]}`)
	return b.String()
}
