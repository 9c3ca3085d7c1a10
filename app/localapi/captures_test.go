package localapi

import (
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

func TestAWholeCaptureComesThroughUnchanged(t *testing.T) {
	s := openScene(t)
	for _, body := range []string{`{"type":"a","é":"\u2028"}`, "\xff\xfe\x00binary", ""} {
		id := s.send(body, secret)
		want, err := s.engine.Store().Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.client.Show(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(settled(got), settled(want)) {
			t.Errorf("got\n%+v\nwant\n%+v", settled(got), settled(want))
		}
		raw, err := s.client.Raw(t.Context(), id)
		if err != nil || string(raw) != string(want.Message.Raw()) {
			t.Errorf("got %q (%v), expected %q", raw, err, want.Message.Raw())
		}
	}
}

// settled is c with times in UTC, as JSON has no zones by name, and with
// empty things as nil.
func settled(c inspector.Capture) inspector.Capture {
	c.Received = c.Received.UTC()
	if len(c.Message.Body) == 0 {
		c.Message.Body = nil
	}
	c.Deliveries = append([]inspector.Delivery{}, c.Deliveries...)
	for i := range c.Deliveries {
		d := &c.Deliveries[i]
		d.Sent, d.Answered = d.Sent.UTC(), d.Answered.UTC()
		d.Header = emptied(d.Header)
		if len(d.Body) == 0 {
			d.Body = nil
		}
	}
	return c
}

func TestTheListPagesThroughEverythingNewestFirst(t *testing.T) {
	s := openScene(t)
	var want []ulid.ULID
	for i := range 7 {
		want = append([]ulid.ULID{s.send(fmt.Sprintf(`{"type":"a","n":%d}`, i), secret)}, want...)
	}
	for _, limit := range []int{0, 3, 7, 100} {
		var got []ulid.ULID
		for row, err := range s.client.List(t.Context(), "", limit) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row.ID)
			if row.Type != "capture" || len(row.Deliveries) != 1 || row.Deliveries[0].Status != 200 {
				t.Errorf("got %+v, expected a capture with the delivery that the shop took", row)
			}
		}
		expected := want
		if limit > 0 {
			expected = want[:min(limit, len(want))]
		}
		if !reflect.DeepEqual(got, expected) {
			t.Errorf("limit %d: got %v, expected %v", limit, got, expected)
		}
	}
	status, body := s.call("GET", "/api/captures?limit=2&before="+want[1].String(), "", nil)
	page := s.object(status, body)
	if rows := page["captures"].([]any); len(rows) != 2 || rows[0].(map[string]any)["id"] != want[2].String() || page["next"] != want[3].String() {
		t.Errorf("got %s, expected the third and fourth capture", body)
	}
}

func TestCapturesAfterAnIDComeOldestFirst(t *testing.T) {
	s := openScene(t)
	first, second := s.send(`{"type":"a"}`, secret), s.send(`{"type":"b"}`, secret)
	for after, want := range map[ulid.ULID][]ulid.ULID{{}: {first, second}, first: {second}, second: nil} {
		found, err := s.client.After(t.Context(), after, 2)
		if err != nil || len(found) != len(want) || len(want) > 0 && found[0].ID != want[0] {
			t.Errorf("after %s: got %v (%v), expected %v", after, found, err, want)
		}
	}
}

func TestTheListSearches(t *testing.T) {
	s := openScene(t)
	good, bad := s.send(`{"type":"a"}`, secret), s.send(`{"type":"b"}`, "another")
	for query, want := range map[string]ulid.ULID{"outcome:verified": good, "is:held": bad} {
		for row, err := range s.client.List(t.Context(), query, 0) {
			if err != nil || row.ID != want {
				t.Errorf("%s: got %v (%v), expected %v", query, row.ID, err, want)
			}
		}
	}
	for _, err := range s.client.List(t.Context(), "size:huge", 0) {
		if err == nil || !strings.Contains(err.Error(), "huge") {
			t.Errorf("got %v, expected an error that names the word", err)
		}
	}
}

