package localapi

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestScriptsOfTheNgrokAgentFindTheirFields reads the agent's shape as such
// scripts do: by the names of its fields.
func TestScriptsOfTheNgrokAgentFindTheirFields(t *testing.T) {
	s := openScene(t)
	body := "{\"type\":\"a\",\"b\":\"\xff\"}"
	id := s.send(body, secret).String()
	status, text := s.call("GET", "/api/requests/http?limit=5&tunnel_name=shopbell", "", nil)
	list := s.object(status, text)
	requests := list["requests"].([]any)
	if len(requests) != 1 || list["uri"] != "/api/requests/http" {
		t.Fatalf("got %s, expected one request", text)
	}
	one := requests[0].(map[string]any)
	if one["id"] != id || one["uri"] != "/api/requests/http/"+id || one["duration"] == nil || one["start"] == nil {
		t.Errorf("got %v, expected id, uri, start and duration", one)
	}
	request := one["request"].(map[string]any)
	raw, err := base64.StdEncoding.DecodeString(request["raw"].(string))
	if err != nil || !bytes.HasSuffix(raw, []byte("\r\n\r\n"+body)) || !bytes.HasPrefix(raw, []byte("POST /tweed/1?a=%zz HTTP/1.1\r\n")) {
		t.Errorf("got raw %q (%v), expected the request byte for byte", raw, err)
	}
	if request["method"] != "POST" || request["uri"] != "/tweed/1?a=%zz" || request["headers"].(map[string]any)["X-Odd-Case"] == nil {
		t.Errorf("got %v, expected method, uri and headers", request)
	}
	wantResponse(t, one["response"].(map[string]any))
	status, text = s.call("GET", "/api/requests/http/"+id, "", nil)
	if s.object(status, text)["id"] != id {
		t.Errorf("got %s, expected the same request", text)
	}
	status, text = s.call("GET", "/api/requests/http?tunnel_name=other", "", nil)
	if n := len(s.object(status, text)["requests"].([]any)); n != 0 {
		t.Errorf("got %d requests of another tunnel, expected none", n)
	}
}

// wantResponse checks that the raw response can be read as HTTP and says the
// same as its fields.
func wantResponse(t *testing.T, response map[string]any) {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(response["raw"].(string))
	if err != nil {
		t.Fatal(err)
	}
	read, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), nil)
	if err != nil {
		t.Fatalf("reading %q: %v", raw, err)
	}
	defer read.Body.Close()
	if _, err := io.ReadAll(read.Body); err != nil {
		t.Errorf("reading the body of %q: %v", raw, err)
	}
	if response["status"] != read.Status || response["status_code"].(float64) != float64(read.StatusCode) || read.StatusCode != 200 {
		t.Errorf("got %v and %q, expected 200 in both", response, raw)
	}
}

func TestAHeldRequestShowsWhatTheSenderWasTold(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, "another").String()
	status, text := s.call("GET", "/api/requests/http/"+id, "", nil)
	response, _ := s.object(status, text)["response"].(map[string]any)
	if response["status"] != "401 Unauthorized" {
		t.Errorf("got %s, expected 401", text)
	}
}

func TestTheAgentsReplayAndClear(t *testing.T) {
	s := openScene(t)
	for range 3 {
		s.send(`{"type":"a"}`, secret)
	}
	id := s.send(`{"type":"b"}`, secret).String()
	if status, text := s.call("POST", "/api/requests/http", `{"id":"`+id+`","tunnel_name":"shopbell"}`, nil); status != 204 || text != "" {
		t.Errorf("replay: got %d %q, expected 204", status, text)
	}
	if n := len(s.shop.Requests()); n != 5 {
		t.Errorf("the shop got %d requests, expected 5", n)
	}
	if status, text := s.call("DELETE", "/api/requests/http", "", nil); status != 204 || text != "" {
		t.Errorf("clear: got %d %q, expected 204", status, text)
	}
	status, text := s.call("GET", "/api/requests/http", "", nil)
	if !strings.Contains(text, `"requests":[]`) || s.engine.Store().Counts().All != 0 {
		t.Errorf("got %d %s, expected no requests", status, text)
	}
}
