package interop

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// address is where every delivery goes; some schemes sign it.
const address = "https://shop.example/hooks/interop"

// delivery is a message on its way to a library.
type delivery struct {
	signature.Message
	// secret is what the library is given: a shared secret or a public key.
	secret string
}

// request is the delivery as a server hands it to a handler.
func (d delivery) request() *http.Request {
	u, err := url.Parse(d.URL)
	if err != nil {
		u = &url.URL{Path: d.Target}
	}
	r := &http.Request{Method: d.Method, URL: u, RequestURI: d.Target, Host: u.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: d.header(), Body: io.NopCloser(bytes.NewReader(d.Body)), ContentLength: int64(len(d.Body))}
	return r
}

func (d delivery) header() http.Header {
	h := http.Header{}
	for _, f := range d.Header {
		h.Add(f.Name, f.Value)
	}
	return h
}

func (d delivery) get(name string) string { return d.Header.Get(name) }

func catalog(t *testing.T) providers.Catalog {
	t.Helper()
	c, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func provider(t *testing.T, id string) providers.Provider {
	t.Helper()
	p, ok := catalog(t).Get(id)
	if !ok {
		t.Fatalf("the catalogue has no %q", id)
	}
	return p
}

// message is the provider's own example, or one with another body.
func message(t *testing.T, p providers.Provider, body string, fields []signature.Field) signature.Message {
	t.Helper()
	if len(p.Examples) == 0 {
		t.Fatalf("%s has no example", p.ID)
	}
	m := p.Examples[0].Message
	m.Method, m.URL, m.Target = http.MethodPost, address, "/hooks/interop"
	m.Head = nil
	m.Header = m.Header.With("Host", "shop.example")
	if body != "" {
		m.Body = []byte(body)
	}
	for _, f := range fields {
		m.Header = m.Header.With(f.Name, f.Value)
	}
	return m
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
