package exchange_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"shopbell/inspector/exchange"
	"shopbell/providers/signature"
)

// wire is a server that keeps the bytes of each request as they came.
type wire struct {
	url  string
	came chan []byte
}

func listen(t *testing.T) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := &wire{url: "http://" + l.Addr().String(), came: make(chan []byte, 1)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			w.came <- take(c)
			c.Close()
		}
	}()
	return w
}

// take reads one request and answers it.
func take(c net.Conn) []byte {
	var raw bytes.Buffer
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	in := bufio.NewReader(c)
	length := 0
	for {
		line, err := in.ReadString('\n')
		raw.WriteString(line)
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "Content-Length") {
			length, _ = strconv.Atoi(strings.TrimSpace(value)) // what is none shows in the comparison
		}
		if err != nil || line == "\r\n" {
			break
		}
	}
	_, _ = io.CopyN(&raw, in, int64(length)) // a short body shows in the comparison
	io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	return raw.Bytes()
}

// shells are those that are there, of the ones that people have.
func shells(t *testing.T) (found []string) {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatalf("only curl can tell what it makes of the command: %v", err)
	}
	for _, name := range []string{"sh", "dash", "bash", "busybox"} {
		if path, err := exec.LookPath(name); err == nil {
			found = append(found, path)
		}
	}
	return found
}

// send runs the command of m in a shell and returns what the server got.
func (w *wire) send(t *testing.T, shell string, m signature.Message) string {
	t.Helper()
	text, err := exchange.Curl(m)
	if err != nil {
		t.Fatalf("%+v: %v", m, err)
	}
	script := filepath.Join(t.TempDir(), "send.sh")
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args := []string{script}
	if strings.HasSuffix(shell, "busybox") {
		args = []string{"sh", script}
	}
	run := exec.CommandContext(ctx, shell, args...)
	run.Env = append(os.Environ(), "http_proxy=", "HOME="+t.TempDir(), "LC_ALL=C")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s\n%s", shell, err, out, text)
	}
	select {
	case raw := <-w.came:
		return string(raw)
	case <-ctx.Done():
		t.Fatalf("nothing came\n%s", text)
		return ""
	}
}

