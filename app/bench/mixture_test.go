//go:build bench && linux

package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/localapi"
)

// mixture is the load of a soak: deliveries of all sizes and kinds, and a user
// who searches and replays.
type mixture struct {
	address  string
	client   *localapi.Client
	http     *http.Client
	sizes    []*parcels // small, middle, large
	sent     atomic.Int64
	answers  *answers
	searches atomic.Int64
	replays  atomic.Int64
	troubles sync.Map // what the local API said that it should not
}

// Senders of a mixture, and what each waits between two deliveries.
const (
	mixedSenders = 8
	mixedPause   = 10 * time.Millisecond
)

func newMixture(t *testing.T, address string, client *localapi.Client) *mixture {
	t.Helper()
	m := &mixture{address: address, client: client, answers: newAnswers(),
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: mixedSenders}, Timeout: senderPatience}}
	for i, size := range []int{smallBody, middleBody, 1 << 20} {
		p := newParcels(t, size)
		p.next.Store(int64(i) << 32) // no number comes twice
		m.sizes = append(m.sizes, p)
	}
	return m
}

// run sends until ctx ends; the shop fails two seconds of each twenty.
func (m *mixture) run(ctx context.Context, shop *moodyShop) {
	var group sync.WaitGroup
	for range mixedSenders {
		group.Go(func() {
			for ctx.Err() == nil {
				m.deliver(rand.IntN(100))
				time.Sleep(mixedPause)
			}
		})
	}
	group.Go(func() {
		for ctx.Err() == nil {
			m.look(ctx)
			time.Sleep(500 * time.Millisecond)
		}
	})
	for began := time.Now(); ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		shop.fails.Store(time.Since(began)%(20*time.Second) > 18*time.Second)
	}
	group.Wait()
	m.http.CloseIdleConnections()
}

// deliver sends one of a hundred kinds.
func (m *mixture) deliver(kind int) {
	m.sent.Add(1)
	began := time.Now()
	p := m.sizes[0]
	switch {
	case kind < 10: // the queue of an accept endpoint
		m.post(queuePath)
		return
	case kind < 15: // unsigned, to the shop
		m.post(relayPath)
		return
	case kind < 20:
		m.post("/nobody")
		return
	case kind < 28:
		p = m.sizes[1]
	case kind < 29:
		p = m.sizes[2]
	}
	one, err := p.take()
	var request *http.Request
	if err == nil {
		if kind > 91 { // spoiled
			one.body[len(one.body)/2] ^= 1
		}
		request, err = one.request(m.address)
	}
	m.do(one.number, request, err, began)
}

func (m *mixture) post(path string) {
	began := time.Now()
	n := m.sent.Load()
	request, err := http.NewRequest("POST", fmt.Sprintf("http://%s%s/%d", m.address, path, n), strings.NewReader(fmt.Sprintf(`{"n":%d,"at":%d}`, n, began.UnixNano())))
	m.do(0, request, err, began)
}

// do sends a request that could be made.
func (m *mixture) do(number int, r *http.Request, err error, began time.Time) {
	var response *http.Response
	says := ""
	if err == nil {
		response, err = m.http.Do(r)
	}
	if err == nil {
		says, err = readAway(response)
	}
	m.answers.note(number, response, says, err, time.Since(began))
}

// look searches for something and replays one of what is found.
func (m *mixture) look(ctx context.Context) {
	words := []string{"", orderName(rand.IntN(100_000)), "outcome:mismatch", "is:waiting", "walnut", "endpoint:queue"}
	word := words[rand.IntN(len(words))]
	var found []ulid.ULID
	for row, err := range m.client.List(ctx, word, 50) {
		if err != nil {
			m.trouble(ctx, "search", err)
			break
		}
		found = append(found, row.ID)
	}
	m.searches.Add(1)
	if len(found) == 0 {
		return
	}
	_, err := m.client.Replay(ctx, found[rand.IntN(len(found))], localapi.ReplayOrder{})
	m.trouble(ctx, "replay", err)
	m.replays.Add(1)
}

func (m *mixture) trouble(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		m.troubles.Store(what+": "+err.Error(), true)
	}
}

// String is what the senders and the user got.
func (m *mixture) String() string {
	text := fmt.Sprintf("%v; p50 %s ms, p99 %s ms; %d searches, %d replays", m.answers, short(m.answers.quantile(50)), short(m.answers.quantile(99)), m.searches.Load(), m.replays.Load())
	m.troubles.Range(func(says, _ any) bool {
		text += fmt.Sprintf("; the local API said %q", says)
		return true
	})
	return text
}
