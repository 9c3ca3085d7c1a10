package console_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func newShop(t *testing.T) *httptest.Server {
	t.Helper()
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("thanks")) }))
	t.Cleanup(shop.Close)
	return shop
}

// next reads the next line that serve prints.
func (p *process) next(t *testing.T) map[string]any {
	t.Helper()
	if !p.lines.Scan() {
		t.Fatalf("serve printed no further line: %v %s", p.lines.Err(), p.stderr)
	}
	var object map[string]any
	if err := json.Unmarshal(p.lines.Bytes(), &object); err != nil {
		t.Fatalf("line %q is no JSON object: %v", p.lines.Text(), err)
	}
	return object
}

func TestServePrintsTheDocumentedFields(t *testing.T) {
	serve := startServe(t, t.TempDir(), "--shop", newShop(t).URL, "--endpoint", "tweed=env:TWEED_SECRET")
	wantFields(t, serve.ready, "type", "url", "api", "endpoints")
	endpoint := serve.ready["endpoints"].([]any)[0].(map[string]any)
	wantFields(t, endpoint, "name", "provider", "url")

	code, out, talk := run(t, nil, "send", "--provider", "tweed", "--secret", "env:TWEED_SECRET", "--to", endpoint["url"].(string))
	if code != 0 {
		t.Fatalf("send ended with %d: %s%s", code, out, talk)
	}
	capture, delivery := serve.next(t), serve.next(t)
	wantFields(t, capture, "type", "id", "endpoint", "provider", "event", "delivery_id", "outcome", "cover", "method", "path", "size")
	wantFields(t, delivery, "type", "capture", "kind", "status", "ms", "error")
	for field, want := range map[string]any{"type": "capture", "endpoint": "tweed", "provider": "tweed", "outcome": "verified", "cover": "body", "method": "POST"} {
		if capture[field] != want {
			t.Errorf("capture has %s %v, expected %v", field, capture[field], want)
		}
	}
	if state, ok := capture["state"]; ok {
		t.Errorf("a capture that is just being forwarded is printed with the state %v", state)
	}
	for field, want := range map[string]any{"type": "delivery", "capture": capture["id"], "kind": "first", "status": 200.0, "error": ""} {
		if delivery[field] != want {
			t.Errorf("delivery has %s %v, expected %v", field, delivery[field], want)
		}
	}
}

func wantFields(t *testing.T, object map[string]any, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, ok := object[name]; !ok {
			t.Errorf("%v lacks %q", slices.Sorted(maps.Keys(object)), name)
		}
	}
}

func TestServeWithoutEndpointsTakesEveryPathAndSaysSo(t *testing.T) {
	serve := startServe(t, t.TempDir(), "--shop", newShop(t).URL)
	if status := deliver(http.DefaultClient, serve.url("/any/path?x=1")); status != http.StatusOK {
		t.Errorf("the sender got %d, expected the shop's 200", status)
	}
	if capture := serve.next(t); capture["path"] != "/any/path?x=1" {
		t.Errorf("captured %v", capture)
	}
	stopped(t, serve)
	if !strings.Contains(serve.stderr.String(), "every path goes to the shop") {
		t.Errorf("stderr is %q, expected a word on the catch-all", serve.stderr)
	}
}

// stopped interrupts serve and waits for its good end.
func stopped(t *testing.T, serve *process) {
	t.Helper()
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for serve.lines.Scan() {
		// Wait may be called only once the pipe was read to its end.
	}
	if err := serve.Wait(); err != nil {
		t.Errorf("serve ended with %v, expected exit 0: %s", err, serve.stderr)
	}
}

func TestAddressesHoldAcrossRestarts(t *testing.T) {
	data, flags := t.TempDir(), []string{"--endpoint", "tweed=env:TWEED_SECRET", "--endpoint", "tweed", "--endpoint", "truust"}
	first := startServe(t, data, flags...)
	stopped(t, first)
	second := startServe(t, data, flags...)
	want, got := paths(first), paths(second)
	if !slices.Equal(got, want) {
		t.Errorf("paths are %q after a restart, were %q", got, want)
	}
	other := startServe(t, t.TempDir(), flags...)
	if slices.Contains(paths(other), want[0]) {
		t.Errorf("another data folder has the same path %q", want[0])
	}
	if want := []string{"tweed", "tweed 2", "truust"}; !slices.Equal(names(first), want) {
		t.Errorf("endpoints are named %q, expected %q", names(first), want)
	}
}

func names(p *process) []string { return pick(p, "name") }

func paths(p *process) []string {
	var paths []string
	for _, url := range pick(p, "url") {
		paths = append(paths, strings.TrimPrefix(url, p.ready["url"].(string)))
	}
	return paths
}

func pick(p *process, field string) []string {
	var values []string
	for _, e := range p.ready["endpoints"].([]any) {
		values = append(values, e.(map[string]any)[field].(string))
	}
	return values
}

