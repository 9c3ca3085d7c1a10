package inspector_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestSeriesIsReplayedInTheGivenOrder(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	for _, body := range []string{"a", "b", "c"} {
		r.raw(post(body))
	}
	sums := r.captures() // newest first
	ids := []ulid.ULID{sums[0].ID, sums[2].ID, {1}, sums[1].ID}
	var status []int
	err := inspector.InTurn(t.Context(), len(ids), time.Millisecond, func(n int) error {
		d, err := r.inspector.Replay(t.Context(), ids[n], inspector.ReplayOptions{})
		if n == 2 && errors.Is(err, inspector.ErrNotFound) {
			err = nil
		}
		status = append(status, d.Status)
		return err
	})
	if err != nil || !slices.Equal(status, []int{200, 200, 0, 200}) {
		t.Fatalf("%v, answers %v", err, status)
	}
	var got []string
	for _, q := range r.shop.Requests()[3:] {
		got = append(got, string(q.Body))
	}
	if !slices.Equal(got, []string{"c", "a", "b"}) {
		t.Errorf("the shop got %q, expected c, a, b", got)
	}
}

func TestSeriesEndsWhenItIsCancelled(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("a"))
	id := r.only().ID
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err := inspector.InTurn(ctx, 3, time.Hour, func(int) error {
		defer cancel()
		n++
		_, err := r.inspector.Replay(ctx, id, inspector.ReplayOptions{})
		return err
	})
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("%d were sent, then %v", n, err)
	}
}

func TestReplayUnderAFreshDeliveryIDIsSignedAgain(t *testing.T) {
	e := example(t, "tweed", "failed")
	r := start(t, []inspector.Endpoint{endpointFor("tweed", "tweed", e)}, nil)
	r.send(e.Message)
	c := r.only()
	d, err := r.inspector.Replay(t.Context(), c.ID, inspector.ReplayOptions{Fresh: true})
	if err != nil || !d.Edited || !d.Resigned {
		t.Fatalf("delivery %+v, %v", d, err)
	}
	got := r.shop.Requests()[1]
	if id := got.Header.Get("X-Tweed-Delivery"); id == e.Message.Header.Get("X-Tweed-Delivery") || len(id) != 36 {
		t.Errorf("sent under the id %q", id)
	}
	sent, err := signature.ReadMessage(bytes.NewReader(append(got.Head, got.Body...)), e.Message.URL, signature.ReadLimit{})
	if err != nil {
		t.Fatal(err)
	}
	if v := r.inspector.Judge("tweed", sent); v.Outcome != signature.Verified {
		t.Errorf("what was sent is %s", v.Outcome)
	}
	if _, err := r.inspector.Replay(t.Context(), c.ID, inspector.ReplayOptions{Fresh: true, Kind: inspector.Rehearsal}); err != nil {
		t.Error(err)
	}
}

func TestWhereThereIsNoDeliveryIDNoneIsRenewed(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}"))
	if _, err := r.inspector.Replay(t.Context(), r.only().ID, inspector.ReplayOptions{Fresh: true}); !errors.Is(err, inspector.ErrNoFreshID) {
		t.Errorf("error %v, expected ErrNoFreshID", err)
	}
}

func TestPreviewTellsTheVerdictBeforeAnythingIsSent(t *testing.T) {
	e := example(t, "tweed", "failed")
	r := start(t, []inspector.Endpoint{endpointFor("tweed", "tweed", e)}, nil)
	r.send(e.Message)
	c := r.only()
	edited := inspector.Retarget(c.Message, c.Message.Target)
	edited.Body = []byte(`{"type":"X"}`)
	for _, want := range []struct {
		o       inspector.ReplayOptions
		outcome signature.Outcome
	}{
		{inspector.ReplayOptions{}, signature.Verified},
		{inspector.ReplayOptions{Message: &edited}, signature.Mismatch},
		{inspector.ReplayOptions{Message: &edited, Resign: true}, signature.Verified},
		{inspector.ReplayOptions{Fresh: true}, signature.Verified},
	} {
		if _, v, err := r.inspector.Preview(c, want.o); err != nil || v.Outcome != want.outcome {
			t.Errorf("%+v: %s, %v, expected %s", want.o, v.Outcome, err, want.outcome)
		}
	}
	if n := len(r.shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests", n)
	}
	moved := inspector.Retarget(c.Message, "/other?x=1")
	if moved.URL != "https://quiet-fox-1042.ngrok.app/other?x=1" || moved.Head != nil {
		t.Errorf("moved to %q", moved.URL)
	}
}

func TestAnswersAreCompared(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}"))
	id := r.only().ID
	again := func() inspector.Delivery {
		d, err := r.inspector.Replay(t.Context(), id, inspector.ReplayOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	c := r.only()
	first, ok := c.FirstAnswer()
	if d := inspector.AnswersDiffer(first, again()); !ok || !d.None() {
		t.Errorf("the same answer differs: %+v", d)
	}
	r.shop.On("/t", inspectortest.Behaviour{Status: 409, Body: []byte("twice"), Header: signature.Header{{Name: "X-Seen", Value: "1"}}})
	if d := inspector.AnswersDiffer(first, again()); !d.Status || !d.Body || !slices.Equal(d.Headers, []string{"X-Seen", "Content-Type"}) {
		t.Errorf("another answer differs in %+v", d)
	}
}

func TestAnEditThatIsNoHTTPIsSaidToBeOne(t *testing.T) {
	good := signature.Message{Method: "POST", Target: "/t?x=1", Header: signature.Header{{Name: "X-A", Value: "1"}}}
	if err := inspector.CheckEdit(good); err != nil {
		t.Error(err)
	}
	for says, change := range map[string]func(m *signature.Message){
		"begins with \"/\"":      func(m *signature.Message) { m.Target = "t" },
		"header name is \"X A\"": func(m *signature.Message) { m.Header = signature.Header{{Name: "X A"}} },
		"header name is \"\"":    func(m *signature.Message) { m.Header = signature.Header{{}} },
		"method \"PO ST\"":       func(m *signature.Message) { m.Method = "PO ST" },
		"holds a character":      func(m *signature.Message) { m.Header = signature.Header{{Name: "X", Value: "a\r\nY: b"}} },
		"space or a control":     func(m *signature.Message) { m.Target = "/a b" },
	} {
		m := good
		change(&m)
		if err := inspector.CheckEdit(m); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, expected %q", m, err, says)
		}
	}
}
