package localapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// secret signs the deliveries of the endpoint "tweed live".
const secret = "tweed-secret-of-the-test"

// scene is a whole running Shopbell: shop, engine, local API and a client.
type scene struct {
	t      *testing.T
	shop   *inspectortest.Shop
	engine *engine.Engine
	server *Server
	client *Client
	dir    string
}

func openScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, dir: filepath.Join(t.TempDir(), "data")}
	var err error
	if s.shop, err = inspectortest.OpenShop(inspectortest.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.shop.Close() })
	s.engine = startEngine(t, s.dir, s.shop.URL().String())
	if s.server, err = (Options{Engine: s.engine, DataDir: s.dir, Addr: "127.0.0.1:0", Log: slog.New(slog.NewTextHandler(t.Output(), nil))}).Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.server.Close(); err != nil {
			t.Errorf("closing the local API: %v", err)
		}
	})
	if s.client, err = Dial(s.dir); err != nil {
		t.Fatal(err)
	}
	return s
}

func startEngine(t *testing.T, dir, shop string) *engine.Engine {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	chosen := settings.Default()
	chosen.Shop.URL = shop
	chosen.Endpoints = []settings.Endpoint{
		{Name: "tweed live", Provider: "tweed", Path: "/tweed/1", Secrets: []settings.Reference{"env:TWEED"}, Forward: "/hook"},
		{Name: "twisto", Provider: "twisto", Path: "/twisto/1"},
		{Name: "tweed new", Provider: "tweed", Path: "/tweed/2"},
	}
	e, err := engine.Start(t.Context(), engine.Options{
		Settings: chosen, DataDir: dir, Catalog: catalog, Vault: settings.Vault{Env: []string{"TWEED=" + secret}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Errorf("closing the engine: %v", err)
		}
	})
	return e
}

// send sends a delivery of Tweed's, signed with key, and returns its id once
// everything about it is on disk.
func (s *scene) send(body, key string) ulid.ULID {
	s.t.Helper()
	tweed, _ := s.engine.Catalog().Get("tweed")
	m := signature.Message{
		Method: "POST", Target: "/tweed/1?a=%zz", Body: []byte(body),
		Header: signature.Header{{Name: "Host", Value: "shop.example"}, {Name: "x-ODD-case", Value: "caf\xe9"}, {Name: "Content-Length", Value: fmt.Sprint(len(body))}},
	}
	m, err := tweed.Scheme.Sign(m, signature.NewSecret("test", key), time.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := inspectortest.Send(s.t.Context(), s.engine.Local().URL, m); err != nil {
		s.t.Fatal(err)
	}
	if err := s.engine.Store().Sync(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	page, err := s.engine.Store().Page(s.t.Context(), inspector.Query{}, ulid.ULID{}, 1)
	if err != nil || len(page) == 0 {
		s.t.Fatalf("no capture: %v", err)
	}
	return page[0].ID
}

// call sends a request with the token and returns status and body; change may
// alter the request before it goes.
func (s *scene) call(method, path, body string, change func(*http.Request)) (int, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.server.URL()+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.server.Token())
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// object reads a JSON object that a call answered with.
func (s *scene) object(status int, body string) map[string]any {
	s.t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(body), &object); err != nil || status != http.StatusOK {
		s.t.Fatalf("got %d %q (%v), expected 200 and a JSON object", status, body, err)
	}
	return object
}

// wantFault checks that an answer is an error with a sentence and advice.
func wantFault(t *testing.T, what string, status int, body string, want int) {
	t.Helper()
	var f Fault
	if err := json.Unmarshal([]byte(body), &f); err != nil || status != want || f.Says == "" || f.Do == "" {
		t.Errorf("%s: got %d %q, expected %d with error and do", what, status, body, want)
	}
}

func wantGone(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there (%v)", path, err)
	}
}
