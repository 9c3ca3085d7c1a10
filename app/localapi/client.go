package localapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// ErrNotRunning is what Dial answers when no Shopbell runs on the data folder.
var ErrNotRunning = errors.New("no Shopbell runs on this data folder")

// Client asks the Shopbell that runs on a data folder. It is safe for
// concurrent use.
type Client struct {
	file apiFile
	http *http.Client
}

// dialTime is how long a running Shopbell may take to say that it is there.
const dialTime = 3 * time.Second

// maxAnswer bounds an answer that is read as a whole, in bytes: a capture with
// a large body and several large answers of the shop, in base64.
const maxAnswer = 512 << 20

// Dial finds the Shopbell that runs on dataDir and checks that it answers.
// Without one the error is ErrNotRunning; an api.json that was left behind by a
// crash counts as none.
func Dial(dataDir string) (*Client, error) {
	file, err := readFile(dataDir)
	if err != nil {
		return nil, err
	}
	c := &Client{file: file, http: &http.Client{
		// No proxy and no redirect: the token must not leave this machine.
		Transport:     &http.Transport{MaxIdleConnsPerHost: 4, ResponseHeaderTimeout: writeTime},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	ctx, cancel := context.WithTimeout(context.Background(), dialTime)
	defer cancel()
	status, err := c.Status(ctx)
	if err != nil || status.PID != file.PID {
		return nil, fmt.Errorf("%w: nothing of it answers at %s", ErrNotRunning, file.URL)
	}
	return c, nil
}

// URL returns the address of the local API.
func (c *Client) URL() string { return c.file.URL }

// Status returns what runs there.
func (c *Client) Status(ctx context.Context) (Status, error) {
	var s Status
	err := c.get(ctx, "/api/status", nil, &s)
	return s, err
}

// List yields captures that match query, newest first, at most limit; 0 is
// all. After an error it ends.
func (c *Client) List(ctx context.Context, query string, limit int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		before := ""
		for left := limit; limit == 0 || left > 0; {
			size := pageSize
			if limit > 0 {
				size = min(size, left)
			}
			var page struct {
				Captures []Row  `json:"captures"`
				Next     string `json:"next"`
			}
			ask := url.Values{"q": {query}, "limit": {strconv.Itoa(size)}, "before": {before}}
			if err := c.get(ctx, "/api/captures", ask, &page); err != nil {
				yield(Row{}, err)
				return
			}
			for _, row := range page.Captures {
				if !yield(row, nil) {
					return
				}
			}
			if before = page.Next; before == "" {
				return
			}
			left -= size
		}
	}
}

// After returns captures newer than id, oldest first, at most limit and at most
// 500. id need not be one that is kept, so it may be the beginning of one,
// filled up with zeros.
func (c *Client) After(ctx context.Context, id ulid.ULID, limit int) ([]inspector.Summary, error) {
	var found Changes
	err := c.get(ctx, "/api/captures/"+id.String()+"/after", url.Values{"limit": {strconv.Itoa(limit)}}, &found)
	return found.Captures, err
}

// Show returns a whole capture, or an error that is inspector.ErrNotFound.
func (c *Client) Show(ctx context.Context, id ulid.ULID) (inspector.Capture, error) {
	var j CaptureJSON
	if err := c.get(ctx, "/api/captures/"+id.String(), nil, &j); err != nil {
		return inspector.Capture{}, err
	}
	return j.Capture()
}

// Raw returns the raw HTTP request of a capture as it was received.
func (c *Client) Raw(ctx context.Context, id ulid.ULID) ([]byte, error) {
	var raw []byte
	err := c.do(ctx, http.MethodGet, "/api/captures/"+id.String()+"/raw", nil, func(body io.Reader) error {
		var err error
		raw, err = io.ReadAll(body)
		return err
	})
	return raw, err
}

// Replay sends a capture to the shop again. A shop that does not answer is a
// Delivery with an Error, not an error.
func (c *Client) Replay(ctx context.Context, id ulid.ULID, order ReplayOrder) (inspector.Delivery, error) {
	return c.deliver(ctx, "/api/captures/"+id.String()+"/replay", order)
}

// Release forwards a held capture.
func (c *Client) Release(ctx context.Context, id ulid.ULID) (inspector.Delivery, error) {
	return c.deliver(ctx, "/api/captures/"+id.String()+"/release", struct{}{})
}

// Queues returns the queues of accept endpoints.
func (c *Client) Queues(ctx context.Context) ([]inspector.Queue, error) {
	var list QueueList
	err := c.get(ctx, "/api/queues", nil, &list)
	return list.Queues, err
}

// Act does act, one of PauseQueues, ResumeQueues and DrainQueues, to the queues
// of endpoints, all when it names none, and returns those.
func (c *Client) Act(ctx context.Context, act string, endpoints []string) ([]inspector.Queue, error) {
	body, err := json.Marshal(QueueOrder{Endpoints: endpoints})
	if err != nil {
		return nil, err
	}
	var list QueueList
	err = c.do(ctx, http.MethodPost, "/api/queues/"+act, body, func(r io.Reader) error { return json.NewDecoder(r).Decode(&list) })
	return list.Queues, err
}

// Changes returns what was kept after capture and delivered after delivery. It
// waits until there is something, or about half a minute.
func (c *Client) Changes(ctx context.Context, capture, delivery ulid.ULID) (Changes, error) {
	var changes Changes
	err := c.get(ctx, "/api/changes", url.Values{"capture": {capture.String()}, "delivery": {delivery.String()}}, &changes)
	for i, d := range changes.Deliveries {
		changes.Deliveries[i].Delivery.ID = d.ID
	}
	return changes, err
}

func (c *Client) deliver(ctx context.Context, path string, order any) (inspector.Delivery, error) {
	body, err := json.Marshal(order)
	if err != nil {
		return inspector.Delivery{}, err
	}
	var j DeliveryJSON
	err = c.do(ctx, http.MethodPost, path, body, func(r io.Reader) error { return json.NewDecoder(r).Decode(&j) })
	if err != nil {
		return inspector.Delivery{}, err
	}
	return j.delivery()
}

func (c *Client) get(ctx context.Context, path string, query url.Values, into any) error {
	for name, values := range query {
		if values[0] == "" {
			query.Del(name)
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return c.do(ctx, http.MethodGet, path, nil, func(r io.Reader) error { return json.NewDecoder(r).Decode(into) })
}

// do sends a request and lets read have the body of an answer that is good.
// Any other answer is a *Fault.
func (c *Client) do(ctx context.Context, method, path string, body []byte, read func(io.Reader) error) error {
	r, err := http.NewRequestWithContext(ctx, method, c.file.URL+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.file.Token)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return fmt.Errorf("asking the running Shopbell: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return faultOf(resp)
	}
	if err := read(io.LimitReader(resp.Body, maxAnswer)); err != nil {
		return fmt.Errorf("reading the running Shopbell's answer: %w", err)
	}
	return nil
}

// faultOf reads an answer that is not good; one that is not ours still gives
// its status.
func faultOf(resp *http.Response) error {
	f := &Fault{}
	err := json.NewDecoder(io.LimitReader(resp.Body, smallBody)).Decode(f)
	if f.Status = resp.StatusCode; err != nil || f.Says == "" {
		f.Says = "the running Shopbell answered " + resp.Status
	}
	return f
}
