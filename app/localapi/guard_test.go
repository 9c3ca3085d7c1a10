package localapi

import (
	"net/http"
	"strings"
	"testing"
)

// TestEverythingButTheTunnelsWantsTheToken tries every address without, with a
// wrong and with a doubled token.
func TestEverythingButTheTunnelsWantsTheToken(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, secret).String()
	for _, c := range [][2]string{
		{"GET", "/api/requests/http"}, {"GET", "/api/requests/http/" + id}, {"POST", "/api/requests/http"}, {"DELETE", "/api/requests/http"},
		{"GET", "/api/captures"}, {"GET", "/api/captures/" + id}, {"GET", "/api/captures/" + id + "/raw"}, {"GET", "/api/captures/" + id + "/after"}, {"GET", "/api/changes"},
		{"POST", "/api/captures/" + id + "/replay"}, {"POST", "/api/captures/" + id + "/release"}, {"GET", "/api/status"},
		{"GET", "/api/queues"}, {"POST", "/api/queues/pause"}, {"POST", "/api/queues/resume"}, {"POST", "/api/queues/drain"},
		{"POST", "/api/tunnels"}, {"GET", "/api/none"}, {"GET", "/api/tunnels/../captures"},
	} {
		for what, change := range map[string]func(*http.Request){
			"none":   func(r *http.Request) { r.Header.Del("Authorization") },
			"empty":  func(r *http.Request) { r.Header.Set("Authorization", "Bearer ") },
			"wrong":  func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+strings.Repeat("A", 52)) },
			"part":   func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+s.server.Token()[:51]) },
			"basic":  func(r *http.Request) { r.Header.Set("Authorization", "Basic "+s.server.Token()) },
			"double": func(r *http.Request) { r.Header.Add("Authorization", "Bearer x") },
		} {
			status, body := s.call(c[0], c[1], "{}", change)
			wantFault(t, c[0]+" "+c[1]+" with "+what, status, body, http.StatusUnauthorized)
		}
	}
	if n := s.engine.Store().Counts().All; n != 1 {
		t.Errorf("the store has %d captures, expected nothing to be changed", n)
	}
	if n := len(s.shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests, expected nothing to be replayed", n)
	}
}

// TestAPageOnTheWebCannotReachTheAPI is DNS rebinding and cross-site requests:
// a browser on this machine, steered by somebody else's page.
func TestAPageOnTheWebCannotReachTheAPI(t *testing.T) {
	s := openScene(t)
	for what, change := range map[string]func(*http.Request){
		"rebound name":     func(r *http.Request) { r.Host = "evil.example:4040" },
		"rebound suffix":   func(r *http.Request) { r.Host = "127.0.0.1.evil.example" },
		"localhost prefix": func(r *http.Request) { r.Host = "localhost.evil.example:4040" },
		"other address":    func(r *http.Request) { r.Host = "192.168.1.10:4040" },
		"any address":      func(r *http.Request) { r.Host = "0.0.0.0:4040" },
		"foreign origin":   func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"other local port": func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") },
		"sandboxed page":   func(r *http.Request) { r.Header.Set("Origin", "null") },
		"two origins": func(r *http.Request) {
			r.Header["Origin"] = []string{"http://" + r.URL.Host, "https://evil.example"}
		},
		"image of a site": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		for _, path := range []string{"/api/tunnels", "/api/captures"} {
			status, body := s.call("GET", path, "", change)
			wantFault(t, what+" "+path, status, body, http.StatusForbidden)
		}
	}
}

