package inspector_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// queueing is an accept endpoint at /t with so many places at the shop.
func queueing(places int, when inspector.WhenStuck) []inspector.Endpoint {
	e := accepting()
	e.Concurrency, e.WhenStuck = places, when
	return []inspector.Endpoint{e}
}

// below is a raw request to a path below that of the endpoint.
func below(path, body string) string { return strings.Replace(post(body), "/t ", "/t"+path+" ", 1) }

// state returns the one queue.
func (r *rig) state() inspector.Queue {
	r.t.Helper()
	queues := r.inspector.Queues()
	if len(queues) != 1 {
		r.t.Fatalf("there are the queues %+v, expected one", queues)
	}
	return queues[0]
}

// awaitQueue waits until the one queue satisfies done.
func (r *rig) awaitQueue(what string, done func(inspector.Queue) bool) inspector.Queue {
	r.t.Helper()
	var q inspector.Queue
	r.await(what, func([]inspector.Summary) bool {
		q = r.state()
		return done(q)
	})
	return q
}

// restart ends inspector and store and starts them again.
func (r *rig) restart(endpoints []inspector.Endpoint) {
	r.t.Helper()
	if err := errors.Join(r.inspector.Close(), r.store.Close()); err != nil {
		r.t.Fatal(err)
	}
	r.store = r.open()
	r.run(endpoints, nil)
}

// sentTo returns the capture that was sent to the path below the endpoint's.
func sentTo(page []inspector.Summary, path string) inspector.Summary {
	for _, s := range page {
		if s.Path == "/t"+path {
			return s
		}
	}
	return inspector.Summary{}
}

func TestOrderIsKeptOverRestarts(t *testing.T) {
	r := start(t, queueing(1, inspector.WhenStuckWait), nil)
	for n, body := range numbered(120) {
		if reply := r.raw(post(body)); reply.Status != 200 {
			t.Fatalf("answered %d", reply.Status)
		}
		if n%30 == 29 {
			r.restart(queueing(1, inspector.WhenStuckWait))
		}
	}
	r.await("the queue to drain", allDone(120))
	if got := r.bodiesAtShop(r.shop); !slices.Equal(got, numbered(120)) {
		t.Errorf("the shop got %q", got)
	}
}

func TestSeveralAtOnceAreAllDeliveredExactlyOnce(t *testing.T) {
	r := start(t, queueing(4, inspector.WhenStuckWait), nil)
	r.inspector.Pause(true)
	var all sync.WaitGroup
	bodies := numbered(300)
	for _, part := range [][]string{bodies[:100], bodies[100:200], bodies[200:]} {
		all.Go(func() {
			for _, body := range part {
				r.raw(post(body))
			}
		})
	}
	all.Wait()
	r.inspector.Pause(false)
	r.restart(queueing(4, inspector.WhenStuckWait))
	r.await("the queue to drain", allDone(300))
	got := r.bodiesAtShop(r.shop)
	slices.Sort(got)
	if slices.Sort(bodies); !slices.Equal(got, bodies) {
		t.Errorf("the shop got %d deliveries: %q", len(got), got)
	}
}

func TestAsManyAsTheEndpointSaysAreAtTheShopAtOnce(t *testing.T) {
	r := start(t, queueing(4, inspector.WhenStuckWait), nil)
	r.shop.On("/t", inspectortest.Behaviour{Hang: true})
	for _, body := range numbered(10) {
		r.raw(post(body))
	}
	if got := r.shop.Await(4, patience); len(got) != 4 {
		t.Fatalf("the shop got %d requests", len(got))
	}
	r.awaitQueue("four at the shop", func(q inspector.Queue) bool { return q.Sending == 4 && q.Waiting == 10 })
	if got := len(r.shop.Requests()); got != 4 {
		t.Errorf("the shop got %d requests, expected the others to wait for a place", got)
	}
	if err := r.shop.Close(); err != nil { // the four come back
		t.Fatal(err)
	}
}

func TestWhatTheShopRefusesStepsAsideWhereItMay(t *testing.T) {
	for _, places := range []int{1, 4} {
		r := start(t, queueing(places, inspector.WhenStuckPass), nil)
		r.shop.On("/t/poison", inspectortest.Behaviour{Status: 500})
		for n, body := range numbered(100) {
			if n == 10 {
				r.raw(below("/poison", "{}"))
			}
			r.raw(below(fmt.Sprint("/", n), body))
		}
		r.await("the others to pass", func(page []inspector.Summary) bool {
			waiting := slices.DeleteFunc(page, func(s inspector.Summary) bool { return s.State == inspector.Done })
			return len(waiting) == 1 && waiting[0].Path == "/t/poison" && waiting[0].Attempts >= 3
		})
		poison := sentTo(r.captures(), "/poison")
		q := r.awaitQueue("the poison to be aside", func(q inspector.Queue) bool { return q.Aside == 1 })
		if q.Waiting != 1 || q.Error != "the shop answered 500" || q.Next.IsZero() || !q.Next.Equal(r.inspector.NextAttempt("queue", poison.ID)) {
			t.Errorf("with %d places the queue is %+v", places, q)
		}
		r.shop.On("/t/poison", inspectortest.Behaviour{})
		r.await("the poison to be taken after all", allDone(101))
		if n := len(r.shop.Requests()); n != 100+sentTo(r.captures(), "/poison").Attempts {
			t.Errorf("with %d places the shop got %d requests", places, n)
		}
	}
}

