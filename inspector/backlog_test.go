package inspector_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
)

func accepting() inspector.Endpoint {
	e := plain()
	e.Name, e.Answer = "queue", inspector.AnswerAccept
	return e
}

// allDone tells whether n captures are kept and none waits.
func allDone(n int) func([]inspector.Summary) bool {
	return func(page []inspector.Summary) bool {
		return len(page) == n && !slices.ContainsFunc(page, func(s inspector.Summary) bool { return s.State != inspector.Done })
	}
}

func (r *rig) bodiesAtShop(shop *inspectortest.Shop) []string {
	var bodies []string
	for _, q := range shop.Requests() {
		bodies = append(bodies, string(q.Body))
	}
	return bodies
}

func numbered(n int) []string {
	var bodies []string
	for k := range n {
		bodies = append(bodies, fmt.Sprintf(`{"n":%d}`, k))
	}
	return bodies
}

func TestAcceptAnswersAtOnceAndDeliversInOrder(t *testing.T) {
	r := start(t, []inspector.Endpoint{accepting()}, nil)
	for _, body := range numbered(100) {
		if reply := r.raw(post(body)); reply.Status != 200 || len(reply.Body) != 0 {
			t.Fatalf("answered %d %q", reply.Status, reply.Body)
		}
	}
	r.await("the queue to drain", allDone(100))
	if got := r.bodiesAtShop(r.shop); !slices.Equal(got, numbered(100)) {
		t.Errorf("the shop got %q", got)
	}
	if c := r.get(r.captures()[0].ID); c.Answer != (inspector.Reply{Status: 200, By: "shopbell"}) || c.Deliveries[0].Kind != inspector.First {
		t.Errorf("kept with answer %+v and deliveries %+v", c.Answer, c.Deliveries)
	}
}

func TestQueueSurvivesARestartAndDrainsWhenTheShopIsBack(t *testing.T) {
	r := start(t, []inspector.Endpoint{accepting()}, nil)
	addr := r.shop.Addr()
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	for _, body := range numbered(20) {
		if reply := r.raw(post(body)); reply.Status != 200 {
			t.Fatalf("answered %d", reply.Status)
		}
	}
	r.await("a first attempt", func(page []inspector.Summary) bool { return page[len(page)-1].Attempts > 0 })
	if err := r.inspector.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.store.Close(); err != nil {
		t.Fatal(err)
	}
	shop := openShop(t, inspectortest.Options{Addr: addr})
	r.store = r.open()
	r.run([]inspector.Endpoint{accepting()}, nil)
	r.await("the queue to drain", allDone(20))
	if got := r.bodiesAtShop(shop); !slices.Equal(got, numbered(20)) {
		t.Errorf("the shop got %q", got)
	}
	oldest := r.get(r.captures()[19].ID)
	if last := oldest.Deliveries[len(oldest.Deliveries)-1]; last.Kind != inspector.Retry || oldest.Deliveries[0].Error == "" {
		t.Errorf("deliveries %+v", oldest.Deliveries)
	}
}

func TestAnswerThatAsksToComeAgainIsRetriedAndOthersAreNot(t *testing.T) {
	r := start(t, []inspector.Endpoint{accepting()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Status: 503})
	r.raw(post("{}"))
	r.await("an attempt", func(page []inspector.Summary) bool {
		return page[0].Status == 503 && page[0].State == inspector.Waiting
	})
	r.shop.On("/t", inspectortest.Behaviour{Status: 400})
	r.await("the retry", func(page []inspector.Summary) bool { return page[0].Status == 400 && page[0].State == inspector.Done })
}

