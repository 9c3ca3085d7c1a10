//go:build bench && linux

package bench

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// arrivals is how many deliveries a second come while the window is measured.
	arrivals = 1000
	// arrivalSenders is how many connections share them.
	arrivalSenders = 32
)

// arrive sends parcels to address, so many a second, each at its time or as
// soon after it as a connection is free.
func arrive(address string, p *parcels, perSecond int, until time.Time) *answers {
	a := newAnswers()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: arrivalSenders}, Timeout: senderPatience}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	began := time.Now()
	var group sync.WaitGroup
	for range arrivalSenders {
		group.Go(func() {
			for {
				at := began.Add(time.Duration(next.Add(1)) * time.Second / time.Duration(perSecond))
				if at.After(until) {
					return
				}
				time.Sleep(time.Until(at))
				_ = sendOne(client, address, p, a) // a noted what came of it
			}
		})
	}
	group.Wait()
	return a
}
