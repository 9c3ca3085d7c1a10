//go:build bench && linux

package bench

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// answers are what senders got. It is safe for concurrent use.
type answers struct {
	mu     sync.Mutex
	counts map[string]int // by status, or by what came instead
	good   map[int]bool   // numbers of the parcels that were answered 200
	hasty  int            // 503 without Retry-After
	took   []time.Duration
}

func newAnswers() *answers { return &answers{counts: map[string]int{}, good: map[int]bool{}} }

// note takes down what came of one delivery; says is the text of the answer.
func (a *answers) note(number int, response *http.Response, says string, err error, took time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.took = append(a.took, took)
	if err != nil {
		a.counts[trouble(err)]++
		return
	}
	what := fmt.Sprint(response.StatusCode)
	if response.StatusCode >= 400 {
		what += " " + strings.TrimSpace(says)
	}
	a.counts[what]++
	switch response.StatusCode {
	case http.StatusOK:
		a.good[number] = true
	case http.StatusServiceUnavailable:
		if response.Header.Get("Retry-After") == "" {
			a.hasty++
		}
	}
}

// trouble names what came instead of a status.
func trouble(err error) string {
	var late net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "cut off"
	case errors.As(err, &late) && late.Timeout():
		return "no answer in time"
	}
	return err.Error()
}

// count is how many got that status.
func (a *answers) count(status string) (n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for what, count := range a.counts {
		if strings.HasPrefix(what, status) {
			n += count
		}
	}
	return n
}

// String lists the counts and what is odd about them.
func (a *answers) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(a.counts)) {
		parts = append(parts, fmt.Sprintf("%s ×%d", what, a.counts[what]))
	}
	if a.hasty > 0 {
		parts = append(parts, fmt.Sprintf("%d of the 503 WITHOUT Retry-After", a.hasty))
	} else if strings.Contains(strings.Join(parts, ""), "503 ") {
		parts = append(parts, "Retry-After on each 503")
	}
	return strings.Join(parts, ", ")
}

// quantile is the time in milliseconds that so many of a hundred did not take.
func (a *answers) quantile(percent int) float64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.took) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(a.took))
	return millis(s[(len(s)-1)*percent/100])
}

// senderPatience is how long a sender waits for an answer.
const senderPatience = 30 * time.Second

// flood sends parcels from so many connections, each after the answer to the one
// before, until enough says so or the time is over.
func flood(address string, p *parcels, connections int, atMost time.Duration, enough func(*answers) bool) *answers {
	a := newAnswers()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}, Timeout: senderPatience}
	defer client.CloseIdleConnections()
	var group sync.WaitGroup
	for began, i := time.Now(), 0; i < connections; i++ {
		group.Go(func() {
			for time.Since(began) < atMost && (enough == nil || !enough(a)) {
				if sendOne(client, address, p, a) != nil {
					time.Sleep(20 * time.Millisecond)
				}
			}
		})
	}
	group.Wait()
	return a
}

// sendOne sends the next parcel and notes what came of it.
func sendOne(client *http.Client, address string, p *parcels, a *answers) error {
	one, err := p.take()
	if err != nil {
		return err
	}
	r, err := one.request(address)
	if err != nil {
		return err
	}
	began := time.Now()
	response, err := client.Do(r)
	says := ""
	if err == nil {
		says, err = readAway(response)
	}
	a.note(one.number, response, says, err, time.Since(began))
	return err
}

// readAway reads an answer to its end and returns the begin of it.
func readAway(response *http.Response) (says string, err error) {
	first, err := io.ReadAll(io.LimitReader(response.Body, 200))
	if err == nil {
		_, err = io.Copy(io.Discard, response.Body)
	}
	return string(first), errors.Join(err, response.Body.Close())
}
