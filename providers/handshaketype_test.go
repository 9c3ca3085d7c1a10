package providers

import (
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// TestAChallengeHasTheTypeThatIsDocumented asks with what is no text for texts
// that are documented as such, hashed or not.
func TestAChallengeHasTheTypeThatIsDocumented(t *testing.T) {
	c := embedded(t)
	for id, body := range map[string]string{
		"smartcar": `{"eventType":"VERIFY","data":{"challenge":%s}}`,
		"slack":    `{"challenge":%s,"type":"url_verification"}`,
		"monday":   `{"challenge":%s}`,
		"zoom":     `{"payload":{"plainToken":%s},"event":"endpoint.url_validation"}`,
		"twitch":   `{"challenge":%s}`,
	} {
		p, _ := c.Get(id)
		for _, value := range []string{"12345", "1e5", "true", "null", `["a"]`, `{"a":"b"}`} {
			m := question("POST", "/hook", strings.Replace(body, "%s", value, 1), signature.Field{Name: "Twitch-Eventsub-Message-Type", Value: "webhook_callback_verification"})
			if a, _ := p.Handshake(m, realFacts); !a.Refused && len(a.Body) > 0 {
				t.Errorf("%s: %s was answered with %q", id, value, a.Body)
			}
		}
	}
	p := asked(t, "[scheme]\nkind = \"unsigned\"\n[[handshake]]\nwhen = [\"json:c\"]\ntype = \"application/json\"\ntext = \"{json:c}\"\nbody = \"{{\\\"c\\\":{json:c|raw},\\\"d\\\":\\\"{json:d}\\\"}}\"\n")
	if a, _ := p.Handshake(question("POST", "/", `{"c":5,"d":"x"}`), Facts{}); string(a.Body) != `{"c":5,"d":"x"}` {
		t.Errorf("answered %q: what is taken raw may be a number", a.Body)
	}
	p = asked(t, hmacScheme+"[[handshake]]\nwhen = [\"json:c\"]\ntext = \"{json:c}\"\nbody = \"{text|hmac-sha1|hex}\"\n")
	if a, _ := p.Handshake(question("POST", "/", `{"c":5}`), realFacts); !a.Refused {
		t.Errorf("answered %q, expected a number in a text to be refused", a.Body)
	}
}

func TestAVerifyTokenThatStandsTwiceIsRefused(t *testing.T) {
	c := embedded(t)
	for _, id := range []string{"facebook_graph_api", "whatsapp", "strava", "oura"} {
		name := "hub.verify_token"
		if id == "oura" {
			name = "verification_token"
		}
		p, _ := c.Get(id)
		ask := func(query string) Answer {
			a, is := p.Handshake(question("GET", "/hook?hub.mode=subscribe&hub.challenge=1&challenge=1&"+query, ""), realFacts)
			if !is {
				t.Fatalf("%s: %s is no handshake", id, query)
			}
			return a
		}
		if a := ask(name + "=verify-token-0001"); a.Refused {
			t.Errorf("%s: one token was refused: %s", id, a.Says)
		}
		for _, query := range []string{
			name + "=x&" + name + "=verify-token-0001", name + "=verify-token-0001&" + name + "=x",
			name + "=verify-token-0001&" + name + "=verify-token-0001", name + "=x&" + strings.Replace(name, "v", "%76", 1) + "=verify-token-0001",
		} {
			if a := ask(query); !a.Refused || a.Status != 403 || len(a.Body) > 0 {
				t.Errorf("%s: %s was answered with %d %q", id, query, a.Status, a.Body)
			}
		}
	}
	p := asked(t, "[scheme]\nkind = \"unsigned\"\n[[handshake]]\nwhen = [\"json:t\"]\ncheck = \"json:t\"\n")
	if a, _ := p.Handshake(question("POST", "/", `{"t":12345}`), Facts{VerifyToken: signature.NewSecret("t", "12345")}); !a.Refused {
		t.Error("a number was taken for the verify token")
	}
}
