package inspector_test

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// waits checks that the capture waits for the shop with an error in plain words.
func waits(t *testing.T, r *rig, words string) inspector.Capture {
	t.Helper()
	c := r.only()
	if c.State != inspector.Waiting || len(c.Deliveries) != 1 {
		t.Fatalf("kept as %s with %d deliveries", c.State, len(c.Deliveries))
	}
	d := c.Deliveries[0]
	if d.Status != 0 || !strings.Contains(d.Error, words) || strings.HasSuffix(d.Error, ".") || d.Kind != inspector.First {
		t.Errorf("delivery %+v, expected an error with %q", d, words)
	}
	return c
}

func TestShopThatIsDownGives502AndTheCaptureWaits(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	addr := r.shop.Addr()
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	reply := r.raw(post("{}"))
	if reply.Status != 502 || !strings.HasSuffix(string(reply.Body), "the delivery was kept.\n") || strings.Contains(string(reply.Body), addr) {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	waits(t, r, "nothing listens at "+addr)
}

func TestNoShopGives502AndTheCaptureWaits(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, func(o *inspector.Options) { o.Shop = nil })
	if reply := r.raw(post("{}")); reply.Status != 502 {
		t.Errorf("answered %d", reply.Status)
	}
	waits(t, r, "no shop is set")
}

func TestShopThatHangsGives504(t *testing.T) {
	r := start(t, []inspector.Endpoint{{Name: "hang", Provider: "yshop", Path: "/t"}}, func(o *inspector.Options) {
		o.Limits.Shop = 200 * time.Millisecond
	})
	r.shop.On("/t", inspectortest.Behaviour{Hang: true})
	if reply := r.raw(post("{}")); reply.Status != 504 || !strings.HasSuffix(string(reply.Body), ".\n") {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	waits(t, r, "did not answer within the time limit")
}

func TestShopThatClosesWithoutAnAnswerGives502AndIsAskedOnce(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t/cut", inspectortest.Behaviour{Cut: inspectortest.CutBefore})
	r.raw(post("{}")) // leaves an idle connection that the next one uses
	reply := r.raw(strings.Replace(post("{}"), "/t", "/t/cut", 1))
	if reply.Status != 502 {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	got := r.shop.Requests()
	if len(got) != 2 || got[0].Connection != got[1].Connection {
		t.Errorf("the shop got %d requests, expected 2 on one connection", len(got))
	}
	if d := r.get(r.captures()[0].ID).Deliveries[0]; !strings.Contains(d.Error, "closed the connection without an answer") {
		t.Errorf("the delivery says %q", d.Error)
	}
}

func TestShopThatClosesIdleConnectionsGetsANewOneEachTime(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Status: 204, Leave: true})
	for range 50 {
		if reply := r.raw(post("{}")); reply.Status != 204 {
			t.Errorf("answered %d %q", reply.Status, reply.Body)
		}
	}
	r.shop.On("/t", inspectortest.Behaviour{}) // it is not trusted again at once
	r.raw(post("{}"))
	r.raw(post("{}"))
	connections := map[int]bool{}
	for _, q := range r.shop.Requests() {
		connections[q.Connection] = true
	}
	if n := len(r.shop.Requests()); n != 52 || len(connections) != n {
		t.Errorf("the shop got %d requests on %d connections, expected 52 on as many", n, len(connections))
	}
}

func TestShopThatClosesOnAReusedConnectionIsAskedOnNewOnesFromThenOn(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t/cut", inspectortest.Behaviour{Cut: inspectortest.CutBefore})
	for _, path := range []string{"/t", "/t/cut", "/t", "/t"} {
		r.raw(strings.Replace(post("{}"), "/t", path, 1))
	}
	got := r.shop.Requests()
	if len(got) != 4 || got[0].Connection != got[1].Connection || got[2].Connection == got[3].Connection {
		t.Errorf("the shop got %d requests: %+v", len(got), got)
	}
	c := r.get(r.captures()[2].ID)
	if d := c.Deliveries[0]; c.State != inspector.Waiting || !strings.Contains(d.Error, "whether the shop acted on this one is not known") {
		t.Errorf("kept as %s, delivery %+v", c.State, d)
	}
}

