package localapi

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"shopbell/inspector"
)

// What POST /api/queues/{act} does.
const (
	PauseQueues  = "pause"  // sends nothing more, also after a restart
	ResumeQueues = "resume" // ends that
	DrainQueues  = "drain"  // tries at once, whatever the queue would wait for
)

// QueueOrder is the body of POST /api/queues/{act}.
type QueueOrder struct {
	// Endpoints are the names of accept endpoints; none means all.
	Endpoints []string `json:"endpoints"`
}

// QueueList is what the addresses below /api/queues answer.
type QueueList struct {
	Queues []inspector.Queue `json:"queues"`
}

func (a *api) listQueues(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, QueueList{filled(a.queues.Queues())})
}

// actOnQueues pauses, resumes or drains, and answers with the queues that were
// named. When one of them does not exist nothing is done.
func (a *api) actOnQueues(w http.ResponseWriter, r *http.Request) {
	var order QueueOrder
	if err := readJSON(w, r, smallBody, &order); err != nil {
		failWith(w, err)
		return
	}
	act := r.PathValue("act")
	if !slices.Contains([]string{PauseQueues, ResumeQueues, DrainQueues}, act) {
		fail(w, http.StatusNotFound, "the local API can't do that with queues", "POST /api/queues/pause, resume or drain.")
		return
	}
	named, err := Named(a.queues.Queues(), order.Endpoints)
	if err != nil {
		failWith(w, err)
		return
	}
	for _, q := range named {
		// Of all queues those that are paused stay so; who names one wants to know.
		if act == DrainQueues && q.Paused && len(order.Endpoints) == 0 {
			continue
		}
		if err := a.act(r.Context(), act, q.Endpoint); err != nil {
			failWith(w, err)
			return
		}
	}
	named, err = Named(a.queues.Queues(), order.Endpoints)
	if err != nil {
		failWith(w, err)
		return
	}
	answer(w, http.StatusOK, QueueList{filled(named)})
}

func (a *api) act(ctx context.Context, act, endpoint string) error {
	if act == DrainQueues {
		return a.queues.DrainQueue(endpoint)
	}
	return a.queues.PauseQueue(ctx, endpoint, act == PauseQueues)
}

// Named returns the queues of endpoints, all when it names none; the error is
// inspector.ErrNoQueue when one of them is not there.
func Named(queues []inspector.Queue, endpoints []string) ([]inspector.Queue, error) {
	if len(endpoints) == 0 {
		return queues, nil
	}
	var named []inspector.Queue
	for _, name := range endpoints {
		at := slices.IndexFunc(queues, func(q inspector.Queue) bool { return q.Endpoint == name })
		if at < 0 {
			return nil, fmt.Errorf("looking for the queue of %.100q: %w", name, inspector.ErrNoQueue)
		}
		named = append(named, queues[at])
	}
	return named, nil
}
