package console_test

import (
	"net/http"
	"strings"
	"testing"
	"unicode"
)

func TestLookTranscript(t *testing.T) {
	file := transcript(t, "look.txt")
	data, config, serve := filled(t)
	stopped(t, serve)
	all := listed(t, data)
	checkTranscript(t, file, t.TempDir(), map[string]string{
		"DATA": data, "CONFIG": config, "TWEED": all[0]["id"].(string), "TWISTO": all[1]["id"].(string),
	})
}

func TestNothingHostileReachesTheTerminal(t *testing.T) {
	data := t.TempDir()
	serve := startServe(t, data, "--shop", newShop(t).URL)
	request, err := http.NewRequest("POST", serve.url("/x"), strings.NewReader("{\"type\":\"\\u001b[2J\\u202e\\u009b31m\",\"raw\":\"\x1b]0;title\x07\"}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Tweed-Delivery", "1\u009b2J\u202e")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	stopped(t, serve)
	id := listed(t, data)[0]["id"].(string)
	for _, args := range [][]string{{"list", "--data", data}, {"show", "--data", data, id}} {
		_, out, _ := run(t, nil, args...)
		if strings.ContainsFunc(out, func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) }) {
			t.Errorf("%s prints control characters: %q", args[0], out)
		}
		if args[0] == "show" && !strings.Contains(out, `\x1b]0;title\x07`) {
			t.Errorf("show does not make visible what a terminal would obey: %q", out)
		}
	}
}
