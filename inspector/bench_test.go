package inspector_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// BenchmarkHotPath sends the same deliveries through the inspector, with its
// store on disk, and through a tuned httputil.ReverseProxy that stores nothing,
// in turn within one run, and prints the ratio of their rates: "of-proxy" 0.45
// is a rate of 45 % of the proxy's. Only the ratio means something from one
// machine to another.
func BenchmarkHotPath(b *testing.B) {
	for _, c := range []struct {
		name    string
		senders int
		body    int
	}{{"1.5KB/c1", 1, 1500}, {"1.5KB/c16", 16, 1500}, {"1.5KB/c64", 64, 1500}, {"64KB/c16", 16, 64 << 10}} {
		b.Run(c.name, func(b *testing.B) { compareWithProxy(b, c.senders, c.body) })
	}
}

func compareWithProxy(b *testing.B, senders, size int) {
	shop := listen(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("ok\n")) // to a sender of this benchmark
	}))
	proxy := httputil.NewSingleHostReverseProxy(mustURL(b, "http://"+shop))
	proxy.Transport = &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}
	proxied := listen(b, proxy)
	inspected := benchInspector(b, shop)
	body := `{"escrow":{"id":"1"},"pad":"` + strings.Repeat("x", size-30) + `"}`
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	flood(b, client, proxied, body, senders, senders) // both warm
	flood(b, client, inspected, body, senders, senders)
	var mine, theirs time.Duration
	const rounds = 4 // in turn, so that a busy neighbour meets both
	b.ResetTimer()
	for range rounds {
		theirs += flood(b, client, proxied, body, senders, b.N/rounds+1)
		mine += flood(b, client, inspected, body, senders, b.N/rounds+1)
	}
	b.StopTimer()
	sent := float64(rounds * (b.N/rounds + 1))
	b.ReportMetric(theirs.Seconds()/mine.Seconds(), "of-proxy")
	b.ReportMetric(sent/mine.Seconds(), "kept/s")
	b.ReportMetric(0, "ns/op") // of both together, which says nothing
}

// benchInspector serves an inspector with one unsigned endpoint.
func benchInspector(b *testing.B, shop string) string {
	store, err := badgerstore.Open(badgerstore.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	i, err := inspector.New(inspector.Options{
		Store: store, Catalog: catalog(b), Shop: mustURL(b, "http://"+shop), Endpoints: []inspector.Endpoint{plain()},
	})
	if err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = i.Serve(l) }() // ends with Close
	b.Cleanup(func() { _, _ = i.Close(), store.Close() })
	return l.Addr().String()
}

// listen serves h for the time of the benchmark.
func listen(b *testing.B, h http.Handler) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &http.Server{Handler: h}
	go func() { _ = s.Serve(l) }() // ends with Close
	b.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

// flood sends n deliveries from so many senders and returns how long it took.
func flood(b *testing.B, client *http.Client, addr, body string, senders, n int) time.Duration {
	jobs := make(chan struct{}, n)
	for range n {
		jobs <- struct{}{}
	}
	close(jobs)
	began := time.Now()
	var group sync.WaitGroup
	for range senders {
		group.Go(func() {
			for range jobs {
				r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+addr+"/t", strings.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				answer, err := client.Do(r)
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, answer.Body) // an unread answer costs its connection
				_ = answer.Body.Close()
				if answer.StatusCode != http.StatusOK {
					b.Errorf("answered %d", answer.StatusCode)
				}
			}
		})
	}
	group.Wait()
	return time.Since(began)
}
