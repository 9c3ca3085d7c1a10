package tunnel

import (
	"strings"
	"testing"
)

func TestThePublicAddressIsFoundInWhatAServiceWrites(t *testing.T) {
	domains := []string{".lhr.life", ".srv.us", ".serveo.net", ".pinggy.io"}
	for line, want := range map[string]string{
		"1: https://abc123.srv.us/":                                 "https://abc123.srv.us",
		"\x1b[1m\x1b[36mQuiet-Fox.lhr.life\x1b[0m tunneled":         "https://quiet-fox.lhr.life",
		`{"event":"tcpip-forward","address":"ab12.lhr.life","x":1}`: "https://ab12.lhr.life",
		"\x1b]0;title\x07https://a.b.srv.us":                        "https://a.b.srv.us",
		"see https://srv.us/docs":                                   "",
		"https://x.srv.us.evil.example/":                            "",
		"free for an hour, see https://dashboard.pinggy.io":         "",
		"https://console.serveo.net/keys for https://a.serveo.net":  "https://a.serveo.net",
		"https://lhr.life":                                          "",
		"GET /https://evil.srv.us 200":                              "",
		"1.2.3.4 POST /?u=evil.srv.us https://a.srv.us":             "https://a.srv.us",
		"": "",
	} {
		if got := publicURL(line, domains); got != want {
			t.Errorf("%q: got %q, expected %q", line, got, want)
		}
	}
}

func FuzzPublicURL(f *testing.F) {
	f.Add("https://abc.srv.us", ".srv.us")
	f.Add("\x1b[31m\x1b]", "")
	f.Fuzz(func(t *testing.T, line, domain string) {
		url := publicURL(line, []string{domain})
		if host, yes := strings.CutPrefix(url, "https://"); url != "" && (!yes || strings.ContainsAny(host, "/?#@: \x1b\"")) {
			t.Errorf("got %q", url)
		}
	})
}
