package inspector_test

import (
	"errors"
	"testing"

	"shopbell/inspector"
)

func TestSentOfIsWhatTheShopGot(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post(`{"a":1}`, "x-One: 1", "Connection: x-two", "X-Two: 2", "X-Forwarded-For: 203.0.113.7"))
	c := r.only()
	sent, err := inspector.SentOf(c, c.Deliveries[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := r.shop.Requests()[0]; string(sent.Head) != string(got.Head) || string(sent.Body) != `{"a":1}` {
		t.Errorf("told as sent is\n%q, the shop got\n%q", sent.Head, got.Head)
	}
}

func TestSentOfSaysWhatIsNotKept(t *testing.T) {
	const target = "http://localhost:8080/t"
	for _, d := range []inspector.Delivery{{Target: target, Edited: true}, {Target: target, Resigned: true}, {}, {Target: target + "?key=•••••"}} {
		if _, err := inspector.SentOf(inspector.Capture{}, d); !errors.Is(err, inspector.ErrNotKept) {
			t.Errorf("of %+v the error is %v", d, err)
		}
	}
}
