package inspector

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// secureShop is a shop over TLS that says which connection a request came on.
func secureShop(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)                             // a short one would show in the answer
		_, _ = w.Write(append([]byte(r.RemoteAddr+" "), body...)) // to a courier of this test
	}))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func parcelFor(t *testing.T, shop string) parcel {
	t.Helper()
	u, err := url.Parse(shop)
	if err != nil {
		t.Fatal(err)
	}
	to := address{secure: u.Scheme == "https", host: u.Host, target: "/t"}
	m := signature.Message{Method: "POST", Header: signature.Header{{Name: "Content-Length", Value: "2"}}, Body: []byte("hi")}
	head, err := compose(m, to, "")
	if err != nil {
		t.Fatal(err)
	}
	return parcel{to: to, method: m.Method, head: head, body: m.Body, deadline: time.Now().Add(20 * time.Second)}
}

func TestShopOverTLSIsReachedOnOneConnection(t *testing.T) {
	shop := secureShop(t)
	c := newCourier(1 << 20)
	defer c.close()
	c.roots = x509.NewCertPool()
	c.roots.AddCert(shop.Certificate())
	var answers []string
	for range 3 {
		a, err := c.send(context.Background(), parcelFor(t, shop.URL))
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, string(a.body))
	}
	if !strings.HasSuffix(answers[0], " hi") || answers[1] != answers[0] || answers[2] != answers[0] {
		t.Errorf("the shop answered %q", answers)
	}
}

func TestShopWhoseCertificateIsNotTrustedGetsNothing(t *testing.T) {
	shop := secureShop(t)
	c := newCourier(1 << 20)
	defer c.close()
	_, err := c.send(context.Background(), parcelFor(t, shop.URL))
	f := explain(err, false)
	if f.status != http.StatusBadGateway || !strings.Contains(f.says, "certificate") {
		t.Errorf("it failed with %+v", f)
	}
}

func TestIdleConnectionsAreBoundedAndSwept(t *testing.T) {
	c := newCourier(1 << 20)
	shop := httptest.NewServer(http.NotFoundHandler())
	defer shop.Close()
	p := parcelFor(t, shop.URL)
	for range idleLinks + 10 {
		l, err := c.dial(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		c.put(p.to, l)
	}
	links := c.idle[p.to.door()]
	if len(links) != idleLinks {
		t.Fatalf("%d connections are idle, expected %d", len(links), idleLinks)
	}
	for _, l := range links[:idleLinks-1] {
		l.idleSince = time.Now().Add(-2 * idleFor)
	}
	c.sweep()
	if n := len(c.idle[p.to.door()]); n != 1 {
		t.Errorf("%d connections are left, expected the one in use lately", n)
	}
	c.close()
	if c.sweep(); c.sweeping {
		t.Error("an empty courier still sweeps")
	}
}

func TestDeliveryOverTLSKeepsItsHead(t *testing.T) {
	certificate := secureShop(t).TLS.Certificates
	handled := make(chan string, 1)
	s := &http.Server{
		ConnContext: withTape,
		Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			i := &Inspector{limits: Limits{}.withDefaults(), public: func() string { return "" }}
			m, _ := i.read(httptest.NewRecorder(), r)
			handled <- m.URL + "\n" + string(m.Head)
		}),
	}
	inner := httptest.NewUnstartedServer(nil).Listener
	l := &recorder{Listener: tls.NewListener(inner, &tls.Config{Certificates: certificate}), limit: 1 << 16, idle: time.Minute}
	go func() { _ = s.Serve(l) }() // ends with Close
	defer s.Close()
	conn, err := tls.Dial("tcp", inner.Addr().String(), &tls.Config{InsecureSkipVerify: true}) // the head is what this is about
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	head := "GET /t HTTP/1.1\r\nhOST: in.example\r\n\r\n"
	if _, err := conn.Write([]byte(head)); err != nil {
		t.Fatal(err)
	}
	if got := <-handled; got != "https://in.example/t\n"+head {
		t.Errorf("it was read as %q", got)
	}
}