func TestWhatTheShopRefusesBlocksWhereTheOrderCounts(t *testing.T) {
	r := start(t, queueing(1, inspector.WhenStuckWait), nil)
	r.shop.On("/t/poison", inspectortest.Behaviour{Status: 500})
	r.raw(below("/poison", "{}"))
	for n, body := range numbered(5) {
		r.raw(below(fmt.Sprint("/", n), body))
	}
	r.await("four attempts", func(page []inspector.Summary) bool { return sentTo(page, "/poison").Attempts >= 3 })
	if q := r.state(); q.Waiting != 6 || q.Aside != 0 {
		t.Errorf("the queue is %+v", q)
	}
	if n := len(r.shop.Requests()); n != sentTo(r.captures(), "/poison").Attempts {
		t.Errorf("the shop got %d requests, expected those of the poison alone", n)
	}
	e := queueing(1, inspector.WhenStuckPass)
	if err := r.inspector.Configure(r.shop.URL(), e); err != nil {
		t.Fatal(err)
	}
	r.await("the others to pass when they may", func(page []inspector.Summary) bool { return sentTo(page, "/4").State == inspector.Done })
}

func TestManyThatSteppedAsideDoNotHideTheOnesBehind(t *testing.T) {
	const aside = 1000
	r := start(t, queueing(1, inspector.WhenStuckPass), nil)
	r.shop.On("/t/poison", inspectortest.Behaviour{Status: 500})
	if err := r.inspector.PauseQueue(t.Context(), "queue", true); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			for range aside / 20 {
				r.keepRefused()
			}
		})
	}
	all.Wait()
	for n, body := range numbered(5) {
		r.raw(below(fmt.Sprint("/", n), body))
	}
	r.restart(queueing(1, inspector.WhenStuckPass))
	if err := r.inspector.PauseQueue(t.Context(), "queue", false); err != nil {
		t.Fatal(err)
	}
	r.await("the ones behind", func(page []inspector.Summary) bool { return sentTo(page, "/4").State == inspector.Done })
	if q := r.state(); q.Waiting != aside || q.Aside+q.Sending < aside-1 {
		t.Errorf("the queue is %+v", q)
	}
}

// keepRefused keeps a capture that the shop has refused three times.
func (r *rig) keepRefused() {
	c := inspector.Capture{
		Message: signature.Message{Method: "POST", Target: "/t/poison", Header: signature.Header{{Name: "Host", Value: "in.example"}}},
		Summary: inspector.Summary{
			Received: time.Now(), Endpoint: "queue", Provider: "truust", Outcome: signature.Unsigned,
			Method: "POST", Path: "/t/poison", State: inspector.Waiting,
		},
	}
	if err := r.store.Keep(r.t.Context(), &c); err != nil {
		r.t.Error(err)
		return
	}
	for range 3 {
		d := inspector.Delivery{Capture: c.ID, Kind: inspector.Retry, Status: 500, Sent: time.Now()}
		if err := r.store.Record(r.t.Context(), &d, inspector.Waiting); err != nil {
			r.t.Error(err)
		}
	}
}

func TestShopThatIsDownStopsBothKindsOfQueue(t *testing.T) {
	for _, when := range []inspector.WhenStuck{inspector.WhenStuckWait, inspector.WhenStuckPass} {
		r := start(t, queueing(4, when), nil)
		addr := r.shop.Addr()
		if err := r.shop.Close(); err != nil {
			t.Fatal(err)
		}
		for _, body := range numbered(20) {
			r.raw(post(body))
		}
		for n := range 4 {
			r.await("an attempt", func(page []inspector.Summary) bool { return page[19].Attempts > n && !r.state().Next.IsZero() })
			if err := r.inspector.DrainQueue("queue"); err != nil {
				t.Fatal(err)
			}
		}
		if q := r.state(); q.Waiting != 20 || q.Aside != 0 || !strings.Contains(q.Error, "is the shop running?") {
			t.Errorf("%s: the queue is %+v", when, q)
		}
		shop := openShop(t, inspectortest.Options{Addr: addr})
		r.await("the queue to drain", allDone(20))
		if n := len(shop.Requests()); n != 20 {
			t.Errorf("%s: the shop got %d requests", when, n)
		}
	}
}
