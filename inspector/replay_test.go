package inspector_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestReplaySendsTheCaptureAsItCame(t *testing.T) {
	e := example(t, "tweed", "failed")
	r := start(t, []inspector.Endpoint{endpointFor("tweed", "tweed", e)}, nil)
	r.send(e.Message)
	r.shop.On(e.Message.Target, inspectortest.Behaviour{Status: 500, Body: []byte("no")})
	d, err := r.inspector.Replay(context.Background(), r.only().ID, inspector.ReplayOptions{})
	if err != nil || d.Status != 500 || d.Kind != inspector.Replayed || string(d.Body) != "no" || d.Edited || d.Resigned {
		t.Errorf("delivery %+v, %v", d, err)
	}
	got := r.shop.Requests()
	if string(got[0].Head) != string(got[1].Head) || string(got[0].Body) != string(got[1].Body) {
		t.Errorf("the shop got\n%q, then\n%q", got[0].Head, got[1].Head)
	}
	if err := r.store.Sync(context.Background()); err != nil {
		t.Fatal(err)
	}
	if c := r.only(); len(c.Deliveries) != 2 || c.State != inspector.Done || c.Status != 500 {
		t.Errorf("kept with %d deliveries as %s %d", len(c.Deliveries), c.State, c.Status)
	}
}

func TestReplayEditedResignedAndElsewhere(t *testing.T) {
	e := example(t, "everifin", "refund.http")
	r := start(t, []inspector.Endpoint{endpointFor("everifin", "everifin", e)}, at(e.At.Add(240*time.Second)))
	r.send(e.Message)
	c := r.only()
	edited := c.Message
	edited.Head, edited.Body = nil, []byte(`{"eventId":"x"}`)
	d, err := r.inspector.Replay(context.Background(), c.ID, inspector.ReplayOptions{
		To: r.shop.URL().String() + "/elsewhere?x=1", Message: &edited, Resign: true, Kind: inspector.Rehearsal,
	})
	if err != nil || !d.Edited || !d.Resigned || d.Kind != inspector.Rehearsal || d.Status != 200 {
		t.Fatalf("delivery %+v, %v", d, err)
	}
	got := r.shop.Requests()[1]
	if got.Target != "/elsewhere?x=1" || string(got.Body) != `{"eventId":"x"}` || got.Header.Get("Content-Length") != "15" {
		t.Errorf("the shop got %q %q", got.Head, got.Body)
	}
	if s := got.Header.Get("Signature"); s == e.Message.Header.Get("Signature") || !strings.HasPrefix(s, "ts=2024-05-06T07:14:01") {
		t.Errorf("signed as %q", s)
	}
}

func TestReplayThatCannotBeSentIsAnError(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}"))
	id := r.only().ID
	if _, err := r.inspector.Replay(context.Background(), id, inspector.ReplayOptions{Resign: true}); !errors.Is(err, inspector.ErrCannotSign) {
		t.Errorf("signing for a provider without signatures gave %v", err)
	}
	if _, err := r.inspector.Replay(context.Background(), id, inspector.ReplayOptions{To: "localhost:80"}); err == nil || !strings.Contains(err.Error(), `"localhost:80"`) {
		t.Errorf("a target without a scheme gave %v", err)
	}
	if _, err := r.inspector.Replay(context.Background(), [16]byte{1}, inspector.ReplayOptions{}); !errors.Is(err, inspector.ErrNotFound) {
		t.Errorf("an unknown id gave %v", err)
	}
	for _, m := range []signature.Message{
		{Method: "PO ST", Target: "/t"}, {Method: "POST", Target: "/t x"},
		{Method: "POST", Target: "/t", Header: signature.Header{{Name: "X", Value: "a\r\nY: b"}}},
		{Method: "POST", Target: "/t", Header: signature.Header{{Name: "X Y", Value: "a"}}},
	} {
		d, err := r.inspector.Replay(context.Background(), id, inspector.ReplayOptions{Message: &m})
		if err != nil || d.Status != 0 || !strings.Contains(d.Error, "writing the request") {
			t.Errorf("%+v gave %+v, %v", m, d, err)
		}
	}
	if n := len(r.shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests", n)
	}
}

func TestReplayEndsTheWaiting(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	addr := r.shop.Addr()
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	r.raw(post("{}"))
	id := r.only().ID
	d, err := r.inspector.Replay(context.Background(), id, inspector.ReplayOptions{})
	if err != nil || d.Error == "" || r.only().State != inspector.Waiting {
		t.Errorf("with the shop down: %+v, %v, %s", d, err, r.only().State)
	}
	openShop(t, inspectortest.Options{Addr: addr})
	if _, err := r.inspector.Replay(context.Background(), id, inspector.ReplayOptions{}); err != nil {
		t.Fatal(err)
	}
	r.await("the end of the waiting", allDone(1))
}