func TestAReplayReachesTheShopAgain(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, secret)
	d, err := s.client.Replay(t.Context(), id, ReplayOrder{})
	if err != nil || d.Status != 200 || d.Kind != inspector.Replayed || d.ID.IsZero() || len(d.Header) == 0 {
		t.Fatalf("got %+v (%v), expected a delivery with the shop's answer", d, err)
	}
	edit := "PUT /tweed/1/edited HTTP/1.1\r\nHost: shop.example\r\n\r\n{\"type\":\"edited\"}"
	d, err = s.client.Replay(t.Context(), id, ReplayOrder{Edit: []byte(edit), Resign: true, To: s.shop.URL().String() + "/other"})
	if err != nil || !d.Edited || !d.Resigned {
		t.Fatalf("got %+v (%v), expected an edited and signed delivery", d, err)
	}
	got := s.shop.Await(3, time.Minute)[2]
	if string(got.Body) != `{"type":"edited"}` || got.Method != "PUT" || got.Target != "/other" || got.Header.Get("X-Hub-Signature-256") == "" {
		t.Errorf("the shop got %+v, expected the edited request", got)
	}
}

func TestAShopThatIsDownIsADeliveryWithAnError(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, secret)
	s.shop.Close()
	d, err := s.client.Replay(t.Context(), id, ReplayOrder{})
	if err != nil || d.Status != 0 || d.Error == "" {
		t.Errorf("got %+v (%v), expected a delivery with an error", d, err)
	}
	status, body := s.call("POST", "/api/requests/http", `{"id":"`+id.String()+`"}`, nil)
	wantFault(t, "the agent's replay", status, body, 502)
}

func TestAHeldCaptureIsReleasedOnce(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, "another secret")
	if n := len(s.shop.Requests()); n != 0 {
		t.Fatalf("the shop got %d requests, expected none before the release", n)
	}
	if d, err := s.client.Release(t.Context(), id); err != nil || d.Status != 200 {
		t.Fatalf("got %+v (%v), expected a delivery", d, err)
	}
	var fault *Fault
	if _, err := s.client.Release(t.Context(), id); !errors.As(err, &fault) || fault.Status != 409 {
		t.Errorf("got %v, expected a conflict", err)
	}
}

func TestAMissingCaptureIsErrNotFound(t *testing.T) {
	s := openScene(t)
	none := ulid.Make()
	if _, err := s.client.Show(t.Context(), none); !errors.Is(err, inspector.ErrNotFound) {
		t.Errorf("Show: got %v, expected ErrNotFound", err)
	}
	if _, err := s.client.Replay(t.Context(), none, ReplayOrder{}); !errors.Is(err, inspector.ErrNotFound) {
		t.Errorf("Replay: got %v, expected ErrNotFound", err)
	}
}

func TestChangesAreWaitedFor(t *testing.T) {
	s := openScene(t)
	type result struct {
		changes Changes
		err     error
	}
	got := make(chan result, 1)
	go func() {
		changes, err := s.client.Changes(t.Context(), ulid.ULID{}, ulid.ULID{})
		got <- result{changes, err}
	}()
	id := s.send(`{"type":"a"}`, secret)
	first := <-got
	if first.err != nil || len(first.changes.Captures) != 1 || first.changes.Captures[0].ID != id {
		t.Fatalf("got %+v, expected the capture %s", first, id)
	}
	next, err := s.client.Changes(t.Context(), ulid.ULID{}, ulid.ULID{})
	if err != nil || len(next.Deliveries) != 1 || next.Deliveries[0].Capture != id || next.Deliveries[0].Delivery.ID.IsZero() {
		t.Errorf("got %+v (%v), expected the capture's delivery", next, err)
	}
}

func FuzzBytes(f *testing.F) {
	f.Add([]byte("text"))
	f.Add([]byte("\xff\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		text, encoding := newBytes(body)
		back, err := text.decode(encoding)
		if err != nil || string(back) != string(body) {
			t.Errorf("%q became %q (%v)", body, back, err)
		}
		if encoding == "base64" && string(text) != base64.StdEncoding.EncodeToString(body) {
			t.Errorf("%q is written as %q", body, text)
		}
	})
}
