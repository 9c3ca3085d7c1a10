package inspector_test

import (
	"context"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// mixedUp is two endpoints of one provider with each other's secret.
func mixedUp(t *testing.T) (signature.Message, []inspector.Endpoint) {
	e := example(t, "tweed", "failed")
	test, live := endpointFor("tweed test", "tweed", e), endpointFor("tweed live", "tweed", e)
	test.Secrets = []signature.Secret{signature.NewSecret("#1", "another-secret")}
	live.Path = "/live"
	return e.Message, []inspector.Endpoint{test, live}
}

func TestSecretOfAnotherEndpointIsFoundByItself(t *testing.T) {
	m, endpoints := mixedUp(t)
	r := start(t, endpoints, nil)
	if reply := r.send(m); reply.Status != 401 {
		t.Errorf("answered %d", reply.Status)
	}
	r.await("the diagnosis", func(page []inspector.Summary) bool {
		return len(page) == 1 && r.get(page[0].ID).Verdict.Diagnosis != nil
	})
	d := r.only().Verdict.Diagnosis
	if d.Cause != signature.SecretOfOtherEndpoint || d.Endpoint != "tweed live" || d.Says == "" || d.Do == "" {
		t.Errorf("diagnosis %+v", d)
	}
}

func TestSecretOfAnotherEndpointIsFoundForOneWithout(t *testing.T) {
	m, endpoints := mixedUp(t)
	endpoints[0].Secrets = nil
	r := start(t, endpoints, nil)
	elsewhere := m
	elsewhere.Target, elsewhere.Head = "/nowhere", nil
	for _, m := range []signature.Message{m, elsewhere} {
		r.send(m)
		r.await("the diagnosis", func(page []inspector.Summary) bool {
			return page[0].Outcome == signature.NoSecret && r.get(page[0].ID).Verdict.Diagnosis != nil
		})
		if d := r.get(r.captures()[0].ID).Verdict.Diagnosis; d.Cause != signature.SecretOfOtherEndpoint || d.Endpoint != "tweed live" {
			t.Errorf("diagnosis %+v", d)
		}
	}
}

// stuckStore is the real store but that a change never gets done.
type stuckStore struct {
	inspector.Store
	entered chan struct{}
}

func (s stuckStore) Change(ctx context.Context, _ ulid.ULID, _ func(*inspector.Capture)) error {
	s.entered <- struct{}{}
	<-ctx.Done()
	return ctx.Err()
}

func TestWorkThatCloseCutsShortIsNoWarning(t *testing.T) {
	e := example(t, "yshop", "paid")
	entered, log := make(chan struct{}, 1), &logged{}
	r := start(t, []inspector.Endpoint{endpointFor("yshop", "yshop", e)}, func(o *inspector.Options) {
		o.Store, o.Log = stuckStore{o.Store, entered}, log.logger()
	})
	r.send(e.Message)
	m := e.Message
	m.Body = []byte(strings.Replace(string(m.Body), "129.90", "1.00", 1))
	r.send(m)
	<-entered
	if err := r.inspector.Close(); err != nil {
		t.Fatal(err)
	}
	if text := log.String(); text != "" {
		t.Errorf("it was logged: %s", text)
	}
}

func TestDiagnoseHasNothingToSayOfAVerifiedDelivery(t *testing.T) {
	e := example(t, "tweed", "failed")
	r := start(t, []inspector.Endpoint{endpointFor("tweed", "tweed", e)}, nil)
	r.send(e.Message)
	if d, err := r.inspector.Diagnose(context.Background(), r.only().ID); d != nil || err != nil {
		t.Errorf("diagnosis %+v, %v", d, err)
	}
}

func TestNewSecretJudgesKeptCapturesAgain(t *testing.T) {
	m, endpoints := mixedUp(t)
	r := start(t, endpoints, nil)
	for range 3 {
		r.send(m)
	}
	right := endpoints[1].Secrets
	endpoints[0].Secrets = append(endpoints[0].Secrets, signature.NewSecret("#2", right[0].Value()))
	if err := r.inspector.Configure(r.shop.URL(), endpoints); err != nil {
		t.Fatal(err)
	}
	n, err := r.inspector.Rejudge(context.Background(), "tweed test")
	if n != 3 || err != nil {
		t.Errorf("%d outcomes changed, %v", n, err)
	}
	for _, s := range r.captures() {
		if s.Outcome != signature.Verified || s.Cover != signature.CoverBody || s.State != inspector.Held {
			t.Errorf("kept as %s %s %s", s.Outcome, s.Cover, s.State)
		}
		if c := r.get(s.ID); c.Verdict.Secret != "#2" {
			t.Errorf("verified with secret %q", c.Verdict.Secret)
		}
	}
	if n, err := r.inspector.Rejudge(context.Background(), "tweed test"); n != 0 || err != nil {
		t.Errorf("a second time %d outcomes changed, %v", n, err)
	}
	if _, err := r.inspector.Rejudge(context.Background(), "nobody"); err == nil {
		t.Error("an unknown endpoint was judged")
	}
}