func TestOldCapturesAreNotPrintedAgain(t *testing.T) {
	data, shop := t.TempDir(), newShop(t)
	first := startServe(t, data, "--shop", shop.URL)
	deliver(http.DefaultClient, first.url("/old"))
	stopped(t, first)
	second := startServe(t, data, "--shop", shop.URL)
	deliver(http.DefaultClient, second.url("/new"))
	if capture := second.next(t); capture["path"] != "/new" {
		t.Errorf("the first line is of %v, expected /new", capture["path"])
	}
	stopped(t, second)
	if kept := listed(t, data); len(kept) != 2 || kept[0]["path"] != "/new" {
		t.Errorf("list has %v, expected /new before /old", kept)
	}
}

func TestReaderThatStopsReadingSlowsNoDelivery(t *testing.T) {
	const deliveries = 400 // several times what a pipe holds
	serve := startServe(t, t.TempDir(), "--shop", newShop(t).URL)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}, Timeout: patience}
	long := strings.Repeat("x", 900)
	gate, all := make(chan struct{}, 16), sync.WaitGroup{}
	for i := range deliveries {
		gate <- struct{}{}
		all.Go(func() {
			defer func() { <-gate }()
			if status := deliver(client, serve.url(fmt.Sprintf("/%d/%s", i, long))); status != http.StatusOK {
				t.Errorf("delivery %d got %d while nobody read the output", i, status)
			}
		})
	}
	all.Wait()
	seen := map[string]int{}
	for captures, delivered := 0, 0; captures < deliveries || delivered < deliveries; {
		line := serve.next(t)
		switch line["type"] {
		case "capture":
			captures++
			seen[line["id"].(string)]++
		case "delivery":
			delivered++
			if seen[line["capture"].(string)] != 1 {
				t.Errorf("delivery of %v, which was printed %d times", line["capture"], seen[line["capture"].(string)])
			}
		}
	}
}

func TestServeEndsThoughNobodyReads(t *testing.T) {
	data := t.TempDir()
	serve := startServe(t, data, "--shop", newShop(t).URL)
	const deliveries = 200
	for i := range deliveries {
		deliver(http.DefaultClient, serve.url(fmt.Sprintf("/%d/%s", i, strings.Repeat("x", 900))))
	}
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if state, err := serve.Process.Wait(); err != nil || state.ExitCode() != 0 {
		t.Errorf("serve ended with %v, %v: %s", state, err, serve.stderr)
	}
	if kept := listed(t, data); len(kept) != deliveries {
		t.Errorf("%d captures are kept, expected %d", len(kept), deliveries)
	}
}

func TestNgrokWithoutTokenSaysWhereToGetOne(t *testing.T) {
	wantEnd(t, 2, "NGROK_AUTHTOKEN", "serve", "--tunnel", "ngrok", "--data", t.TempDir())
}

func TestLocalTunnelOverHTTPSIsTrusted(t *testing.T) {
	dir := t.TempDir()
	config, data := filepath.Join(dir, "shopbell.toml"), filepath.Join(dir, "data")
	write(t, config, "[tunnel]\nhttps = true\n")
	startServe(t, data, "--config", config, "--shop", newShop(t).URL)
	if code, out, talk := run(t, nil, "send", "--provider", "truust", "--data", data); code != 0 {
		t.Errorf("send ended with %d: %s%s", code, out, talk)
	}
}

func TestSecondServeOnTheSameDataSaysWhoHasIt(t *testing.T) {
	data := t.TempDir()
	startServe(t, data)
	wantEnd(t, 3, "other Shopbell", "serve", "--listen", "127.0.0.1:0", "--data", data)
}

func TestPortInUseStartsNothing(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	wantEnd(t, 3, taken.Addr().String(), "serve", "--listen", taken.Addr().String(), "--data", t.TempDir())
}

func TestWrongSettingsStartNothing(t *testing.T) {
	for text, says := range map[string]string{
		"[shop]\nurl = \"ftp://x\"\n": ":2:",
		"[[endpoint]]\nname = \"a\"\nprovider = \"truust\"\npath = \"/a\"\n[[endpoint]]\nname = \"b\"\nprovider = \"truust\"\npath = \"/a\"\n": ":8:",
		"[shop]\nurll = \"http://x\"\n":                                              "urll",
		"[[endpoint]]\nname = \"a\"\nprovider = \"tweet\"\npath = \"/a/b\"\n":        "tweet",
		"[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\nsecrets = [\"env:NO\"]\n": "NO",
	} {
		file, data := filepath.Join(t.TempDir(), "shopbell.toml"), filepath.Join(t.TempDir(), "data")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		wantEnd(t, 2, says, "serve", "--listen", "127.0.0.1:0", "--config", file, "--data", data)
		if _, err := os.Stat(filepath.Join(data, "captures")); err == nil {
			t.Errorf("%q opened a store", text)
		}
	}
}

// wantEnd runs a command that ends by itself with code and says text on stderr.
func wantEnd(t *testing.T, code int, says string, args ...string) {
	t.Helper()
	got, out, talk := run(t, nil, args...)
	if got != code || !strings.Contains(talk, says) || out != "" {
		t.Errorf("%q ended with %d, printed %q and said %q; expected %d and %q on stderr", args, got, out, talk, code, says)
	}
}
