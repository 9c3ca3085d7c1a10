package console_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

// servedText runs a serve with text output while send delivers to its endpoint,
// and returns what it printed and said.
func servedText(t *testing.T, data string, flags []string, send func(url string)) (out, talk string) {
	t.Helper()
	p := program(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--data", data}, flags...)...)
	var said bytes.Buffer
	p.Stderr = &said
	pipe := begin(t, p)
	return drive(t, p, pipe, send), said.String()
}

func post(t *testing.T, url, id, body string) {
	t.Helper()
	request, err := http.NewRequest("POST", url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Tweed-Delivery", id)
	request.Header.Set("X-Tweed-Event", "CHECKOUT_STATUS_UPDATED")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

func TestARepeatedDeliveryIsSaidToBeOne(t *testing.T) {
	data := t.TempDir()
	out, talk := servedText(t, data, []string{"--shop", newShop(t).URL, "--endpoint", "tweed"}, func(url string) {
		for _, d := range [][2]string{{"one", `{"type":"a"}`}, {"one", `{"type":"a"}`}, {"two", `{"type":"a"}`}, {"one", `{"type":"b"}`}} {
			post(t, url, d[0], d[1])
		}
	})
	_, listed, _ := run(t, nil, "list", "--data", data)
	for _, says := range []string{"duplicate", "same content again", "same id, other content!"} {
		if !strings.Contains(out, says) || !strings.Contains(listed, says) {
			t.Errorf("serve printed\n%s\nand list\n%s\nexpected both to say %q", out, listed, says)
		}
	}
	if strings.Contains(talk, "closed") {
		t.Errorf("a normal stop says %q", talk)
	}
	if secret := secretOf(t, out); strings.Contains(strings.SplitN(out, "local api", 2)[1], secret) {
		t.Errorf("the lines of captures and deliveries show the secret path %s:\n%s", secret, out)
	}
}

func TestSecretsOnACatchAllAreSaidNotToCoverEverything(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "shopbell.toml", "[[endpoint]]\nname = \"all\"\npath = \"/\"\nsecrets = [\"env:TWEED_SECRET\"]\n")
	_, talk := servedText(t, t.TempDir(), []string{"--shop", newShop(t).URL, "--config", "shopbell.toml"}, func(string) {})
	if !strings.Contains(talk, `endpoint "all" takes every provider`) || !strings.Contains(talk, "unchecked") {
		t.Errorf("serve said %q, expected what the catch-all does not check", talk)
	}
}