func TestShopThatClosesInsideItsAnswerGives502(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	for _, b := range []inspectortest.Behaviour{
		{Status: 200, Body: []byte("0123456789"), Cut: inspectortest.CutInside},
		{Raw: []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n01234\r\n"), Early: true},
	} {
		r.shop.On("/t", b)
		if reply := r.raw(post("{}")); reply.Status != 502 {
			t.Errorf("answered %d %q", reply.Status, reply.Body)
		}
		c := r.get(r.captures()[0].ID)
		d := c.Deliveries[0]
		if c.State != inspector.Waiting || d.Status != 0 || !strings.Contains(d.Error, "in the middle of its answer (status 200, 5 bytes") || string(d.Body) != "01234" {
			t.Errorf("kept as %s, delivery %+v", c.State, d)
		}
	}
}

func TestShopThatTalksNonsenseGives502(t *testing.T) {
	for _, raw := range []string{"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 099 Low\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"} {
		r := start(t, []inspector.Endpoint{plain()}, nil)
		r.shop.On("/t", inspectortest.Behaviour{Raw: []byte(raw)})
		if reply := r.raw(post("{}")); reply.Status != 502 {
			t.Errorf("%q: answered %d %q", raw, reply.Status, reply.Body)
		}
		waits(t, r, "is not HTTP")
	}
}

func TestRestartedShopGetsTheNextDelivery(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}"))
	addr := r.shop.Addr()
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	again := openShop(t, inspectortest.Options{Addr: addr})
	if reply := r.raw(post("{}")); reply.Status != 200 || len(again.Requests()) != 1 {
		t.Errorf("answered %d, %d at the new shop", reply.Status, len(again.Requests()))
	}
}

func TestShopThatAnswersBeforeItReadTheBodyIsHeard(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Early: true, Status: 413, Body: []byte("too big")})
	reply := r.raw(post(strings.Repeat("x", 8<<20)))
	if reply.Status != 413 || string(reply.Body) != "too big" {
		// The shop's system may reset the connection before the answer was read.
		if reply.Status != 502 {
			t.Errorf("answered %d %q", reply.Status, reply.Body)
		}
	}
}

func TestInterimAnswersAreSkipped(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Raw: []byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")})
	if reply := r.raw(post("{}")); reply.Status != 204 {
		t.Errorf("answered %d", reply.Status)
	}
}

func TestRedirectsGoBackToTheSender(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Status: 307, Header: signature.Header{{Name: "Location", Value: "/elsewhere"}}})
	reply := r.raw(post("{}"))
	if reply.Status != 307 || reply.Header.Get("Location") != "/elsewhere" || len(r.shop.Requests()) != 1 {
		t.Errorf("answered %d %v after %d requests", reply.Status, reply.Header, len(r.shop.Requests()))
	}
}

func TestLongAnswerIsCutInTheStoreButNotForTheSender(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, small)
	body := strings.Repeat("0123456789", 40<<10)
	for _, b := range []inspectortest.Behaviour{
		{Status: 200, Body: []byte(body)},
		{Raw: []byte("HTTP/1.0 200 OK\r\n\r\n" + body), Early: true}, // ends with the connection
	} {
		r.shop.On("/t", b)
		reply := r.raw(post("{}"))
		if reply.Status != 200 || string(reply.Body) != body {
			t.Errorf("answered %d with %d bytes", reply.Status, len(reply.Body))
		}
		// Such an answer is recorded when it is over.
		r.await("the record", func(page []inspector.Summary) bool { return page[0].State == inspector.Done })
		d := r.get(r.captures()[0].ID).Deliveries[0]
		if !d.Truncated || string(d.Body) != body[:1024] {
			t.Errorf("kept %d bytes, truncated %v", len(d.Body), d.Truncated)
		}
	}
}

func TestLongAnswerThatBreaksOffDoesNotLookWhole(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, small)
	r.shop.On("/t", inspectortest.Behaviour{Status: 200, Body: make([]byte, 1<<20), Cut: inspectortest.CutInside})
	conn := r.dial()
	if _, err := conn.Write([]byte(post("{}"))); err != nil {
		t.Fatal(err)
	}
	reply, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, reply.Body); err == nil {
		t.Errorf("the sender took %d bytes for the whole answer", n)
	}
	r.await("the record", func(page []inspector.Summary) bool { return page[0].Attempts == 1 })
	c := r.only()
	if d := c.Deliveries[0]; c.State != inspector.Waiting || d.Status != 0 || !strings.Contains(d.Error, "in the middle of its answer (status 200, 524288 bytes") {
		t.Errorf("kept as %s, delivery status %d, error %q", c.State, d.Status, d.Error)
	}
}

func TestSenderThatHangsUpDoesNotUndoItsDelivery(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Delay: 200 * time.Millisecond})
	conn := r.dial()
	if _, err := conn.Write([]byte(post("{}"))); err != nil {
		t.Fatal(err)
	}
	r.shop.Await(1, patience)
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	r.await("the shop's answer", func(page []inspector.Summary) bool { return page[0].State == inspector.Done && page[0].Status == 200 })
}
