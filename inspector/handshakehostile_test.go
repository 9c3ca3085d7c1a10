package inspector_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestAHostileChallengeIsNotRepeated(t *testing.T) {
	token := "&hub.verify_token=my-verify-token"
	for _, c := range []struct{ name, tables, request string }{
		{"line breaks for a header", `[[handshake]]
when = ["query:challenge"]
headers = { "X-Challenge" = "{query:challenge}" }
`, get("GET", "/t?challenge=a%0d%0aSet-Cookie:%20a=b")},
		{"line breaks in a body", echoQuery, get("GET", "/t?hub.challenge=a%0ab"+token)},
		{"NUL", echoQuery, get("GET", "/t?hub.challenge=a%00b"+token)},
		{"no UTF-8", echoQuery, get("GET", "/t?hub.challenge=%ff%fe"+token)},
		{"a control character of the second half", echoQuery, get("GET", "/t?hub.challenge=%c2%85"+token)},
		{"5 KB", echoQuery, get("GET", "/t?hub.challenge="+strings.Repeat("a", 5<<10)+token)},
		{"5 KB in JSON", echoJSON, post(`{"type":"url_verification","challenge":"` + strings.Repeat("a", 5<<10) + `"}`)},
		{"no challenge", echoJSON, post(`{"type":"url_verification"}`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := start(t, []inspector.Endpoint{shaken()}, shaker(t, c.tables))
			reply := r.raw(c.request)
			if reply.Status != 400 || reply.Header.Get("Set-Cookie") != "" || len(reply.Body) > 100 {
				t.Errorf("answered %d %q, %d bytes", reply.Status, reply.Header, len(reply.Body))
			}
			if k := r.only(); k.Handshake != inspector.HandshakeRefused || k.State != inspector.Kept || len(r.shop.Requests()) != 0 {
				t.Errorf("kept as %+v", k.Summary)
			}
		})
	}
}

func TestABodyOfAMegabyteIsNoHandshake(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, echoJSON))
	reply := r.raw(post(`{"type":"url_verification","challenge":"` + strings.Repeat("a", 1<<20) + `"}`))
	if k := r.only(); reply.Status != 401 || k.Handshake != "" || k.State != inspector.Held {
		t.Errorf("answered %d, kept as %+v", reply.Status, k.Summary)
	}
}

func TestAScriptAsChallengeStaysText(t *testing.T) {
	script := "<script>alert(1)</script>"
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, headerAsBody+echoJSON))
	reply := r.raw(get("GET", "/t", "X-Verification: "+script))
	if string(reply.Body) != script || reply.Header.Get("Content-Type") != "text/plain; charset=utf-8" ||
		reply.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("answered %q %q", reply.Header, reply.Body)
	}
	reply = r.raw(post(`{"type":"url_verification","challenge":"</script>\"},{\"x\":\"\\"}`))
	var back map[string]string
	if err := json.Unmarshal(reply.Body, &back); err != nil || len(back) != 1 || back["challenge"] != `</script>"},{"x":"\` ||
		strings.Contains(string(reply.Body), "<") {
		t.Errorf("answered %q, %v: expected one string without a way out of it", reply.Body, err)
	}
}

// TestNoDeliveryIsSignedByAHandshake asks for signatures of texts that are,
// or may be, what the same secret signs otherwise.
func TestNoDeliveryIsSignedByAHandshake(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, hmacJSON))
	for _, text := range []string{
		`{"type":"paid"}`, `[1]`, "v0:1700000000:x", "v0:1700000000:{}", "type=paid", "type=paid&id=1", "<a/>",
		"1700000000.{}", "a b", "a\nb", "ä", "", strings.Repeat("a", 200), `"a"`, "a=b=", "a,b", "a|b", "===",
	} {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		reply := r.raw(post(fmt.Sprintf(`{"event":"endpoint.url_validation","payload":{"plainToken":%s}}`, quoted)))
		if reply.Status != 400 {
			t.Errorf("%q: answered %d %q", text, reply.Status, reply.Body)
		}
	}
}

func TestACatchAllSignsNothingForStrangers(t *testing.T) {
	all := shaken()
	all.Path, all.Provider = "/", ""
	r := start(t, []inspector.Endpoint{all}, shaker(t, hmacQuery+echoJSON))
	reply := r.raw(get("GET", "/t?crc_token=abc", "X-Signature: 00"))
	if strings.Contains(string(reply.Body), "sha256=") {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	if k := r.only(); k.Handshake != "" {
		t.Errorf("kept as %+v", k.Summary)
	}
	reply = r.raw(post(`{"type":"url_verification","challenge":"abc"}`, "X-Signature: 00"))
	if string(reply.Body) != `{"challenge":"abc"}` {
		t.Errorf("answered %d %q, expected the echo, which needs no secret", reply.Status, reply.Body)
	}
}

func TestAHandshakeWithoutAnEndpointIsNotAnswered(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, statusOnly))
	if reply := r.raw(get("HEAD", "/elsewhere")); reply.Status != 404 {
		t.Errorf("answered %d", reply.Status)
	}
	if k := r.only(); k.Handshake != "" || k.Outcome != signature.Unsigned {
		t.Errorf("kept as %+v", k.Summary)
	}
}
