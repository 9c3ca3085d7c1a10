package inspector_test

import (
	"bufio"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestShopGetsHeadersInReceivedOrderAndCase(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw("POST /t?b=2&a=1;c HTTP/1.1\r\n" +
		"x-zeta: 1\r\nHOST: in.example\r\nX-Hub-Signature-256: sha256=ab\r\ncontent-type: text/x; q=\"a b\"\r\n" +
		"ACCEPT:  */*\r\ncontent-LENGTH: 2\r\nX-Alpha: 2\r\n\r\nhi")
	want := "POST /t?b=2&a=1;c HTTP/1.1\r\n" +
		"x-zeta: 1\r\nHOST: " + r.shop.Addr() + "\r\nX-Hub-Signature-256: sha256=ab\r\ncontent-type: text/x; q=\"a b\"\r\n" +
		"ACCEPT: */*\r\ncontent-LENGTH: 2\r\nX-Alpha: 2\r\n" +
		"X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: quiet-fox-1042.ngrok.app\r\nX-Forwarded-Proto: https\r\n\r\n"
	if got := string(r.shop.Requests()[0].Head); got != want {
		t.Errorf("the shop got\n%q, expected\n%q", got, want)
	}
}

func TestHeadersOfTheConnectionStayBehind(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}", "Connection: keep-alive, x-private", "Keep-Alive: 5", "X-Private: 1", "Proxy-Connection: x",
		"Proxy-Authorization: x", "TE: trailers", "Trailer: X-T", "Upgrade: websocket", "X-Public: 1"))
	head := string(r.shop.Requests()[0].Head)
	for _, name := range []string{"Connection", "Keep-Alive", "X-Private", "Proxy-", "TE:", "Trailer", "Upgrade"} {
		if strings.Contains(head, name) {
			t.Errorf("the shop got %q in %q", name, head)
		}
	}
	if !strings.Contains(head, "X-Public: 1\r\n") {
		t.Errorf("the shop got %q", head)
	}
	if c := r.only(); !c.Message.Header.Has("X-Private") || !c.Message.Header.Has("Upgrade") {
		t.Errorf("kept %q", c.Message.Header)
	}
}

func TestNoConnectionHeaderHidesTheSender(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Host: edge.example", "Connection: X-Forwarded-For, x-forwarded-host", "connection: X-FORWARDED-PROTO, x-private", "X-Private: 1"))
	head := string(r.shop.Requests()[0].Head)
	for _, line := range []string{"X-Forwarded-For: 203.0.113.7, 127.0.0.1", "X-Forwarded-Host: edge.example", "X-Forwarded-Proto: https"} {
		if !strings.Contains(head, "\r\n"+line+"\r\n") {
			t.Errorf("the shop did not get %q in %q", line, head)
		}
	}
	if strings.Contains(head, "X-Private") {
		t.Errorf("the shop got %q", head)
	}
}

func TestForwardedHeadersOfTheEdgeAreContinued(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}", "x-forwarded-for: 203.0.113.7", "x-forwarded-host: shop.example", "x-forwarded-proto: http"))
	head := string(r.shop.Requests()[0].Head)
	if !strings.Contains(head, "\r\nx-forwarded-for: 203.0.113.7, 127.0.0.1\r\nx-forwarded-host: shop.example\r\nx-forwarded-proto: http\r\n") ||
		strings.Count(strings.ToLower(head), "x-forwarded") != 3 {
		t.Errorf("the shop got %q", head)
	}
}

func TestMessageHasThePublicURL(t *testing.T) {
	for _, c := range []struct{ public, fields, want string }{
		{"https://fox.example", "", "https://fox.example/t?x=%zz"},
		{"https://fox.example/", "X-Forwarded-Host: other.example", "https://fox.example/t?x=%zz"},
		{"", "X-Forwarded-Proto: https, http", "http://in.example/t?x=%zz"},
		{"", "X-Forwarded-Proto: https\r\nX-Forwarded-Host: edge.example", "https://edge.example/t?x=%zz"},
		{"", "X-Forwarded-Proto: gopher", "http://in.example/t?x=%zz"},
	} {
		r := start(t, []inspector.Endpoint{plain()}, func(o *inspector.Options) { o.PublicURL = func() string { return c.public } })
		request := post("{}", c.fields)
		if c.fields == "" {
			request = post("{}")
		}
		r.raw(strings.Replace(request, "/t", "/t?x=%zz", 1))
		if got := r.only(); got.Message.URL != c.want || got.Message.Target != "/t?x=%zz" || got.Path != "/t?x=%zz" {
			t.Errorf("public %q, fields %q: URL %q, target %q", c.public, c.fields, got.Message.URL, got.Message.Target)
		}
	}
}

