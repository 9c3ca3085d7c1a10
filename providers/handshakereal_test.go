package providers

import (
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// realFacts are those of an endpoint whose request was signed rightly.
var realFacts = Facts{
	Secret:      signature.NewSecret("#1", "handshake-secret-0001"),
	VerifyToken: signature.NewSecret("t", "verify-token-0001"),
	Verified:    true,
}

// realHandshake is what a provider sends to check an address, and the answer
// that its documentation wants.
type realHandshake struct {
	id     string
	method string
	query  string
	header string // "Name: value"
	body   string
	status int
	answer string // the body
	with   string // a header of the answer, "Name: value"
}

// realHandshakes follow the documentation of each provider; the hashes were
// made with python3 hmac and hashlib.
var realHandshakes = []realHandshake{
	{id: "asana", method: "POST", header: "X-Hook-Secret: b537207f20cbfa02357cf448134da559", status: 200, with: "X-Hook-Secret: b537207f20cbfa02357cf448134da559"},
	{id: "circle", method: "HEAD", status: 200},
	{id: "clio", method: "POST", header: "X-Hook-Secret: b537207f20cbfa02357cf448134da559", status: 200, with: "X-Hook-Secret: b537207f20cbfa02357cf448134da559"},
	{id: "discord", method: "POST", body: `{"version":1,"application_id":"1234560123453231555","type":0}`, status: 204},
	{id: "dropbox", method: "GET", query: "challenge=zL1mOXJC", status: 200, answer: "zL1mOXJC"},
	{id: "ebay", method: "GET", query: "challenge_code=a8628072-3d33-45ee-9004-bee86830a22d", status: 200,
		answer: `{"challengeResponse":"0780f356914d54a644dd52060c5b0472ac0b22f01726e65e9b9c5749735a97d2"}`},
	{id: "exact_online", method: "POST", status: 200},
	{id: "facebook_graph_api", method: "GET", query: metaQuery, status: 200, answer: "1158201444"},
	{id: "facebook_messenger", method: "GET", query: metaQuery, status: 200, answer: "1158201444"},
	{id: "instagram", method: "GET", query: metaQuery, status: 200, answer: "1158201444"},
	{id: "whatsapp", method: "GET", query: metaQuery, status: 200, answer: "1158201444"},
	{id: "front", method: "POST", header: "X-Front-Challenge: 8a1d4c", body: `{}`, status: 200, answer: "8a1d4c"},
	{id: "intercom", method: "HEAD", status: 200},
	{id: "line", method: "POST", body: `{"destination":"U1","events":[]}`, status: 200},
	{id: "linkedin", method: "GET", query: "challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0", status: 200,
		answer: `{"challengeCode":"890e4665-4dfe-4ab1-b689-ed553bceeed0","challengeResponse":"616dd6922029f18c43df2896146aa9e5968a5ce3db5654a3bbce6cd9c9f56aed"}`},
	{id: "mailchimp", method: "GET", status: 200},
	{id: "mandrill", method: "HEAD", status: 200},
	{id: "microsoft_graph", method: "POST", query: "validationToken=Validation%3a+Testing+client+application+reachability", status: 200,
		answer: "Validation: Testing client application reachability"},
	{id: "sharepoint", method: "POST", query: "validationtoken=4b1d6c1e-1f4a", status: 200, answer: "4b1d6c1e-1f4a"},
	{id: "monday", method: "POST", body: `{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}`, status: 200,
		answer: `{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}`},
	{id: "notion", method: "POST", body: `{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}`, status: 200},
	{id: "nylas", method: "GET", query: "challenge=bc609b38-c81f", status: 200, answer: "bc609b38-c81f"},
	{id: "okta", method: "GET", header: "X-Okta-Verification-Challenge: abc123", status: 200, answer: `{"verification":"abc123"}`},
	{id: "onfleet", method: "GET", query: "check=0d34f1", status: 200, answer: "0d34f1"},
	{id: "oura", method: "GET", query: "verification_token=verify-token-0001&challenge=Rx9a", status: 200, answer: `{"challenge":"Rx9a"}`},
	{id: "ringcentral", method: "POST", header: "Validation-Token: 0eb1-44", status: 200, with: "Validation-Token: 0eb1-44"},
	{id: "slack", method: "POST", body: `{"token":"Jhj5","challenge":"3eZbrw1aB10","type":"url_verification"}`, status: 200, answer: "3eZbrw1aB10"},
	{id: "smartcar", method: "POST", body: `{"eventType":"VERIFY","data":{"challenge":"3a5c8f72-e6d9-4b1a-9f2e-8c7d6a5b4e3f"}}`, status: 200,
		answer: `{"challenge":"12408f0444359fb637617908d5b3ed6a57c34a10a1a1b88c3975afdefe5c35e5"}`},
	{id: "strava", method: "GET", query: metaQuery, status: 200, answer: `{"hub.challenge":"1158201444"}`},
	{id: "tebex", method: "POST", body: `{"id":"69fb92bc-64ca","type":"validation.webhook","date":"2022-07-20T18:50:29+00:00","subject":{}}`, status: 200, answer: `{"id":"69fb92bc-64ca"}`},
	{id: "trello", method: "HEAD", status: 200},
	{id: "twitch", method: "POST", header: "Twitch-Eventsub-Message-Type: webhook_callback_verification", body: `{"challenge":"pogchamp-kappa-360noscope-vohiyo"}`, status: 200, answer: "pogchamp-kappa-360noscope-vohiyo"},
	{id: "twitter", method: "GET", query: "crc_token=OTc0ZDMyYWUtOGIyMi00YzIz", status: 200,
		answer: `{"response_token":"sha256=624To4iZ5QPXOZwlw5cPCdbA9oZjFOa/hdbsgoOog0g="}`},
	{id: "vercel_log_drains", method: "POST", status: 200, with: "x-vercel-verify: verify-token-0001"},
	{id: "viva", method: "GET", status: 200, answer: `{"Key":"verify-token-0001"}`},
	{id: "woocommerce", method: "POST", body: "webhook_id=10", status: 200},
	{id: "worldline", method: "GET", header: "X-GCS-Webhooks-Endpoint-Verification: a2b1-77", status: 200, answer: "a2b1-77"},
	{id: "xero", method: "POST", body: `{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3r4Nd0mt3xt"}`, status: 200},
	{id: "zoom", method: "POST", body: `{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}`, status: 200,
		answer: `{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"d32d2bdbb370f240dbf53a2fda670f9dd1d4785b6843cd5f6f1e21670b39f851"}`},
}

const metaQuery = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify-token-0001"

func (h realHandshake) message() signature.Message {
	m := question(h.method, "/hook", h.body)
	if h.query != "" {
		m = question(h.method, "/hook?"+h.query, h.body)
	}
	if name, value, found := strings.Cut(h.header, ": "); found {
		m.Header = signature.Header{{Name: name, Value: value}}
	}
	return m
}

// realLeast is how many of the list the catalogue has at the least.
const realLeast = 39

func TestRealHandshakesAreAnsweredAsDocumented(t *testing.T) {
	count, catalog := 0, embedded(t)
	for _, h := range realHandshakes {
		p, known := catalog.Get(h.id)
		if !known {
			continue
		}
		count++
		a, is := p.Handshake(h.message(), realFacts)
		if !is || a.Refused || a.Status != h.status || string(a.Body) != h.answer {
			t.Errorf("%s: handshake %v, answered %d %q: %s", h.id, is, a.Status, a.Body, a.Says)
		}
		if name, value, _ := strings.Cut(h.with, ": "); a.Header.Get(name) != value {
			t.Errorf("%s: answered with %q, expected %q", h.id, a.Header, h.with)
		}
		if strings.HasPrefix(h.answer, "{") != (a.Type == typeJSON) {
			t.Errorf("%s: answered as %q", h.id, a.Type)
		}
	}
	if count < realLeast {
		t.Errorf("the catalogue has %d of the %d providers, expected at least %d", count, len(realHandshakes), realLeast)
	}
}

// TestNoExampleIsTakenForAHandshake would fail where a rule is too wide. A
// handshake that is signed may be an example.
func TestNoExampleIsTakenForAHandshake(t *testing.T) {
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			if a, is := p.Handshake(e.Message, realFacts); is && !a.Signed {
				t.Errorf("%s: example %s is answered as a handshake: %s", p.ID, e.File, a.Says)
			}
		}
	}
}

func TestRealRepliesAreThoseOfTheDocumentation(t *testing.T) {
	count, catalog := 0, embedded(t)
	for _, c := range []struct{ id, body, reply string }{
		{"adyen", `{}`, "[accepted]"},
		{"comgate", "merchant=1", "code=0&message=OK"},
		{"salesforce", "<x/>", `<Ack>true</Ack>`},
		{"tpay", "id=1", "TRUE"},
		{"wechat_pay", `{}`, `"SUCCESS"`},
		{"zift", `{"notificationId":7}`, `{"notificationId":7}`},
	} {
		p, known := catalog.Get(c.id)
		if !known {
			continue
		}
		count++
		a, wanted := p.Reply(question("POST", "/hook", c.body))
		if !wanted || a.Status != 200 || !strings.Contains(string(a.Body), c.reply) {
			t.Errorf("%s: replied %d %q", c.id, a.Status, a.Body)
		}
	}
	if count == 0 {
		t.Error("the catalogue has none of these providers")
	}
}
