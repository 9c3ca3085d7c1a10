//go:build bench && linux

package bench

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/inspector"
)

// moodyShop is a shop that hangs or fails when it is told to.
type moodyShop struct {
	address string
	hangs   atomic.Bool
	fails   atomic.Bool
	freed   chan struct{} // closed when those that hang may go
}

func startMoodyShop(t *testing.T) *moodyShop {
	t.Helper()
	s := &moodyShop{freed: make(chan struct{})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = l.Addr().String()
	server := &http.Server{Handler: s}
	go func() { _ = server.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })
	return s
}

// ServeHTTP hangs only on what comes to the endpoint that is for it.
func (s *moodyShop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return
	}
	if s.hangs.Load() && !strings.HasPrefix(r.URL.Path, senders[0].path) {
		select {
		case <-s.freed:
		case <-r.Context().Done():
		}
		return
	}
	if s.fails.Load() {
		http.Error(w, "the shop fails", http.StatusInternalServerError)
		return
	}
	_, _ = io.WriteString(w, "taken") // the sender may have gone
}

// Endpoints of a provider that signs nothing and wants an answer within eight
// seconds, by the catalogue.
const (
	relayPath = "/relay"
	queuePath = "/queue"
)

func unsignedEndpoints() (text string) {
	for path, answer := range map[string]string{relayPath: "shop", queuePath: "accept"} {
		text += fmt.Sprintf("[[endpoint]]\nname = %q\nprovider = \"truust\"\npath = %q\nanswer = %q\n", path[1:], path, answer)
	}
	return text
}

// postUnsigned posts to one of those endpoints from so many connections.
func postUnsigned(address, path string, connections int, atMost time.Duration, pause time.Duration) *answers {
	a := newAnswers()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}, Timeout: senderPatience}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	var group sync.WaitGroup
	began := time.Now()
	for range connections {
		group.Go(func() {
			for time.Since(began) < atMost {
				n := next.Add(1)
				sent := time.Now()
				response, err := client.Post(fmt.Sprintf("http://%s%s/%d", address, path, n), "application/json", strings.NewReader(fmt.Sprintf(`{"n":%d,"t":%d}`, n, sent.UnixNano())))
				says := ""
				if err == nil {
					says, err = readAway(response)
				}
				a.note(int(n), response, says, err, time.Since(sent))
				time.Sleep(pause)
			}
		})
	}
	group.Wait()
	return a
}

// hangTime is how long the shop hangs.
const hangTime = 2 * time.Minute

func hangingShop(t *testing.T, _ plan) (o outcome) {
	shop := startMoodyShop(t)
	at := program{shop: "http://" + shop.address, data: t.TempDir(), endpoints: unsignedEndpoints()}.start(t)
	p := newParcels(t, smallBody)
	shop.hangs.Store(true)
	var hung, queued, other *answers
	o.held = observed(at, func() {
		var group sync.WaitGroup
		group.Go(func() { hung = postUnsigned(at.address, relayPath, 64, hangTime, 0) })
		group.Go(func() { queued = postUnsigned(at.address, queuePath, 1, hangTime, 500*time.Millisecond) })
		group.Go(func() { other = flood(at.address, p, 4, hangTime/4, nil) })
		group.Wait()
	})
	o.got = fmt.Sprintf("answer = shop: %v, p50 %s s, at most %s s (the provider allows 8 s)\nanswer = accept: %v, p99 %s ms\nan endpoint whose shop works, beside it: %v, p50 %s ms, p99 %s ms",
		hung, short(hung.quantile(50)/1000), short(hung.quantile(100)/1000), queued, short(queued.quantile(99)), other, short(other.quantile(50)), short(other.quantile(99)))
	shop.hangs.Store(false)
	close(shop.freed)
	after := postUnsigned(at.address, relayPath, 4, 2*time.Second, 0)
	o.note("the shop is back: %v", after)
	o.note("the queue: %s", drained(t, at.data, time.Now()))
	at.endWell(t)
	h := holdingOf(t, at.data, p, other)
	expected := len(hung.took) + len(queued.took) + len(after.took) + len(other.took)
	o.kept = fmt.Sprintf("%v; %d were sent", h, expected)
	if h.all != expected {
		t.Errorf("%d deliveries were sent and %d kept", expected, h.all)
	}
	return o
}

// drainTime is longer than the queue waits between two attempts: five minutes
// at most.
const drainTime = 6 * time.Minute

// drained tells how long the queue took until nothing waited; once it is asked
// to drain, as a user does who knows that the shop is back.
func drained(t *testing.T, data string, began time.Time) string {
	t.Helper()
	client := dial(t, data)
	if _, err := client.Act(t.Context(), "drain", []string{queuePath[1:]}); err != nil {
		t.Error(err)
	}
	for time.Since(began) < drainTime {
		waiting := 0
		for row, err := range client.List(t.Context(), "endpoint:"+queuePath[1:]+" is:waiting", 0) {
			if err != nil {
				t.Fatal(err)
			}
			if row.State == inspector.Waiting {
				waiting++
			}
		}
		if waiting == 0 {
			return fmt.Sprintf("empty %v after \"queue drain\"", time.Since(began).Round(time.Millisecond))
		}
		time.Sleep(200 * time.Millisecond)
	}
	t.Error("the queue does not drain")
	return "it does not drain"
}
