package inspector_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestEverySampleIsJudgedKeptAndAnswered(t *testing.T) {
	now := time.Now()
	c := catalog(t)
	endpoints, err := inspectortest.Endpoints(c)
	if err != nil {
		t.Fatal(err)
	}
	samples, err := inspectortest.Samples(c, now)
	if err != nil {
		t.Fatal(err)
	}
	if len(samples) != 10 {
		t.Fatalf("%d samples, expected two of each of five providers", len(samples))
	}
	r := start(t, endpoints, at(now))
	atShop := 0
	for _, s := range samples {
		reply := r.send(s.Message)
		if reply.Status != s.Status {
			t.Errorf("%s, spoiled %v: answered %d, expected %d", s.Provider, s.Spoiled, reply.Status, s.Status)
		}
		kept := r.get(r.captures()[0].ID)
		if kept.Provider != s.Provider || kept.Outcome != s.Outcome || kept.Cover != s.Cover {
			t.Errorf("%s, spoiled %v: kept as %s %s %s", s.Provider, s.Spoiled, kept.Provider, kept.Outcome, kept.Cover)
		}
		if (kept.Endpoint != "") != s.Endpoint {
			t.Errorf("%s, spoiled %v: kept under endpoint %q", s.Provider, s.Spoiled, kept.Endpoint)
		}
		if string(kept.Message.Body) != string(s.Message.Body) || kept.Size != int64(len(s.Message.Body)) {
			t.Errorf("%s: the body changed", s.Provider)
		}
		if !s.Spoiled {
			atShop++
			if len(kept.Deliveries) != 1 || kept.State != inspector.Done || kept.Deliveries[0].Status != 200 {
				t.Errorf("%s: deliveries %+v in state %s", s.Provider, kept.Deliveries, kept.State)
			}
		}
	}
	if got := len(r.shop.Requests()); got != atShop {
		t.Errorf("the shop got %d requests, expected the %d genuine ones", got, atShop)
	}
}

func TestTwistoGetsTheShopsAnswerUnchanged(t *testing.T) {
	e := example(t, "twisto", "check")
	endpoint := endpointFor("twisto", "twisto", e)
	endpoint.Answer = inspector.AnswerAccept // the answer is needed all the same
	r := start(t, []inspector.Endpoint{endpoint}, nil)
	reply := r.send(e.Message)
	if reply.Status != 200 || !strings.HasPrefix(string(reply.Body), `{"customer":{"email":"jan.novak@example.com"`) ||
		reply.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("answered %d %q %q", reply.Status, reply.Header, reply.Body)
	}
	c := r.only()
	if c.State != inspector.Done || len(c.Deliveries) != 1 || string(c.Deliveries[0].Body) != string(reply.Body) {
		t.Errorf("kept in state %s with %d deliveries", c.State, len(c.Deliveries))
	}
}

func TestHeldDeliveryIsAnswered401AndNotForwarded(t *testing.T) {
	e := example(t, "tweed", "failed")
	m := e.Message
	m.Body = append([]byte(" "), m.Body...)
	r := start(t, []inspector.Endpoint{endpointFor("tweed", "tweed", e)}, nil)
	reply := r.send(m)
	if reply.Status != 401 || strings.Contains(string(reply.Body), "body") {
		t.Errorf("answered %d %q, expected a 401 that tells nothing of the diagnosis", reply.Status, reply.Body)
	}
	c := r.only()
	if c.State != inspector.Held || c.Answer.Status != 401 || c.Answer.By != "shopbell" || len(r.shop.Requests()) != 0 {
		t.Errorf("kept as %s, answer %+v, %d requests at the shop", c.State, c.Answer, len(r.shop.Requests()))
	}
}

