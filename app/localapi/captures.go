package localapi

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// listCaptures answers with captures that match q, newest first: at most limit
// (50; 0 is all), older than before. "next" is the before of the next page, ""
// when there is none.
func (a *api) listCaptures(w http.ResponseWriter, r *http.Request) {
	q, before, limit, err := a.listOrder(r)
	if err != nil {
		failWith(w, err)
		return
	}
	const head = `{"captures":[`
	l, n, next := &list{w: w}, 0, ""
	err = a.each(r.Context(), q, before, limit, func(s inspector.Summary) error {
		if n++; n == limit {
			next = s.ID.String()
		}
		row := Row{Type: "capture", Summary: s, Deliveries: []inspector.Delivery{}}
		if s.State == inspector.Waiting {
			row.Next = a.queues.NextAttempt(s.Endpoint, s.ID)
		}
		if s.Attempts > 0 {
			c, err := a.store.Get(r.Context(), s.ID)
			if err != nil {
				return err
			}
			row.Deliveries = filled(c.Deliveries)
		}
		return l.item(head, row)
	})
	l.end(head, fmt.Sprintf("],\"next\":%q}\n", next), err)
}

// listAfter answers with captures newer than after, oldest first: at most limit
// (50), without deliveries. A command finds an id by its beginning with it.
func (a *api) listAfter(w http.ResponseWriter, r *http.Request) {
	limit, err := limitOf(r, 50)
	if err != nil {
		failWith(w, err)
		return
	}
	after, err := parseID(r.PathValue("id"))
	if err != nil {
		failWith(w, err)
		return
	}
	found, err := a.store.After(r.Context(), after, min(max(limit, 1), changesAtOnce))
	if err != nil {
		failWith(w, err)
		return
	}
	answer(w, http.StatusOK, Changes{Captures: filled(found), Deliveries: []ChangedDelivery{}})
}

func (a *api) listOrder(r *http.Request) (q inspector.Query, before ulid.ULID, limit int, err error) {
	if limit, err = limitOf(r, 50); err != nil {
		return q, before, limit, err
	}
	if text := r.URL.Query().Get("before"); text != "" {
		if before, err = parseID(text); err != nil {
			return q, before, limit, err
		}
	}
	if q, err = inspector.ParseQuery(r.URL.Query().Get("q"), a.now()); err != nil {
		err = &Fault{http.StatusBadRequest, "reading the query q: " + err.Error(), "Write words and field:value, as in the window's search."}
	}
	return q, before, limit, err
}

// capture returns the capture that r's path names.
func (a *api) capture(r *http.Request) (inspector.Capture, error) {
	id, err := idOf(r)
	if err != nil {
		return inspector.Capture{}, err
	}
	return a.store.Get(r.Context(), id)
}

func (a *api) showCapture(w http.ResponseWriter, r *http.Request) {
	c, err := a.capture(r)
	if err != nil {
		failWith(w, err)
		return
	}
	answer(w, http.StatusOK, NewCaptureJSON(c, Mask{}))
}

// rawCapture answers with the raw HTTP request, byte for byte.
func (a *api) rawCapture(w http.ResponseWriter, r *http.Request) {
	c, err := a.capture(r)
	if err != nil {
		failWith(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="`+c.ID.String()+`.http"`)
	w.Write(c.Message.Raw())
}

// ReplayOrder is the body of POST /api/captures/{id}/replay.
type ReplayOrder struct {
	// To is an absolute URL in place of the shop's.
	To string `json:"to,omitempty"`
	// Edit is a raw HTTP request in place of the captured one, in base64.
	Edit []byte `json:"edit,omitempty"`
	// Resign signs with the endpoint's first secret, as of now.
	Resign bool `json:"resign,omitempty"`
	// Fresh gives it a new delivery id, and signs it as Resign does.
	Fresh bool `json:"fresh_id,omitempty"`
	// Rehearsal marks the delivery as one of a rehearsal, which leaves the
	// capture's state alone.
	Rehearsal bool `json:"rehearsal,omitempty"`
	// PatienceMillis is how long the shop has to answer; 0 is the usual time.
	PatienceMillis int64 `json:"patience_ms,omitempty"`
}

// replayCapture sends a capture again and answers with the delivery, also when
// the shop gave no answer: the delivery then says why. Who asks for the capture
// after that sees the delivery.
func (a *api) replayCapture(w http.ResponseWriter, r *http.Request) {
	var order ReplayOrder
	if err := readJSON(w, r, editBody, &order); err != nil {
		failWith(w, err)
		return
	}
	c, err := a.capture(r)
	if err != nil {
		failWith(w, err)
		return
	}
	options, err := order.options(c.Message)
	if err != nil {
		failWith(w, err)
		return
	}
	d, err := a.replay(r.Context(), c.ID, options)
	if err != nil {
		failWith(w, err)
		return
	}
	answer(w, http.StatusOK, NewDeliveryJSON(d, Mask{}))
}

// longestPatience is an hour, in milliseconds.
const longestPatience = 3_600_000

// options checks an order to replay m.
func (o ReplayOrder) options(m signature.Message) (inspector.ReplayOptions, error) {
	options := inspector.ReplayOptions{
		To: o.To, Resign: o.Resign, Fresh: o.Fresh, Patience: time.Duration(min(max(o.PatienceMillis, 0), longestPatience)) * time.Millisecond,
	}
	if o.Rehearsal {
		options.Kind = inspector.Rehearsal
	}
	if o.To != "" {
		if err := settings.CheckURL("the field \"to\"", o.To); err != nil {
			return options, &Fault{http.StatusBadRequest, err.Error(), "Send a URL such as \"http://localhost:8080/webhooks\"."}
		}
	}
	if len(o.Edit) == 0 {
		return options, nil
	}
	edited, err := signature.ReadMessage(bytes.NewReader(o.Edit), "", signature.ReadLimit{})
	if err != nil {
		return options, &Fault{http.StatusBadRequest, "reading the edited request: " + err.Error(), "Send a raw HTTP request in base64, as GET /api/captures/{id}/raw gives it."}
	}
	edited.URL = publicURL(m, edited.Target, edited.URL)
	options.Message = &edited
	return options, nil
}

// publicURL is the address of an edited request: the public one of the capture
// with the new target, for providers that sign the URL.
func publicURL(m signature.Message, target, otherwise string) string {
	base, err := url.Parse(m.URL)
	if err != nil || base.Host == "" || !strings.HasPrefix(target, "/") {
		return otherwise
	}
	return base.Scheme + "://" + base.Host + target
}

// releaseCapture forwards a held capture and answers with the delivery.
func (a *api) releaseCapture(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		failWith(w, err)
		return
	}
	d, err := a.release(r.Context(), id)
	if err != nil {
		failWith(w, err)
		return
	}
	answer(w, http.StatusOK, NewDeliveryJSON(d, Mask{}))
}
