package localapi

import (
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
)

func TestAWindowIsRaisedByThoseWhoHaveTheToken(t *testing.T) {
	dir := t.TempDir()
	var raised atomic.Bool
	server, err := Options{Engine: startEngine(t, dir, "http://127.0.0.1:9"), DataDir: dir, Addr: "127.0.0.1:0", Raise: func() { raised.Store(true) }}.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	client, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(server.URL()+"/api/window/raise", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized || raised.Load() {
		t.Errorf("without the token: %s", resp.Status)
	}
	if err := client.Raise(t.Context()); err != nil || !raised.Load() {
		t.Errorf("with the token: %v", err)
	}
}

func TestACommandHasNoWindowToRaise(t *testing.T) {
	s := openScene(t)
	var fault *Fault
	if err := s.client.Raise(t.Context()); !errors.As(err, &fault) || fault.Status != http.StatusConflict || fault.Do == "" {
		t.Errorf("got %v, expected a fault with advice", err)
	}
}
