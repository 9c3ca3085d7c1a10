package tunnel_test

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/tunnel/tunneltest"
)

func TestStatusStaysTrueThroughManyDropsUnderLoad(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, quick(edge.Options(tunneltest.Token)))
	var handled atomic.Int64
	serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		handled.Add(1)
		hello(w, r)
	})
	url := tun.Status().URL
	stop := make(chan struct{})
	var answered atomic.Int64
	var senders sync.WaitGroup
	for range 8 {
		senders.Go(func() {
			sender := edge.PublicClient()
			defer sender.CloseIdleConnections()
			for {
				select {
				case <-stop:
					return
				default:
				}
				answer, err := sender.Post(url, "text/plain", strings.NewReader("x"))
				if err != nil {
					continue
				}
				_ = answer.Body.Close()
				if answer.StatusCode == http.StatusOK {
					answered.Add(1)
				}
			}
		})
	}
	const drops = 60
	for i := range drops {
		time.Sleep(time.Duration(rand.Int64N(int64(10 * time.Millisecond))))
		edge.Drop()
		awaitOnline(t, tun, i+1)
	}
	close(stop)
	senders.Wait()
	if answered.Load() == 0 || answered.Load() > handled.Load() {
		t.Errorf("%d were answered, %d handled", answered.Load(), handled.Load())
	}
	if s := tun.Status(); s.Reconnects != drops || s.URL != url {
		t.Errorf("got %+v, want %d reconnects at the same address", s, drops)
	}
	wantAnswer(t, edge, url)
}
