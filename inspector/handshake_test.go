package inspector_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// mac is what a provider computes with the endpoint's secret.
func mac(text string) []byte {
	h := hmac.New(sha256.New, []byte(shakerSecret))
	h.Write([]byte(text))
	return h.Sum(nil)
}

// get is a raw request without a body.
func get(method, target string, fields ...string) string {
	head := method + " " + target + " HTTP/1.1\r\nHost: in.example\r\n"
	for _, f := range fields {
		head += f + "\r\n"
	}
	return head + "\r\n"
}

func TestEveryFamilyOfHandshakesIsAnsweredAndKept(t *testing.T) {
	signed := `{"intent":true}`
	for _, c := range []struct {
		name, tables, request string
		status                int
		header, body, typ     string
		outcome               signature.Outcome
		event                 string
	}{
		{"echo of a query value", echoQuery, get("GET", "/t?hub.mode=subscribe&hub.challenge=11%2b58&hub.verify_token=my-verify-token"),
			200, "", "11+58", "text/plain; charset=utf-8", signature.Unsigned, "handshake"},
		{"echo of a JSON value", echoJSON, post(`{"type":"url_verification","challenge":"3eZbrw1aB10"}`),
			200, "", `{"challenge":"3eZbrw1aB10"}`, "application/json", signature.Unsigned, "url_verification"},
		{"echo of a header", echoHeader, post("", "X-Hook-Secret: b537207f20cbfa02357cf448134da559"),
			200, "X-Hook-Secret: b537207f20cbfa02357cf448134da559", "", "", signature.Unsigned, "handshake"},
		{"a header as the body", headerAsBody, get("GET", "/t", "X-Verification: ba6d-41"),
			200, "", "ba6d-41", "text/plain; charset=utf-8", signature.Unsigned, "handshake"},
		{"HMAC of a query value", hmacQuery, get("GET", "/t?crc_token=OTc0ZDMyYWU"),
			200, "", `{"response_token":"sha256=` + base64.StdEncoding.EncodeToString(mac("OTc0ZDMyYWU")) + `"}`,
			"application/json", signature.Unsigned, "handshake"},
		{"HMAC of a JSON value", hmacJSON, post(`{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}`),
			200, "", `{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"` + hex.EncodeToString(mac("qgg8vlvZRS6UYooatFL8Aw")) + `"}`,
			"application/json", signature.Unsigned, "handshake"},
		{"HEAD", statusOnly, get("HEAD", "/t"), 200, "", "", "", signature.Unsigned, "handshake"},
		{"below the endpoint", statusOnly, get("HEAD", "/t/below"), 200, "", "", "", signature.Unsigned, "handshake"},
		{"a right signature", intent, post(signed, "X-Signature: "+hex.EncodeToString(mac(signed))),
			200, "", "", "", signature.Verified, "handshake"},
		{"no content", noContent, post(`{"type":0}`), 204, "", "", "", signature.Unsigned, "0"},
		{"a token in the body", bodyToken, post(`{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZG"}`), 200, "", "", "", signature.Unsigned, "handshake"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := start(t, []inspector.Endpoint{shaken()}, shaker(t, c.tables))
			reply := r.raw(c.request)
			if reply.Status != c.status || string(reply.Body) != c.body || reply.Header.Get("Content-Type") != c.typ {
				t.Errorf("answered %d %q %q", reply.Status, reply.Header, reply.Body)
			}
			if name, value, _ := strings.Cut(c.header, ": "); c.header != "" && reply.Header.Get(name) != value {
				t.Errorf("answered with header %q, expected %q", reply.Header, c.header)
			}
			if c.body != "" && reply.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Error("the answer leaves its type to the browser")
			}
			k := r.only()
			if k.Handshake != inspector.HandshakeAnswered || k.State != inspector.Kept || k.Outcome != c.outcome ||
				k.Event != c.event || k.Answer.Status != c.status || len(r.shop.Requests()) != 0 {
				t.Errorf("kept as %+v, answer %+v, %d requests at the shop", k.Summary, k.Answer, len(r.shop.Requests()))
			}
		})
	}
}

