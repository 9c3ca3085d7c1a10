package localapi

import (
	"context"
	"net/http"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Changes are what was kept and delivered after two ids, oldest first: the
// answer of GET /api/changes, which "watch" asks for again and again.
type Changes struct {
	Captures   []inspector.Summary `json:"captures"`
	Deliveries []ChangedDelivery   `json:"deliveries"`
}

// ChangedDelivery is a delivery with the id to ask on from.
type ChangedDelivery struct {
	ID ulid.ULID `json:"id"`
	inspector.Delivery
}

// Limits of one answer to GET /api/changes.
const (
	changesAtOnce = 500              // captures, and as many deliveries
	changesWait   = 25 * time.Second // then the answer is empty; below any proxy's patience
)

// changes answers with captures newer than the parameter capture and
// deliveries newer than the parameter delivery, and waits until there are some.
// Each delivery comes with its capture or after it. A caller that knows neither
// id makes one from a time.
func (a *api) changes(w http.ResponseWriter, r *http.Request) {
	capture, err := parseID(r.URL.Query().Get("capture"))
	if err != nil {
		failWith(w, err)
		return
	}
	delivery, err := parseID(r.URL.Query().Get("delivery"))
	if err != nil {
		failWith(w, err)
		return
	}
	wake, end := a.store.Subscribe()
	defer end()
	enough, stop := context.WithTimeout(r.Context(), changesWait)
	defer stop()
	for {
		// After enough the last look still needs a context that lives.
		c, err := a.newer(r.Context(), capture, delivery)
		if err != nil {
			failWith(w, err)
			return
		}
		if len(c.Captures)+len(c.Deliveries) > 0 || enough.Err() != nil {
			answer(w, http.StatusOK, c)
			return
		}
		select {
		case <-wake:
		case <-enough.Done():
		case <-a.closing:
			stop()
		}
	}
}

// newer reads deliveries before captures, so that the capture of each is in
// the answer or was in an earlier one. Deliveries wait when captures fill the
// answer: theirs may be among those that do not fit.
func (a *api) newer(ctx context.Context, capture, delivery ulid.ULID) (Changes, error) {
	deliveries, err := a.store.DeliveriesAfter(ctx, delivery, changesAtOnce)
	if err != nil {
		return Changes{}, err
	}
	captures, err := a.store.After(ctx, capture, changesAtOnce)
	if err != nil {
		return Changes{}, err
	}
	c := Changes{Captures: filled(captures), Deliveries: []ChangedDelivery{}}
	if len(captures) == changesAtOnce {
		return c, nil
	}
	for _, d := range deliveries {
		c.Deliveries = append(c.Deliveries, ChangedDelivery{ID: d.ID, Delivery: d})
	}
	return c, nil
}
