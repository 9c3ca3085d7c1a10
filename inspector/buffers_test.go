package inspector_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// bodyFull is a body of size bytes that no other number has.
func bodyFull(number, size int) []byte {
	line := fmt.Appendf(nil, "delivery %d;", number)
	return bytes.Repeat(line, size/len(line)+1)[:size]
}

func TestBodiesStayApartWhileTheirBuffersAreUsedAgain(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain(), {Name: "early", Path: "/early"}}, nil)
	// Its answer goes on while the body is still being written, which ends with
	// the sender.
	r.shop.On("/early", inspectortest.Behaviour{Early: true, Status: 200, Body: make([]byte, 2<<20)})
	sizes := []int{1500, 9 << 10, 40 << 10, 64 << 10, 200 << 10, 1 << 20, 1<<20 + 1}
	var senders sync.WaitGroup
	for sender := range 8 {
		senders.Go(func() {
			for round := range 2 * len(sizes) {
				number := 100*sender + round
				path := "/t"
				if number%5 == 0 {
					path = "/early"
				}
				body := bodyFull(number, sizes[(sender+round)%len(sizes)])
				_, _ = inspectortest.Send(t.Context(), "http://"+r.addr, signature.Message{Method: "POST", Target: path, Body: body})
			}
		})
	}
	senders.Wait()
	page := r.captures()
	if len(page) != 8*2*len(sizes) {
		t.Fatalf("%d captures, expected %d", len(page), 8*2*len(sizes))
	}
	for _, s := range page {
		whole(t, r.get(s.ID).Message.Body)
	}
	for _, q := range r.shop.Requests() {
		if q.Target == "/t" {
			whole(t, q.Body)
		}
	}
}

// whole fails when a body has bytes of another.
func whole(t *testing.T, body []byte) {
	t.Helper()
	number := 0
	if _, err := fmt.Sscanf(string(body[:20]), "delivery %d;", &number); err != nil || !bytes.Equal(body, bodyFull(number, len(body))) {
		t.Errorf("a body of %d bytes that begins with %q is not as it was sent", len(body), body[:20])
	}
}
