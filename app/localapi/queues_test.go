package localapi

import (
	"errors"
	"slices"
	"testing"
	"time"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// awaitRefusal waits until a queue waits as long as the shop asked.
func (s *scene) awaitRefusal() {
	s.t.Helper()
	limit := time.After(patience)
	for {
		queues, err := s.client.Queues(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if slices.ContainsFunc(queues, func(q inspector.Queue) bool { return !q.Next.IsZero() }) {
			return
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-limit:
			s.t.Fatalf("waited in vain for a refusal: %+v", queues)
		}
	}
}

// queued adds endpoints that answer at once.
func (s *scene) queued(names ...string) {
	s.t.Helper()
	for _, name := range names {
		ep := settings.Endpoint{Name: name, Provider: "truust", Path: "/" + name, Answer: "accept"}
		if err := s.engine.PutEndpoint(s.t.Context(), "", ep, nil); err != nil {
			s.t.Fatal(err)
		}
	}
}

// act does something to queues and returns them by name.
func (s *scene) act(what string, endpoints ...string) map[string]inspector.Queue {
	s.t.Helper()
	list, err := s.client.Act(s.t.Context(), what, endpoints)
	if err != nil {
		s.t.Fatal(err)
	}
	queues := map[string]inspector.Queue{}
	for _, q := range list {
		queues[q.Endpoint] = q
	}
	return queues
}

func TestQueuesArePausedByNameAndAllAtOnce(t *testing.T) {
	s := openScene(t)
	s.queued("a", "b")
	if got := s.act(PauseQueues, "a"); len(got) != 1 || !got["a"].Paused {
		t.Errorf("got %+v", got)
	}
	s.post("/a", "{}")
	s.post("/b", "{}")
	if n := len(s.shop.Await(1, patience)); n != 1 {
		t.Errorf("the shop got %d requests, expected that of b", n)
	}
	if got := s.act(PauseQueues); !got["a"].Paused || !got["b"].Paused || got["a"].Waiting != 1 {
		t.Errorf("got %+v", got)
	}
	if got := s.act(ResumeQueues); got["a"].Paused || got["b"].Paused {
		t.Errorf("got %+v", got)
	}
	if n := len(s.shop.Await(2, patience)); n != 2 {
		t.Errorf("the shop got %d requests, expected that of a too", n)
	}
}

func TestWhatIsNotThereChangesNothing(t *testing.T) {
	s := openScene(t)
	s.queued("a")
	if _, err := s.client.Act(t.Context(), PauseQueues, []string{"a", "twisto"}); err == nil {
		t.Error("an endpoint without a queue was paused")
	}
	queues, err := s.client.Queues(t.Context())
	if err != nil || len(queues) != 1 || queues[0].Paused {
		t.Errorf("got %+v (%v)", queues, err)
	}
}

func TestDrainingTellsThatAQueueIsPaused(t *testing.T) {
	s := openScene(t)
	s.queued("a", "b")
	s.shop.On("/b", inspectortest.Behaviour{Status: 503, Header: signature.Header{{Name: "Retry-After", Value: "3000"}}})
	s.act(PauseQueues, "a")
	s.post("/b", "{}")
	s.awaitRefusal()
	var f *Fault
	if _, err := s.client.Act(t.Context(), DrainQueues, []string{"a"}); !errors.As(err, &f) || f.Status != 409 || f.Do == "" {
		t.Errorf("got %v, expected 409 with advice", err)
	}
	s.act(DrainQueues) // all, but the one that is paused
	if n := len(s.shop.Await(2, patience)); n != 2 {
		t.Errorf("the shop got %d requests, expected b's twice", n)
	}
}
