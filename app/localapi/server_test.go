package localapi

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/tunnel"
)

func TestTheFileIsPrivateAndGoesWithTheServer(t *testing.T) {
	s := openScene(t)
	path := filepath.Join(s.dir, "api.json")
	info, err := os.Stat(path)
	if err != nil || os.PathSeparator == '/' && info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v (%v), expected 0600", info.Mode(), err)
	}
	if err := s.server.Close(); err != nil {
		t.Fatal(err)
	}
	wantGone(t, path)
	if _, err := Dial(s.dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("got %v, expected ErrNotRunning", err)
	}
}

func TestTheFileOfAnotherServerIsLeftAlone(t *testing.T) {
	s := openScene(t)
	other := apiFile{URL: "http://127.0.0.1:1", Token: "x", PID: 1}
	if err := other.write(s.dir); err != nil {
		t.Fatal(err)
	}
	if err := s.server.Close(); err != nil {
		t.Fatal(err)
	}
	if now, err := readFile(s.dir); err != nil || now != other {
		t.Errorf("got %+v (%v), expected the other server's file", now, err)
	}
}

func TestTheServerEndsWithItsContext(t *testing.T) {
	s := openScene(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	server, err := Options{Engine: s.engine, DataDir: dir, Addr: "127.0.0.1:0"}.Serve(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-server.done
	if err := server.Close(); err != nil {
		t.Errorf("closing it again: %v", err)
	}
	wantGone(t, filepath.Join(dir, "api.json"))
}

func TestATakenPortIsSteppedOver(t *testing.T) {
	first, err := listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := listen(t.Context(), "")
	if err != nil || second.Addr().String() == first.Addr().String() || !strings.HasPrefix(second.Addr().String(), "127.0.0.1:") {
		t.Fatalf("got %v (%v), expected another port of 127.0.0.1 than %v", second, err, first.Addr())
	}
	second.Close()
	for _, addr := range []string{":4040", "0.0.0.0:0", "example.org:80", "127.0.0.1"} {
		if l, err := listen(t.Context(), addr); err == nil {
			l.Close()
			t.Errorf("%s: was opened, expected a refusal", addr)
		}
	}
}

// TestAnUnsafeFileIsRefused puts addresses into api.json to which the token
// must not go.
func TestAnUnsafeFileIsRefused(t *testing.T) {
	for _, text := range []string{
		`{"url":"http://evil.example:4040","token":"t","pid":1}`,
		`{"url":"http://192.168.1.1:4040","token":"t","pid":1}`,
		`{"url":"http://localhost:4040","token":"t","pid":1}`,
		`{"url":"https://127.0.0.1:4040","token":"t","pid":1}`,
		`{"url":"http://127.0.0.1:4040@evil.example","token":"t","pid":1}`,
		`{"url":"http://127.0.0.1:4040/path","token":"t","pid":1}`,
		`{"url":"http://127.0.0.1","token":"t","pid":1}`,
		`{"url":"http://127.0.0.1:4040","token":"","pid":1}`,
		`{"url":`, ``, strings.Repeat(" ", maxFile) + `{}`,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "api.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Dial(dir); err == nil || errors.Is(err, ErrNotRunning) {
			t.Errorf("%.80s: got %v, expected a refusal", text, err)
		}
	}
}

// TestAFileLeftBehindIsNoRunningShopbell covers a crash: nobody listens there
// any more, or somebody else does.
func TestAFileLeftBehindIsNoRunningShopbell(t *testing.T) {
	s := openScene(t)
	strange, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer strange.Close()
	go http.Serve(strange, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>hello") }))
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for what, url := range map[string]string{"nobody": "http://" + closed.Addr().String(), "another program": "http://" + strange.Addr().String(), "another Shopbell": s.server.URL()} {
		dir := t.TempDir()
		if err := (apiFile{URL: url, Token: "old", PID: 1}).write(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Dial(dir); !errors.Is(err, ErrNotRunning) {
			t.Errorf("%s: got %v, expected ErrNotRunning", what, err)
		}
	}
}

// TestRawNonsenseIsTurnedAway speaks to the socket without an HTTP library.
func TestRawNonsenseIsTurnedAway(t *testing.T) {
	s := openScene(t)
	for what, request := range map[string]string{
		"no host":        "GET /api/captures HTTP/1.0\r\nAuthorization: Bearer " + s.server.Token() + "\r\n\r\n",
		"two hosts":      "GET /api/captures HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
		"absolute form":  "GET http://evil.example/api/tunnels HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
		"endless header": "GET /api/captures HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + strings.Repeat("x", 2*headBytes) + "\r\n\r\n",
		"garbage":        "\x16\x03\x01\x00\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.server.URL(), "http://"))
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, request) // the server may hang up before it has read all
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err == nil && (resp.StatusCode < 400 || resp.StatusCode > 499) {
			t.Errorf("%s: got %s, expected 4xx", what, resp.Status)
		}
		conn.Close()
	}
}

func TestStatusTellsWhatRuns(t *testing.T) {
	s := openScene(t)
	s.send(`{"type":"a"}`, secret)
	got, err := s.client.Status(t.Context())
	if err != nil || got.PID != os.Getpid() || got.Tunnel.Kind != string(tunnel.KindLocal) || got.Counts.All != 1 {
		t.Errorf("got %+v (%v), expected this process with one capture", got, err)
	}
	if len(got.Endpoints) != 3 || got.Endpoints[0].URL != s.engine.Tunnel().URL+"/tweed/1" || got.Endpoints[0].Secrets != 1 || got.Endpoints[2].Secrets != 0 {
		t.Errorf("got %+v, expected the endpoints with their addresses and the number of their secrets", got.Endpoints)
	}
	if _, body := s.call("GET", "/api/status", "", nil); strings.Contains(body, secret) {
		t.Error("the status shows a secret")
	}
}

func TestTooManyRequestsAtATimeAreTurnedAway(t *testing.T) {
	inside, leave := make(chan struct{}), make(chan struct{})
	h := limited(1, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inside <- struct{}{}
		<-leave
	}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go http.Serve(l, h)
	first := make(chan error, 1)
	go func() {
		resp, err := http.Get("http://" + l.Addr().String())
		if err == nil {
			resp.Body.Close()
		}
		first <- err
	}()
	<-inside
	resp, err := http.Get("http://" + l.Addr().String())
	if err != nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %v (%v), expected 503", resp, err)
	} else {
		resp.Body.Close()
	}
	close(leave)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func ExampleFault() {
	// A command shows both sentences of an error: what is wrong, what to do.
	var err error = &Fault{Status: 404, Says: "there is no capture with that id", Do: "List the captures; it may have been deleted."}
	var fault *Fault
	if errors.As(err, &fault) && errors.Is(err, inspector.ErrNotFound) {
		fmt.Println(fault.Says)
		fmt.Println(fault.Do)
	}
	// Output:
	// there is no capture with that id
	// List the captures; it may have been deleted.
}