func TestThisMachineMayBeCalledByAllItsNames(t *testing.T) {
	s := openScene(t)
	for _, host := range []string{"127.0.0.1:4040", "localhost:1234", "LOCALHOST", "[::1]:4040", "[::1]", "127.0.0.1"} {
		status, body := s.call("GET", "/api/captures", "", func(r *http.Request) { r.Host = host })
		if status != http.StatusOK {
			t.Errorf("%s: got %d %s, expected 200", host, status, body)
		}
	}
	status, _ := s.call("GET", "/api/captures", "", func(r *http.Request) {
		r.Header.Set("Origin", s.server.URL())
		r.Header.Set("Authorization", "bearer "+s.server.Token())
	})
	if status != http.StatusOK {
		t.Errorf("our own origin: got %d, expected 200", status)
	}
}

func TestTheTunnelsAreOpen(t *testing.T) {
	s := openScene(t)
	status, body := s.call("GET", "/api/tunnels", "", func(r *http.Request) { r.Header.Del("Authorization") })
	tunnels := s.object(status, body)["tunnels"].([]any)
	if len(tunnels) != 1 {
		t.Fatalf("got %s, expected one tunnel", body)
	}
	one := tunnels[0].(map[string]any)
	if one["public_url"] != s.engine.Tunnel().URL || one["proto"] != "http" || one["config"].(map[string]any)["addr"] != s.shop.URL().String() {
		t.Errorf("got %s, expected the tunnel's address and the shop's", body)
	}
	status, body = s.call("GET", one["uri"].(string), "", func(r *http.Request) { r.Header.Del("Authorization") })
	if s.object(status, body)["name"] != one["name"] {
		t.Errorf("got %d %s, expected the same tunnel", status, body)
	}
}

func TestBadInputIsAnsweredWithASentence(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, secret).String()
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/api/captures?limit=-1", "", 400},
		{"GET", "/api/captures?limit=1e9", "", 400},
		{"GET", "/api/captures?before=x", "", 400},
		{"GET", "/api/captures?q=size:huge", "", 400},
		{"GET", "/api/captures/x", "", 400},
		{"GET", "/api/captures/7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "", 404},
		{"GET", "/api/changes?capture=x", "", 400},
		{"GET", "/api/none", "", 404},
		{"PUT", "/api/captures", "", 404},
		{"POST", "/api/requests/http", "", 400},
		{"POST", "/api/requests/http", `{"id":"x"}`, 400},
		{"POST", "/api/requests/http", `{"id":"7ZZZZZZZZZZZZZZZZZZZZZZZZZ"}`, 404},
		{"POST", "/api/requests/http", `{"id":"` + strings.Repeat("x", smallBody) + `"}`, 413},
		{"POST", "/api/captures/" + id + "/replay", `{"resing":true}`, 400},
		{"POST", "/api/captures/" + id + "/replay", `{} {}`, 400},
		{"POST", "/api/captures/" + id + "/replay", `{"to":"localhost"}`, 400},
		{"POST", "/api/captures/" + id + "/replay", `{"to":"http://a:b@localhost"}`, 400},
		{"POST", "/api/captures/" + id + "/replay", `{"edit":"!"}`, 400},
		{"POST", "/api/captures/" + id + "/replay", `{"edit":"aGVsbG8="}`, 400},
		{"POST", "/api/captures/" + id + "/replay", `{"edit":"` + strings.Repeat("A", editBody) + `"}`, 413},
		{"POST", "/api/captures/" + id + "/release", `{}`, 409},
		{"POST", "/api/queues/stop", `{}`, 404},
		{"POST", "/api/queues/pause", `{"endpoint":"orders"}`, 400},
		{"POST", "/api/queues/pause", `[]`, 400},
		{"POST", "/api/queues/pause", `{"endpoints":["tweed live"]}`, 404},
		{"POST", "/api/queues/drain", `{"endpoints":["none"]}`, 404},
		{"GET", "/api/queues/pause", "", 404},
	} {
		status, body := s.call(c.method, c.path, c.body, nil)
		what := c.method + " " + c.path + " " + c.body[:min(len(c.body), 40)]
		wantFault(t, what, status, body, c.want)
	}
	if n := len(s.shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests, expected only the first delivery", n)
	}
}
