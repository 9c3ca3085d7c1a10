package inspectortest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// Reply is what a sender was told.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send delivers m to the server at base, for example "http://127.0.0.1:8080",
// header names and values in the order and case of m. Host and Content-Length
// are set to what is true.
func Send(ctx context.Context, base string, m signature.Message) (Reply, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" {
		return Reply{}, fmt.Errorf("sending to %q: expected an address http://HOST:PORT", base)
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return Reply{}, fmt.Errorf("sending to %q: %w", base, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	h := m.Header.Without("Transfer-Encoding").With("Host", u.Host).With("Content-Length", strconv.Itoa(len(m.Body)))
	var head strings.Builder
	fmt.Fprintf(&head, "%s %s HTTP/1.1\r\n", m.Method, m.Target)
	for _, f := range h {
		fmt.Fprintf(&head, "%s: %s\r\n", f.Name, f.Value)
	}
	head.WriteString("\r\n")
	buffers := net.Buffers{[]byte(head.String()), m.Body}
	if _, err := buffers.WriteTo(conn); err != nil {
		return Reply{}, fmt.Errorf("sending to %q: %w", base, err)
	}
	return ReadReply(bufio.NewReader(conn), m.Method)
}

// ReadReply reads one answer to a request of the method off a connection.
func ReadReply(in *bufio.Reader, method string) (Reply, error) {
	r, err := http.ReadResponse(in, &http.Request{Method: method})
	if err != nil {
		return Reply{}, fmt.Errorf("reading the answer: %w", err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return Reply{Status: r.StatusCode, Header: r.Header, Body: body}, fmt.Errorf("reading the body of the answer: %w", err)
	}
	return Reply{Status: r.StatusCode, Header: r.Header, Body: body}, nil
}