// held sends a delivery that is held and returns its id.
func held(t *testing.T) (*rig, ulid.ULID) {
	t.Helper()
	e := example(t, "tweed", "failed")
	endpoint := endpointFor("tweed", "tweed", e)
	endpoint.Secrets = []signature.Secret{signature.NewSecret("#1", "wrong")}
	r := start(t, []inspector.Endpoint{endpoint}, nil)
	r.send(e.Message)
	return r, r.only().ID
}

func TestReplayOfAHeldCaptureAsItCameReleasesIt(t *testing.T) {
	r, id := held(t)
	m := r.only().Message
	for _, o := range []inspector.ReplayOptions{
		{Message: &m}, {To: r.shop.URL().String() + "/elsewhere"}, {Kind: inspector.Rehearsal},
	} {
		if d, err := r.inspector.Replay(t.Context(), id, o); err != nil || d.Status != 200 || r.only().State != inspector.Held {
			t.Errorf("%+v: delivery %+v, %v, %s", o, d, err, r.only().State)
		}
	}
	if d, err := r.inspector.Replay(t.Context(), id, inspector.ReplayOptions{}); err != nil || d.Status != 200 || r.only().State != inspector.Done {
		t.Errorf("delivery %+v, %v, %s", d, err, r.only().State)
	}
}

func TestReplayOfAHeldCaptureThatTheShopDoesNotAnswerLeavesItHeld(t *testing.T) {
	r, id := held(t)
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	if d, err := r.inspector.Replay(t.Context(), id, inspector.ReplayOptions{}); err != nil || d.Error == "" || r.only().State != inspector.Held {
		t.Errorf("delivery %+v, %v, %s", d, err, r.only().State)
	}
}

func TestCaptureThatIsBeingDeliveredIsNotReplayed(t *testing.T) {
	direct := plain()
	direct.Name, direct.Path = "direct", "/direct"
	r := start(t, []inspector.Endpoint{accepting(), direct}, func(o *inspector.Options) { o.Limits.Shop = patience })
	for n, path := range []string{"/t", "/direct"} {
		r.shop.On(path, inspectortest.Behaviour{Hang: true})
		if _, err := r.dial().Write([]byte(strings.Replace(post("{}"), "/t", path, 1))); err != nil {
			t.Fatal(err)
		}
		r.shop.Await(n+1, patience)
		id := r.captures()[0].ID
		if d, err := r.inspector.Replay(t.Context(), id, inspector.ReplayOptions{}); !errors.Is(err, inspector.ErrBusy) {
			t.Errorf("%s: delivery %+v, %v", path, d, err)
		}
	}
	if n := len(r.shop.Requests()); n != 2 {
		t.Errorf("the shop got %d requests", n)
	}
	_ = r.shop.Close() // ends the deliveries
}

func TestReplayStopsWithItsContext(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}"))
	r.shop.On("/t", inspectortest.Behaviour{Hang: true})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		r.shop.Await(2, patience)
		cancel()
	}()
	d, err := r.inspector.Replay(ctx, r.only().ID, inspector.ReplayOptions{})
	if err != nil || d.Status != 0 || d.Error == "" {
		t.Errorf("delivery %+v, %v", d, err)
	}
	r.await("the record", func(page []inspector.Summary) bool { return page[0].Attempts == 2 })
}

func TestReleaseForwardsAHeldCaptureOnce(t *testing.T) {
	e := example(t, "tweed", "failed")
	endpoint := endpointFor("tweed", "tweed", e)
	endpoint.Secrets = []signature.Secret{signature.NewSecret("#1", "wrong")}
	r := start(t, []inspector.Endpoint{endpoint}, nil)
	r.send(e.Message)
	id := r.only().ID
	var group sync.WaitGroup
	var mu sync.Mutex
	released := 0
	for range 5 {
		group.Go(func() {
			d, err := r.inspector.Release(context.Background(), id)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil && d.Status == 200 && d.Kind == inspector.First:
				released++
			case !errors.Is(err, inspector.ErrBusy) && !errors.Is(err, inspector.ErrNotHeld):
				t.Errorf("delivery %+v, %v", d, err)
			}
		})
	}
	group.Wait()
	if n := len(r.shop.Requests()); n != 1 || released != 1 {
		t.Errorf("the shop got %d requests after %d releases", n, released)
	}
	if c := r.only(); c.State != inspector.Done || c.Outcome != signature.Mismatch {
		t.Errorf("kept as %s %s", c.State, c.Outcome)
	}
}
