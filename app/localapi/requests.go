package localapi

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// requestJSON is a capture as the ngrok agent shows a request.
type requestJSON struct {
	URI        string        `json:"uri"`
	ID         string        `json:"id"`
	TunnelName string        `json:"tunnel_name"`
	RemoteAddr string        `json:"remote_addr"`
	Start      time.Time     `json:"start"`
	Duration   int64         `json:"duration"` // nanoseconds
	Request    httpRequest   `json:"request"`
	Response   *httpResponse `json:"response,omitempty"`
}

type httpRequest struct {
	Method  string      `json:"method"`
	Proto   string      `json:"proto"`
	Headers http.Header `json:"headers"`
	URI     string      `json:"uri"`
	Raw     []byte      `json:"raw"`
}

type httpResponse struct {
	Status     string      `json:"status"`
	StatusCode int         `json:"status_code"`
	Proto      string      `json:"proto"`
	Headers    http.Header `json:"headers"`
	Raw        []byte      `json:"raw"`
}

// requestOf shows c in the agent's shape. The response is the shop's last
// answer, or what Shopbell itself told the sender when the shop was not asked.
func requestOf(c inspector.Capture) requestJSON {
	r := requestJSON{
		URI: "/api/requests/http/" + c.ID.String(), ID: c.ID.String(), TunnelName: tunnelName,
		RemoteAddr: c.From, Start: c.Received,
		Request: httpRequest{
			Method: c.Message.Method, Proto: protoOf(c.Message), Headers: canonical(c.Message.Header),
			URI: c.Message.Target, Raw: c.Message.Raw(),
		},
	}
	if c.Answer.Status != 0 {
		r.Response = responseOf(c.Answer.Status, nil, nil)
	}
	for i := len(c.Deliveries) - 1; i >= 0; i-- {
		if d := c.Deliveries[i]; d.Status != 0 {
			r.Response = responseOf(d.Status, d.Header, d.Body)
			r.Duration = (time.Duration(d.Millis) * time.Millisecond).Nanoseconds()
			break
		}
	}
	return r
}

// protoOf returns the version in the request line, when that was kept.
func protoOf(m signature.Message) string {
	line, _, _ := bytes.Cut(m.Head, []byte("\n"))
	if i := bytes.LastIndexByte(line, ' '); i >= 0 && bytes.HasPrefix(line[i+1:], []byte("HTTP/")) {
		return strings.TrimSpace(string(line[i+1:]))
	}
	return "HTTP/1.1"
}

func responseOf(code int, header signature.Header, body []byte) *httpResponse {
	status := strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
	var raw bytes.Buffer
	fmt.Fprintf(&raw, "HTTP/1.1 %s\r\n", status)
	for _, f := range header {
		fmt.Fprintf(&raw, "%s: %s\r\n", f.Name, f.Value)
	}
	raw.WriteString("\r\n")
	raw.Write(body)
	return &httpResponse{Status: status, StatusCode: code, Proto: "HTTP/1.1", Headers: canonical(header), Raw: raw.Bytes()}
}

// canonical returns h as a map with names in the usual spelling, as the agent
// shows them; the raw form has them as received.
func canonical(h signature.Header) http.Header {
	m := http.Header{}
	for _, f := range h {
		m.Add(f.Name, f.Value)
	}
	return m
}

func (a *api) listRequests(w http.ResponseWriter, r *http.Request) {
	limit, err := limitOf(r, 50)
	if err != nil {
		failWith(w, err)
		return
	}
	const head = `{"uri":"/api/requests/http","requests":[`
	l := &list{w: w}
	if name := r.URL.Query().Get("tunnel_name"); name == "" || name == tunnelName {
		err = a.each(r.Context(), inspector.Query{}, ulid.ULID{}, limit, func(s inspector.Summary) error {
			c, err := a.store.Get(r.Context(), s.ID)
			if err != nil {
				return err
			}
			return l.item(head, requestOf(c))
		})
	}
	l.end(head, "]}\n", err)
}

func (a *api) showRequest(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		failWith(w, err)
		return
	}
	c, err := a.store.Get(r.Context(), id)
	if err != nil {
		failWith(w, err)
		return
	}
	answer(w, http.StatusOK, requestOf(c))
}

// replayRequest sends a capture to the shop again. The agent answers with no
// content; so do we, unless the shop could not be reached.
func (a *api) replayRequest(w http.ResponseWriter, r *http.Request) {
	var order struct {
		ID         string `json:"id"`
		TunnelName string `json:"tunnel_name"` // there is only one
	}
	if err := readJSON(w, r, smallBody, &order); err != nil {
		failWith(w, err)
		return
	}
	id, err := parseID(order.ID)
	if err != nil {
		failWith(w, err)
		return
	}
	d, err := a.replay(r.Context(), id, inspector.ReplayOptions{})
	switch {
	case err != nil:
		failWith(w, err)
	case d.Status == 0:
		fail(w, http.StatusBadGateway, d.Error, "See whether the shop runs.")
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// clearRequests deletes every capture that is kept when it begins. It works
// from the newest down, so what arrives meanwhile stays.
func (a *api) clearRequests(w http.ResponseWriter, r *http.Request) {
	var before ulid.ULID
	for {
		page, err := a.store.Page(r.Context(), inspector.Query{}, before, pageSize)
		if err != nil {
			failWith(w, err)
			return
		}
		if len(page) == 0 {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		ids := make([]ulid.ULID, len(page))
		for i, s := range page {
			ids[i] = s.ID
		}
		if err := a.store.Delete(r.Context(), ids...); err != nil {
			failWith(w, err)
			return
		}
		before = ids[len(ids)-1]
	}
}