// asSent is what the server has to get: m with Host first, as curl writes it.
func asSent(m signature.Message, host string) string {
	if given := m.Header.Get("Host"); given != "" {
		host = given
	}
	lines := []string{m.Method + " " + m.Target + " HTTP/1.1", "Host: " + host}
	sized := false
	for _, f := range m.Header {
		switch {
		case strings.EqualFold(f.Name, "Host"):
		case f.Value == "":
			lines = append(lines, f.Name+":")
		default:
			lines = append(lines, f.Name+": "+f.Value)
		}
		sized = sized || strings.EqualFold(f.Name, "Content-Length")
	}
	if !sized && len(m.Body) > 0 {
		lines = append(lines, fmt.Sprintf("Content-Length: %d", len(m.Body)))
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + string(m.Body)
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// text is a random value of a field: any byte that may stand in one.
func text(r *rand.Rand, n int) string {
	hostile := []string{"'", `"`, `\`, "$(reboot)", "`id`", "@/etc/passwd", "%s%n", "!!", "*", "\t", "ł", "\xff", "-d", "~", "{a,b}", "#", ";", "\x7f", "••"}
	var b strings.Builder
	for range r.IntN(n + 1) {
		if r.IntN(3) == 0 {
			b.WriteString(pick(r, hostile...))
		} else {
			b.WriteByte(byte(' ' + r.IntN('~'-' '+1)))
		}
	}
	return strings.Trim(b.String(), " \t")
}

func body(r *rand.Rand) []byte {
	switch r.IntN(7) {
	case 0:
		return nil
	case 1:
		return []byte(pick(r, "@/etc/passwd", "@-", "-d x", "%d", "\n", "\\", "'", "''", "\x00", `{"a":"zażółć 💳"}`, "a\r\nb\r\n", "-", "!", "\ufeff{}", "\n\n"))
	case 2:
		return []byte(`{"note":"` + strings.ReplaceAll(text(r, 200), "\xff", "") + "\",\n \"x\":1}\n")
	}
	b := make([]byte, r.IntN(pick(r, 10, 300, 5000, 70_000)))
	for i := range b {
		b[i] = byte(r.Uint32())
		if r.IntN(2) == 0 {
			b[i] = "\n'%\\-\x00a"[r.IntN(7)]
		}
	}
	return b
}

func message(r *rand.Rand, url string) signature.Message {
	m := signature.Message{
		Method: pick(r, "POST", "POST", "POST", "PUT", "GET", "DELETE", "PATCH", "M-SEARCH", "!#$%&'*+"), URL: url,
		Target: pick(r, "/", "/yshop/9f1c07de55b04a0e", "/a?b=c&d=%zz", "/x/../y/./z", "/a%2Fb%2f", "//h/p", "/q?", "/q?a[]={1,2}&b=$x`y`'", "/#f", "/łódź", "*", "/?@x", `/a\b"c`),
		Body:   body(r),
	}
	for range r.IntN(8) {
		m.Header = append(m.Header, signature.Field{
			Name:  pick(r, "X-"+strconv.Itoa(r.IntN(99)), "x-lower", "-X-Minus", "Content-Type", "User-Agent", "ACCEPT", "$HOME", "'quoted'", "X-Twice", "Cookie", "Authorization"),
			Value: text(r, 30),
		})
	}
	if r.IntN(2) == 0 {
		m.Header = append(m.Header, signature.Field{Name: pick(r, "Host", "host"), Value: "shop.example"})
	}
	if r.IntN(3) == 0 {
		m.Header = append(m.Header, signature.Field{Name: "content-length", Value: strconv.Itoa(len(m.Body))})
	}
	return m
}

func TestCurlSendsTheSameBytesWhateverTheyAre(t *testing.T) {
	shells, w := shells(t), listen(t)
	r := rand.New(rand.NewPCG(5, 5))
	for n := range 500 {
		m := message(r, w.url)
		got, want := w.send(t, shells[n%len(shells)], m), asSent(m, strings.TrimPrefix(w.url, "http://"))
		if got != want {
			text, _ := exchange.Curl(m) // send would have failed
			t.Fatalf("request %d, %s: the server got\n%q\nexpected\n%q\nfrom\n%.3000s", n, shells[n%len(shells)], got, want, text)
		}
	}
}

func TestCurlKeepsTheSpacingOfTheRawHead(t *testing.T) {
	shells, w := shells(t), listen(t)
	head := "POST /a HTTP/1.1\r\nHost: " + strings.TrimPrefix(w.url, "http://") + "\r\nX-Tight:1\r\nX-Wide:   2\r\nContent-Length: 2\r\nUser-Agent: a\r\nAccept: b\r\nContent-Type: c\r\n\r\n"
	m, err := signature.ReadMessage(strings.NewReader(head+"hi"), w.url+"/a", signature.ReadLimit{})
	if err != nil {
		t.Fatal(err)
	}
	for _, shell := range shells {
		if got := w.send(t, shell, m); got != head+"hi" {
			t.Errorf("%s: got %q, expected %q", shell, got, head+"hi")
		}
	}
}

func TestCurlTakesABodyOfAMegabyte(t *testing.T) {
	shells, w := shells(t), listen(t)
	for _, b := range [][]byte{bytes.Repeat([]byte("line of text\n"), 80_000), bytes.Repeat([]byte{0, 255, '\'', '%'}, 250_000)} {
		m := signature.Message{Method: "POST", URL: w.url, Target: "/", Body: b}
		if got := w.send(t, shells[0], m); got != asSent(m, strings.TrimPrefix(w.url, "http://")) {
			t.Errorf("a body of %d bytes came as %d", len(b), len(got))
		}
	}
}

func TestChunksArePutTogetherAndAHeadHasNoBody(t *testing.T) {
	shells, w := shells(t), listen(t)
	m := signature.Message{Method: "POST", URL: w.url, Target: "/", Body: []byte("hello"), Header: signature.Header{
		{Name: "User-Agent", Value: "x"}, {Name: "Transfer-Encoding", Value: "chunked"}, {Name: "Accept", Value: "*/*"}, {Name: "Content-Type", Value: "a/b"},
	}}
	if got := w.send(t, shells[0], m); !strings.HasSuffix(got, "\r\nUser-Agent: x\r\nContent-Length: 5\r\nAccept: */*\r\nContent-Type: a/b\r\n\r\nhello") {
		t.Errorf("got %q", got)
	}
	m = signature.Message{Method: http.MethodHead, URL: w.url, Target: "/x"}
	if got := w.send(t, shells[0], m); !strings.HasPrefix(got, "HEAD /x HTTP/1.1\r\n") {
		t.Errorf("got %q", got)
	}
}

func TestCurlIsPrintableText(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 2000 {
		text, err := exchange.Curl(message(r, "https://shop.example/x"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range text {
			if c < ' ' && c != '\n' || c == 0x7f || c == '\ufffd' {
				t.Fatalf("%q in %s", c, text)
			}
		}
	}
}

func TestWhatNoRequestCanHaveIsRefused(t *testing.T) {
	for _, m := range []signature.Message{
		{Method: "PO ST", URL: "http://h"}, {URL: "ftp://h"}, {URL: "http://$(id)"}, {URL: ""},
		{URL: "http://h", Target: "/a\r\nX: y"}, {URL: "http://h", Header: signature.Header{{Name: "@file", Value: "x"}}},
		{URL: "http://h", Header: signature.Header{{Name: "A", Value: "x\ny"}}},
	} {
		if text, err := exchange.Curl(m); err == nil {
			t.Errorf("%+v became %s", m, text)
		}
	}
}
