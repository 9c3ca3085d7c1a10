package providers

import (
	"strings"
	"testing"
)

func TestAWrongHandshakeIsExplained(t *testing.T) {
	for _, c := range []struct{ table, key, says string }{
		{"[[handshake]]\nbody = \"x\"", "[[handshake]]", "when is missing"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nstatus = 302", "[[handshake]]", "status 302"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nstatus = 204\nbody = \"x\"", "[[handshake]]", "status 204"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\ntype = \"text/html\"", "[[handshake]]", `type "text/html"`},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nchallenge = \"any\"", "challenge", `challenge "any"`},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nbody = \"{secret}\"", "[[handshake]]", "would tell the secret"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nbody = \"{secret|base64}\"", "[[handshake]]", "would tell the secret"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nbody = \"{text}\"\ntext = \"{secret}\"", "[[handshake]]", "would tell the secret"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nheaders = { \"X\" = \"{secret}\" }", "headers", "would tell the secret"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nbody = \"{text|sha256|hex}\"", "[[handshake]]", "has no text"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nbody = \"{timestamp}\"", "[[handshake]]", "expected parts of the message"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nheaders = { \"Set-Cookie\" = \"a\" }", "headers", `header "Set-Cookie"`},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nheaders = { \"X\\r\\nY\" = \"a\" }", "headers", "expected letters"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\ncheck = \"secret\"", "check", `check "secret"`},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nstore = \"body\"", "store", `store "body"`},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nsays = \"no full stop\"", "says", "full stop"},
		{"[reply]\nstatus = 404", "[reply]", "status 404"},
		{"[reply]\ntype = \"image/svg+xml\"", "[reply]", `type "image/svg+xml"`},
		{"[reply]\nbody = \"{json:id|hmac-sha256|hex}\"", "[reply]", "parts of the message only"},
		{"[[handshake]]\nwhen = [\"method = GET\"]\n[reply]\nbody = \"TRUE\"", "", ""},
		{"[[handshake]]\nwhen = [\"method = GET\"]\nbody = \"{secret:public_key}|{text|sha256|hex}\"\ntext = \"{query:a}{verify_token}{url}\"", "", ""},
	} {
		f, err := decode("a.toml", []byte(c.table+"\n"))
		if err != nil {
			t.Fatalf("%s\n%v", c.table, err)
		}
		if key, problem := f.checkHandshakes(); key != c.key || !strings.Contains(problem, c.says) {
			t.Errorf("%s\ngot %q: %s", c.table, key, problem)
		}
	}
}