func TestPipelinedRequestsKeepTheirOwnHeads(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	heads := []string{
		"POST /t HTTP/1.1\r\nhost: h\r\nX-N: 0\r\nContent-Length: 32\r\n\r\n",
		"POST /t HTTP/1.1\r\nHost: h\r\nX-n: 1\r\ntransfer-encoding: chunked\r\n\r\n",
		"GET /t HTTP/1.1\r\nhOst: h\r\nx-N: 2\r\n\r\n",
		"POST /unknown HTTP/1.1\r\nHoSt: h\r\nX-N: 3\r\nContent-Length: 0\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost:h\r\nX-N:4\r\n\r\n",
		"POST /t HTTP/1.1\nHost:   h  \nX-Fold: a\n  b\n\n",
	}
	bodies := []string{"POST /fake HTTP/1.1\r\nHost: x\r\n\r\n", "4;x=y\r\n\r\n\r\n\r\n0\r\nT: 1\r\n\r\n", "", "", "", ""}
	var all strings.Builder
	for k := range heads {
		all.WriteString(heads[k] + bodies[k])
	}
	conn := r.dial()
	if _, err := conn.Write([]byte(all.String())); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	for range heads {
		readReply(t, in)
	}
	page := r.captures()
	if len(page) != len(heads) {
		t.Fatalf("%d are kept, expected %d", len(page), len(heads))
	}
	for k, want := range heads {
		c := r.get(page[len(page)-1-k].ID)
		if string(c.Message.Head) != want {
			t.Errorf("head %d was kept as %q, expected %q", k, c.Message.Head, want)
		}
	}
	if c := r.get(page[0].ID); c.Message.Header.Get("x-fold") != "a b" {
		t.Errorf("the folded field was kept as %q", c.Message.Header)
	}
}

func TestSenderGetsTheShopsAnswerAsItIs(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Raw: []byte("HTTP/1.1 418 Short\r\nx-lower: 1\r\nX-Dup: b\r\nX-Dup: a\r\n" +
		"Content-Encoding: br\r\nConnection: x-hop\r\nX-Hop: 1\r\nContent-Length: 4\r\n\r\n\x00\xff\x01\x02")})
	conn := r.dial()
	if _, err := conn.Write([]byte(post("{}", "Connection: close"))); err != nil {
		t.Fatal(err)
	}
	var raw strings.Builder
	if _, err := bufio.NewReader(conn).WriteTo(&raw); err != nil {
		t.Fatal(err)
	}
	got := raw.String()
	head, body, _ := strings.Cut(got, "\r\n\r\n")
	for _, line := range []string{"x-lower: 1", "X-Dup: b\r\nX-Dup: a", "Content-Encoding: br", "Content-Length: 4"} {
		if !strings.Contains(head+"\r\n", "\r\n"+line+"\r\n") {
			t.Errorf("%q is not in %q", line, head)
		}
	}
	for _, made := range []string{"Date", "Content-Type", "X-Hop", "Transfer-Encoding"} {
		if strings.Contains(head, made) {
			t.Errorf("%q should not be in %q", made, head)
		}
	}
	if !strings.HasPrefix(head, "HTTP/1.1 418 ") || body != "\x00\xff\x01\x02" {
		t.Errorf("answered %q", got)
	}
	want := signature.Header{{Name: "x-lower", Value: "1"}, {Name: "X-Dup", Value: "b"}}
	if h := r.only().Deliveries[0].Header; len(h) != 7 || h[0] != want[0] || h[1] != want[1] {
		t.Errorf("the delivery was kept with %q", h)
	}
}

func TestAnswerInChunksReachesTheSender(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.shop.On("/t", inspectortest.Behaviour{Raw: []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")})
	if reply := r.raw(post("{}")); string(reply.Body) != "abcde" {
		t.Errorf("answered %q", reply.Body)
	}
	r.raw(post("{}"))
	if got := r.shop.Requests(); got[0].Connection != got[1].Connection {
		t.Errorf("the connection was not used again")
	}
}

func TestGetAndHeadAreForwardedWithoutABody(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	for k, method := range []string{"GET", "HEAD"} {
		r.raw(method + " /t HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		if head := string(r.shop.Requests()[k].Head); strings.Contains(head, "Content-Length") || !strings.HasPrefix(head, method+" /t ") {
			t.Errorf("the shop got %q", head)
		}
	}
}
