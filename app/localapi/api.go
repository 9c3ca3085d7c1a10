package localapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/tunnel"
)

// api answers requests from the parts of an engine.
type api struct {
	store   inspector.Store
	replay  func(context.Context, ulid.ULID, inspector.ReplayOptions) (inspector.Delivery, error)
	release func(context.Context, ulid.ULID) (inspector.Delivery, error)
	backup  func(context.Context, io.Writer) error
	queues  *inspector.Inspector
	tunnel  func() tunnel.Status
	shopURL func() string
	status  func() Status
	raise   func() // nil without a window
	now     func() time.Time
	closing chan struct{} // closed when those who wait shall go home
}

func newAPI(e *engine.Engine) *api {
	return &api{
		store: e.Store(),
		replay: func(ctx context.Context, id ulid.ULID, o inspector.ReplayOptions) (inspector.Delivery, error) {
			d, err := e.Inspector().Replay(ctx, id, o)
			if err == nil {
				// It is shown once it is durable. That it was sent stays true
				// when the caller has gone.
				err = e.Store().Sync(context.WithoutCancel(ctx))
			}
			return d, err
		},
		release: e.Inspector().Release,
		backup:  e.Backup,
		queues:  e.Inspector(),
		tunnel:  e.Tunnel,
		shopURL: func() string { return e.Settings().Shop.URL },
		status:  func() Status { return statusOf(e) },
		now:     time.Now,
		closing: make(chan struct{}),
	}
}

// routes is the list of all addresses.
func (a *api) routes() http.Handler {
	mux := http.NewServeMux()
	// In the shape of the ngrok agent:
	mux.HandleFunc("GET /api/tunnels", a.listTunnels)
	mux.HandleFunc("GET /api/tunnels/{name}", a.showTunnel)
	mux.HandleFunc("GET /api/requests/http", a.listRequests)
	mux.HandleFunc("GET /api/requests/http/{id}", a.showRequest)
	mux.HandleFunc("POST /api/requests/http", a.replayRequest)
	mux.HandleFunc("DELETE /api/requests/http", a.clearRequests)
	// Our own:
	mux.HandleFunc("GET /api/captures", a.listCaptures)
	mux.HandleFunc("GET /api/captures/{id}", a.showCapture)
	mux.HandleFunc("GET /api/captures/{id}/raw", a.rawCapture)
	mux.HandleFunc("GET /api/captures/{id}/after", a.listAfter)
	mux.HandleFunc("POST /api/captures/{id}/replay", a.replayCapture)
	mux.HandleFunc("POST /api/captures/{id}/release", a.releaseCapture)
	mux.HandleFunc("GET /api/changes", a.changes)
	mux.HandleFunc("GET /api/store/backup", a.backUp)
	mux.HandleFunc("GET /api/queues", a.listQueues)
	mux.HandleFunc("POST /api/queues/{act}", a.actOnQueues)
	mux.HandleFunc("POST /api/window/raise", a.raiseWindow)
	mux.HandleFunc("GET /api/status", func(w http.ResponseWriter, r *http.Request) { answer(w, http.StatusOK, a.status()) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusNotFound, "the local API has no such address, or not for this method", "GET /api/status shows whether Shopbell runs.")
	})
	return mux
}

// pageSize is how many summaries are read from the store at a time.
const pageSize = 200

// each calls do with at most limit captures that match q, newest first, older
// than before; limit 0 means all.
func (a *api) each(ctx context.Context, q inspector.Query, before ulid.ULID, limit int, do func(inspector.Summary) error) error {
	for left := limit; limit == 0 || left > 0; {
		size := pageSize
		if limit > 0 {
			size = min(size, left)
		}
		page, err := a.store.Page(ctx, q, before, size)
		if err != nil {
			return err
		}
		for _, s := range page {
			if err := do(s); err != nil && !errors.Is(err, inspector.ErrNotFound) {
				return err // what was deleted meanwhile is left out
			}
			before = s.ID
		}
		left -= len(page)
		if len(page) < size {
			return nil
		}
	}
	return nil
}