func TestAHandshakeIsShownWithTheProvidersSentence(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, echoQuery))
	r.raw(get("GET", "/t?hub.challenge=1&hub.verify_token=my-verify-token"))
	k := r.only()
	says := "Shaker checked the address with its verify token."
	step := k.Verdict.Steps[len(k.Verdict.Steps)-1]
	if k.Word() != "Handshake answered" || strings.Join(k.Notes, "") != says || step.Evidence != says || !step.OK {
		t.Errorf("word %q, notes %q, steps %+v", k.Word(), k.Notes, k.Verdict.Steps)
	}
}

func TestARefusedHandshakeNamesWhatToConfigure(t *testing.T) {
	bare := shaken()
	bare.Secrets, bare.VerifyToken = nil, signature.Secret{}
	for _, c := range []struct {
		name, tables, request string
		endpoint              inspector.Endpoint
		status                int
		says                  string
	}{
		{"wrong verify token", echoQuery, get("GET", "/t?hub.challenge=1&hub.verify_token=my-verify-tokem"), shaken(), 403, "Make verify_token"},
		{"no verify token in the request", echoQuery, get("GET", "/t?hub.challenge=1"), shaken(), 403, "Make verify_token"},
		{"no verify token configured", echoQuery, get("GET", "/t?hub.challenge=1&hub.verify_token="), bare, 403, "Set verify_token"},
		{"no secret configured", hmacQuery, get("GET", "/t?crc_token=abc"), bare, 503, "Set secrets"},
		{"wrong signature", intent, post(`{"intent":1}`, "X-Signature: "+strings.Repeat("00", 32)), shaken(), 401, "look at the secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := start(t, []inspector.Endpoint{c.endpoint}, shaker(t, c.tables))
			reply := r.raw(c.request)
			if reply.Status != c.status || strings.Contains(string(reply.Body), "verify") {
				t.Errorf("answered %d %q", reply.Status, reply.Body)
			}
			k := r.only()
			if k.Handshake != inspector.HandshakeRefused || k.State != inspector.Kept || !strings.Contains(strings.Join(k.Notes, " "), c.says) ||
				k.OffersSecret || len(r.shop.Requests()) != 0 {
				t.Errorf("kept as %+v, notes %q", k.Summary, k.Notes)
			}
			for _, secret := range []string{shakerSecret, "my-verify-token"} {
				if strings.Contains(fmt.Sprint(k.Verdict, k.Notes, k.Answer), secret) {
					t.Errorf("the capture tells %q", secret)
				}
			}
		})
	}
}

func TestHandshakesAreNeitherDuplicatesNorOriginals(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, echoJSON))
	question := post(`{"type":"url_verification","challenge":"a","id":"7"}`)
	r.raw(question)
	r.raw(question)
	body := `{"type":"paid","id":"7"}`
	r.raw(post(body, "X-Signature: "+hex.EncodeToString(mac(body))))
	for _, k := range r.captures() {
		if k.Again != nil {
			t.Errorf("%s %q counts as a repetition: %+v", k.Event, k.Handshake, k.Again)
		}
	}
	if got := len(r.shop.Requests()); got != 1 {
		t.Errorf("the shop got %d requests, expected the delivery alone", got)
	}
}

func TestAnOrdinaryDeliveryIsNoHandshake(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, echoQuery+echoJSON+echoHeader+hmacJSON))
	body := `{"type":"paid","challenge":"x"}`
	if reply := r.raw(post(body, "X-Signature: "+hex.EncodeToString(mac(body)))); reply.Status != http.StatusOK {
		t.Errorf("answered %d", reply.Status)
	}
	if k := r.only(); k.Handshake != "" || k.State != inspector.Done || k.Outcome != signature.Verified {
		t.Errorf("kept as %+v", k.Summary)
	}
}

func TestAHandshakeNeedsNoDiagnosis(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, echoJSON))
	r.raw(post(`{"type":"url_verification","challenge":"1"}`))
	if d, err := r.inspector.Diagnose(t.Context(), r.only().ID); d != nil || err != nil {
		t.Errorf("diagnosed %+v, %v", d, err)
	}
}