func TestForwardUnverifiedForwardsWhatWouldBeHeld(t *testing.T) {
	e := example(t, "tweed", "failed")
	endpoint := endpointFor("tweed", "tweed", e)
	endpoint.ForwardUnverified = true
	endpoint.Secrets = []signature.Secret{signature.NewSecret("#1", "another")}
	r := start(t, []inspector.Endpoint{endpoint}, nil)
	if reply := r.send(e.Message); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	if c := r.only(); c.State != inspector.Done || c.Outcome != signature.Mismatch {
		t.Errorf("kept as %s %s", c.State, c.Outcome)
	}
}

func TestCatchAllDetectsTheProvider(t *testing.T) {
	e := example(t, "tweed", "done")
	r := start(t, []inspector.Endpoint{{
		Name: "all", Path: "/", Secrets: []signature.Secret{signature.NewSecret("#1", e.Secret)},
	}}, nil)
	if reply := r.send(e.Message); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	c := r.only()
	if c.Provider != "tweed" || !c.Detected || c.Outcome != signature.Verified || c.Endpoint != "all" {
		t.Errorf("kept as %s, detected %v, %s at %q", c.Provider, c.Detected, c.Outcome, c.Endpoint)
	}
}

func TestUnknownSenderOnCatchAllIsForwardedAsUnsigned(t *testing.T) {
	r := start(t, []inspector.Endpoint{{Name: "all", Path: "/"}}, nil)
	r.raw("POST /anything?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
	c := r.only()
	if c.Provider != "" || c.Outcome != signature.Unsigned || c.State != inspector.Done || !strings.Contains(strings.Join(c.Notes, " "), "not come by a secret address") {
		t.Errorf("kept as %+v, notes %q", c.Summary, c.Notes)
	}
	if got := r.shop.Requests()[0].Target; got != "/anything?x=1" {
		t.Errorf("the shop got %q", got)
	}
}

func TestUnknownPathIsKeptAndAnswered404(t *testing.T) {
	e := example(t, "tweed", "done")
	r := start(t, []inspector.Endpoint{endpointFor("tweed", "tweed", e)}, nil)
	m := e.Message
	m.Target = "/tweed"
	reply := r.send(m)
	if reply.Status != 404 || strings.Count(string(reply.Body), "\n") != 1 {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	c := r.only()
	if c.Endpoint != "" || c.State != inspector.Kept || c.Provider != "tweed" || !c.Detected || c.Outcome != signature.NoSecret {
		t.Errorf("kept as %+v", c.Summary)
	}
	if len(c.Notes) < 2 || c.Notes[0] != "No endpoint has this path." || !strings.Contains(c.Notes[1], "not come by a secret address") {
		t.Errorf("notes %q", c.Notes)
	}
}

// failingStore is the real store but that it can't keep.
type failingStore struct {
	inspector.Store
	err error
}

func (s failingStore) Keep(context.Context, *inspector.Capture) error { return s.err }

func TestDeliveryThatCannotBeKeptIsNeverAcknowledged(t *testing.T) {
	for _, err := range []error{inspector.ErrFull, errors.New("no space left on device")} {
		r := start(t, []inspector.Endpoint{plain()}, func(o *inspector.Options) { o.Store = failingStore{o.Store, err} })
		reply := r.raw(post("{}"))
		if reply.Status != 503 || reply.Header.Get("Retry-After") == "" || !strings.HasSuffix(string(reply.Body), "later.\n") {
			t.Errorf("%v: answered %d %v %q", err, reply.Status, reply.Header, reply.Body)
		}
		if len(r.captures()) != 0 || len(r.shop.Requests()) != 0 {
			t.Errorf("%v: %d kept, %d at the shop", err, len(r.captures()), len(r.shop.Requests()))
		}
	}
}

func TestCloseLeavesNothingRunning(t *testing.T) {
	before := runtime.NumGoroutine()
	r := start(t, []inspector.Endpoint{accepting()}, nil)
	for range 20 {
		r.raw(post("{}"))
	}
	r.await("the queue to drain", allDone(20))
	for _, c := range []interface{ Close() error }{r.inspector, r.store, r.shop} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
	if _, err := r.inspector.Replay(context.Background(), [16]byte{1}, inspector.ReplayOptions{}); err == nil {
		t.Error("a closed inspector replayed")
	}
}

func TestTwoHundredConcurrentDeliveriesAreAllKeptAndForwarded(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	const n = 200
	var group sync.WaitGroup
	for k := range n {
		group.Go(func() {
			if reply := r.raw(post(`{"escrow":{"id":"` + string(rune('a'+k%26)) + strings.Repeat("x", k) + `"}}`)); reply.Status != 200 {
				t.Errorf("delivery %d was answered %d", k, reply.Status)
			}
		})
	}
	group.Wait()
	sizes := map[int64]bool{}
	for _, s := range r.captures() {
		if s.State != inspector.Done || s.Attempts != 1 {
			t.Errorf("capture of %d bytes is %s after %d attempts", s.Size, s.State, s.Attempts)
		}
		sizes[s.Size] = true
	}
	if len(sizes) != n || len(r.shop.Requests()) != n {
		t.Errorf("%d different captures, %d at the shop, expected %d", len(sizes), len(r.shop.Requests()), n)
	}
}

func TestEverifinFormOfSignatureIsRememberedAndAChangeWarns(t *testing.T) {
	first, second := example(t, "everifin", "refund.http"), example(t, "everifin", "body-first")
	endpoints := []inspector.Endpoint{endpointFor("everifin", "everifin", first)}
	r := start(t, endpoints, at(first.At))
	r.send(first.Message)
	if c := r.only(); c.Verdict.Variant == "" || len(c.Notes) != 0 {
		t.Errorf("variant %q, notes %q", c.Verdict.Variant, c.Notes)
	}
	r.await("the form to be remembered", func([]inspector.Summary) bool {
		v, err := r.store.Recall(context.Background(), "variant/everifin")
		return err == nil && v != ""
	})
	r.run(endpoints, at(first.At)) // another inspector on the same store
	r.send(second.Message)
	c := r.get(r.captures()[0].ID)
	if c.Outcome != signature.Verified || len(c.Notes) == 0 || !strings.Contains(c.Notes[0], "matched in the form") {
		t.Errorf("%s, notes %q", c.Outcome, c.Notes)
	}
}

func TestStaleDeliveryDoesNotChangeTheRememberedForm(t *testing.T) {
	first, second := example(t, "everifin", "refund.http"), example(t, "everifin", "body-first")
	var later atomic.Int64 // than the first delivery
	clock := func(o *inspector.Options) {
		o.Now = func() time.Time { return first.At.Add(time.Duration(later.Load())) }
	}
	r := start(t, []inspector.Endpoint{endpointFor("everifin", "everifin", first)}, clock)
	r.send(first.Message)
	later.Store(int64(time.Hour))
	r.send(second.Message)
	if c := r.get(r.captures()[0].ID); c.Outcome != signature.Stale || len(c.Notes) == 0 {
		t.Errorf("the replay was judged %s with notes %q", c.Outcome, c.Notes)
	}
	later.Store(0)
	r.send(first.Message)
	if c := r.get(r.captures()[0].ID); c.Outcome != signature.Verified || strings.Contains(strings.Join(c.Notes, " "), "form") {
		t.Errorf("the next one was judged %s with notes %q", c.Outcome, c.Notes)
	}
}

func TestRepeatedIDWithOtherContentIsNotedAsPossibleForgery(t *testing.T) {
	e := example(t, "yshop", "paid")
	r := start(t, []inspector.Endpoint{endpointFor("yshop", "yshop", e)}, nil)
	r.send(e.Message)
	m := e.Message
	m.Body = []byte(strings.Replace(string(m.Body), "129.90", "1.00", 1))
	if reply := r.send(m); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	r.await("the note", func(page []inspector.Summary) bool {
		c := r.get(page[0].ID)
		return c.Again != nil && c.Again.Kind == inspector.SameIDOtherContent &&
			strings.Contains(strings.Join(c.Notes, " "), "possible forgery")
	})
}
