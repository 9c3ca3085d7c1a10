package tunnel_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/tunnel/tunneltest"
)

func TestRemoteAddressIsTheSenders(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s %s", r.RemoteAddr, r.Header.Get("X-Forwarded-For"), r.Header.Get("X-Forwarded-Proto"))
	})
	c, err := net.Dial("tcp", strings.TrimPrefix(edge.PublicURL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(deadline))
	local := c.LocalAddr().String()
	host := strings.TrimPrefix(tun.Status().URL, "https://")
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n", host)
	answer, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	if want := local + " 203.0.113.9, 127.0.0.1 https"; !strings.HasSuffix(string(answer), want) {
		t.Errorf("got %q, want %q at its end", answer, want)
	}
}

func TestKeepAliveUsesOneConnection(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	seen := map[string]int{}
	serve(t, tun, hello)
	sender := edge.PublicClient()
	for range 10 {
		answer, err := sender.Post(tun.Status().URL+"/x", "text/plain", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		_, from, _ := strings.Cut(string(body), " from ")
		seen[from]++
	}
	if len(seen) != 1 {
		t.Errorf("ten requests came over %v, want one connection", seen)
	}
}

func TestEightMebibytesArriveAndReturnUnchanged(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(body)
	})
	body := make([]byte, 8<<20)
	_, _ = rand.Read(body)
	answer, err := edge.PublicClient().Post(tun.Status().URL, "application/octet-stream", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil || sha256.Sum256(got) != sha256.Sum256(body) {
		t.Errorf("got %d bytes (%v), want the same %d", len(got), err, len(body))
	}
}

func TestTwoHundredRequestsAtOnceAreAllAnswered(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	url, sender := tun.Status().URL, edge.PublicClient()
	var wg sync.WaitGroup
	failed := make(chan string, 200)
	for i := range 200 {
		wg.Go(func() {
			path := fmt.Sprintf("/hook/%d", i)
			answer, err := sender.Post(url+path, "text/plain", strings.NewReader("b"))
			if err != nil {
				failed <- err.Error()
				return
			}
			defer answer.Body.Close()
			body, _ := io.ReadAll(answer.Body)
			if !strings.HasPrefix(string(body), "POST "+path+" b ") {
				failed <- fmt.Sprintf("%d %q", answer.StatusCode, body)
			}
		})
	}
	wg.Wait()
	close(failed)
	for f := range failed {
		t.Error(f)
	}
}

func TestTwoTunnelsAtOneServiceKeepApart(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Accept("secondToken")
	for _, token := range []string{tunneltest.Token, "secondToken"} {
		o := edge.Options(token)
		o.Domain = strings.ToLower(token[:6]) + ".ngrok.test"
		tun := open(t, o)
		serve(t, tun, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "GET "+o.Domain) })
	}
	for _, url := range edge.Online() {
		if _, body := get(t, edge, url); "https://"+strings.TrimPrefix(body, "GET ") != url {
			t.Errorf("%s was answered by %q", url, body)
		}
	}
	if status, _ := get(t, edge, edge.PublicURL()); status != http.StatusNotFound {
		t.Errorf("with two online a request without a name got %d, want 404", status)
	}
}

func TestUpgradedConnectionCarriesBytesBothWays(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer c.Close()
		_, _ = rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
		_ = rw.Flush()
		_, _ = io.Copy(c, rw)
	})
	c, err := net.Dial("tcp", strings.TrimPrefix(edge.PublicURL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(deadline))
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
	in := bufio.NewReader(c)
	answer, err := http.ReadResponse(in, nil)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("got %v (%v), want 101", answer, err)
	}
	fmt.Fprint(c, "ring")
	got := make([]byte, 4)
	if _, err := io.ReadFull(in, got); err != nil || string(got) != "ring" {
		t.Fatalf("got %q (%v), want what was sent", got, err)
	}
}