func TestQuestionWhoseAskerHasGoneIsKeptAndNotQueued(t *testing.T) {
	e := example(t, "twisto", "check")
	endpoint := endpointFor("twisto", "twisto", e)
	endpoint.Answer = inspector.AnswerAccept
	r := start(t, []inspector.Endpoint{endpoint}, nil)
	r.shop.On(e.Message.Target, inspectortest.Behaviour{Cut: inspectortest.CutBefore})
	if reply := r.send(e.Message); reply.Status != 502 {
		t.Errorf("answered %d", reply.Status)
	}
	r.inspector.Pause(true)
	if reply := r.send(e.Message); reply.Status != 503 {
		t.Errorf("while paused: answered %d", reply.Status)
	}
	r.shop.On(e.Message.Target, inspectortest.Behaviour{})
	r.inspector.Pause(false)
	m := e.Message
	m.Body = []byte(`{"checkout_id":"1","state":"completed"}`)
	r.send(m)
	r.await("the event behind it", func(page []inspector.Summary) bool { return len(page) == 3 && page[0].State == inspector.Done })
	page := r.captures()
	if paused, failed := page[1], r.get(page[2].ID); paused.State != inspector.Kept || failed.State != inspector.Kept || failed.Attempts != 1 || failed.Error == "" {
		t.Errorf("kept as %+v and %+v", paused, failed.Summary)
	}
	if n := len(r.shop.Requests()); n != 2 {
		t.Errorf("the shop got %d requests, expected the question once and the event", n)
	}
	if d, err := r.inspector.Replay(t.Context(), page[2].ID, inspector.ReplayOptions{}); err != nil || d.Status != 200 {
		t.Errorf("replayed with %+v, %v", d, err)
	}
}

func TestPauseQueuesAcceptedDeliveriesAndTurnsOthersAway(t *testing.T) {
	other := plain()
	other.Path = "/direct"
	r := start(t, []inspector.Endpoint{accepting(), other}, nil)
	r.inspector.Pause(true)
	if !r.inspector.Paused() {
		t.Error("it is not paused")
	}
	if reply := r.raw(post("{}")); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	reply := r.raw(strings.Replace(post("{}"), "/t", "/direct", 1))
	if reply.Status != 503 || reply.Header.Get("Retry-After") == "" {
		t.Errorf("answered %d %v", reply.Status, reply.Header)
	}
	for _, s := range r.captures() {
		if s.State != inspector.Waiting || s.Attempts != 0 {
			t.Errorf("kept as %s after %d attempts", s.State, s.Attempts)
		}
	}
	r.inspector.Pause(false)
	r.await("the queue to drain", func(page []inspector.Summary) bool { return page[1].State == inspector.Done })
	if n := len(r.shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests", n)
	}
}

func TestConfigureSendsTheQueueToTheNewShop(t *testing.T) {
	r := start(t, []inspector.Endpoint{accepting()}, nil)
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	r.raw(post("{}"))
	shop := openShop(t, inspectortest.Options{})
	if err := r.inspector.Configure(shop.URL(), []inspector.Endpoint{accepting()}); err != nil {
		t.Fatal(err)
	}
	r.await("the delivery", allDone(1))
	if n := len(shop.Requests()); n != 1 {
		t.Errorf("the new shop got %d requests", n)
	}
}

func TestEndpointThatTurnsToAcceptDeliversWhatWaits(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	addr := r.shop.Addr()
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	r.raw(post("{}"))
	shop := openShop(t, inspectortest.Options{Addr: addr})
	e := plain()
	e.Answer = inspector.AnswerAccept
	if err := r.inspector.Configure(shop.URL(), []inspector.Endpoint{e}); err != nil {
		t.Fatal(err)
	}
	r.await("the delivery", allDone(1))
}

func TestWrongConfigurationChangesNothing(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	if err := r.inspector.Configure(nil, []inspector.Endpoint{{Name: "x", Path: "x"}}); err == nil {
		t.Error("a path without a slash was taken")
	}
	if reply := r.raw(post("{}")); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
}

func TestWhatWasBeingSentWhenTheProgramEndedIsSentAgainAndMarked(t *testing.T) {
	r := start(t, []inspector.Endpoint{accepting()}, nil)
	r.inspector.Pause(true)
	r.raw(post(`{"n":1}`))
	if err := r.store.Begin(t.Context(), r.only().ID); err != nil {
		t.Fatal(err)
	}
	_, _ = r.inspector.Close(), r.store.Close() // as a kill would: nothing is recorded
	r.store = r.open()
	if c := r.only(); !c.Unknown || c.State != inspector.Waiting {
		t.Fatalf("found again as %+v", c.Summary)
	}
	r.run([]inspector.Endpoint{accepting()}, nil)
	r.await("the queue to drain", allDone(1))
	c := r.only()
	if len(c.Deliveries) != 2 || c.Unknown {
		t.Fatalf("kept as %+v with %d deliveries", c.Summary, len(c.Deliveries))
	}
	if d := c.Deliveries[1]; d.Kind != inspector.Retry || !d.Repeated || d.Status != 200 {
		t.Errorf("sent again as %+v", d)
	}
}
