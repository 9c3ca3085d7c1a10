package localapi

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestMaskedBodiesAreMaskedEverywhere(t *testing.T) {
	c := inspector.Capture{Message: signature.Message{Body: []byte("anna@example.org")}, Deliveries: []inspector.Delivery{{Body: []byte("anna@example.org")}}}
	j := NewCaptureJSON(c, Mask{Body: func([]byte) []byte { return []byte("…") }})
	if j.Body != "…" || j.Deliveries[0].Body != "…" {
		t.Errorf("got %q and %q, expected both to be masked", j.Body, j.Deliveries[0].Body)
	}
}

func TestATokenStandsNowhereInAMaskedCapture(t *testing.T) {
	p := providers.Provider{Scheme: signature.Token{At: []signature.Part{
		{Kind: signature.PartHeader, Name: "X-Token"}, {Kind: signature.PartQuery, Name: "token"}, {Kind: signature.PartJSON, Name: "token"},
	}}}
	const target = "/hook?token=t0ken&a=1"
	m := signature.Message{
		Method: "POST", Target: target, URL: "https://shop.example" + target, Body: []byte(`{"token":"t0ken","a":1}`),
		Header: signature.Header{{Name: "x-token", Value: "t0ken"}, {Name: "X-Plain", Value: "kept"}},
		Head:   []byte("POST " + target + " HTTP/1.1\r\nx-token: t0ken\r\nX-Plain: kept\r\n\r\n"),
	}
	c := inspector.Capture{Message: m, Deliveries: []inspector.Delivery{{Target: "http://localhost:8080" + target}}}
	c.Path = target
	j := NewCaptureJSON(c, MaskOf(p))
	text, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text)+string(j.Head), "t0ken") {
		t.Errorf("the token stands in %s\nhead %s", text, j.Head)
	}
	if j.Headers[1].Value != "kept" || !strings.Contains(string(j.Head), "X-Plain: kept") || !strings.Contains(j.Path, "a=1") {
		t.Errorf("more than the token is hidden: %s\nhead %s", text, j.Head)
	}
	if c.Message.Header[0].Value != "t0ken" || string(c.Message.Head) == string(j.Head) {
		t.Error("the capture itself was masked")
	}
}

func TestCandidatesAndTheWholeDiagnosisComeBack(t *testing.T) {
	c := inspector.Capture{Candidates: []string{"github", "whatsapp"}}
	c.Verdict.Diagnosis = &signature.Diagnosis{
		Cause: signature.SecretWhitespace, Also: signature.BodyNewline, Says: "It does match.", Do: "Trim it.", Evidence: "0d 0a",
		Fix: &signature.Fix{Kind: signature.TrimSecret, Secret: "keyring:a"},
	}
	text, err := json.Marshal(NewCaptureJSON(c, Mask{}))
	if err != nil {
		t.Fatal(err)
	}
	var j CaptureJSON
	if err := json.Unmarshal(text, &j); err != nil {
		t.Fatal(err)
	}
	back, err := j.Capture()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Candidates, c.Candidates) || !reflect.DeepEqual(back.Verdict.Diagnosis, c.Verdict.Diagnosis) {
		t.Errorf("%s came back as %+v, %+v", text, back.Candidates, back.Verdict.Diagnosis)
	}
}
