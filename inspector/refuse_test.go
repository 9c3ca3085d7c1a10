package inspector_test

import (
	"bufio"
	"fmt"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// asEverifin is a request of a provider that never retries a 4xx, with more
// header lines and any body.
func asEverifin(t *testing.T, path, body string, fields ...string) string {
	e := example(t, "everifin", "refund.http")
	head := "POST " + path + " HTTP/1.1\r\nHost: h\r\nSignature: " + e.Message.Header.Get("Signature") + "\r\n"
	for _, f := range fields {
		head += f + "\r\n"
	}
	return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

func TestProviderThatNeverRetriesA4xxGetsAnother(t *testing.T) {
	e := example(t, "everifin", "refund.http")
	for name, endpoint := range map[string]inspector.Endpoint{"its own": endpointFor("everifin", "everifin", e), "catch-all": {Name: "all", Path: "/"}} {
		r := start(t, []inspector.Endpoint{endpoint}, small)
		for what, request := range map[string]string{
			"a long body":           asEverifin(t, e.Message.Target, strings.Repeat("x", 2000)),
			"a long head":           asEverifin(t, e.Message.Target, "{}", "X-Long: "+strings.Repeat("x", 5<<10)),
			"a head of net/http's":  asEverifin(t, e.Message.Target, "{}", "X-Long: "+strings.Repeat("x", 30<<10)),
			"an expectation":        asEverifin(t, e.Message.Target, "{}", "Expect: the unexpected"),
			"a header without name": asEverifin(t, e.Message.Target, "{}", "Bad Name: 1"),
		} {
			reply := r.raw(request)
			if reply.Header.Get("Retry-After") == "" {
				t.Errorf("%s, %s: answered %d %v", name, what, reply.Status, reply.Header)
			}
			refused(t, r, reply.Status, reply.Body, 503)
		}
	}
}

func TestDeliveryOnWhichTheJudgingFailsIsKeptAndNotBlamedOnTheSender(t *testing.T) {
	for _, provider := range []string{"everifin", "tweed"} {
		e := example(t, provider, "")
		r := start(t, []inspector.Endpoint{endpointFor(provider, provider, e)}, nil)
		r.inspector.BreakJudging(provider)
		if reply := r.send(e.Message); reply.Status != 503 {
			t.Errorf("%s: answered %d %q", provider, reply.Status, reply.Body)
		}
		c := r.only()
		if c.Outcome != signature.Malformed || c.State != inspector.Held || c.Answer.Status != 503 || string(c.Message.Body) != string(e.Message.Body) {
			t.Errorf("%s: kept as %s %s with answer %+v", provider, c.Outcome, c.State, c.Answer)
		}
	}
}

func TestRequestThatIsNotHTTPIsRefusedInASentenceAndLogged(t *testing.T) {
	log := &logged{}
	r := start(t, []inspector.Endpoint{plain()}, func(o *inspector.Options) { o.Log = log.logger() })
	for k, c := range []struct {
		request string
		status  int
	}{
		{"POST /t HTTP/1.1\r\n\r\n", 400}, {"POST /t\r\n\r\n", 400}, {"POST /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
		{"POST /t HTTP/1.1\r\nHost: h\r\nBad Name: 1\r\n\r\n", 400}, {"POST /t HTTP/1.1\r\nHost: h\r\nX: a\x00b\r\n\r\n", 400},
		{"POST /t HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
		{"POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501}, {"POST /t HTTP/3.0\r\nHost: h\r\n\r\n", 505},
		{"POST /t HTTP/1.1\r\nHost: h\r\nExpect: 200-maybe\r\n\r\n", 417}, {"\x16\x03\x01\r\n\r\n", 400},
	} {
		reply := r.raw(c.request)
		refused(t, r, reply.Status, reply.Body, c.status)
		if n := strings.Count(log.String(), "refusing a delivery"); n != k+1 {
			t.Errorf("%q: %d lines are logged, expected %d", c.request, n, k+1)
		}
	}
	if text := log.String(); !strings.Contains(text, "endpoint=plain") || !strings.Contains(text, "from=127.0.0.1:") {
		t.Errorf("logged: %s", text)
	}
}

func TestRefusalBehindAnAnsweredRequestLeavesItsAnswerAlone(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	bad := "POST /t HTTP/1.1\r\nHost: h\r\nBad Name: 1\r\n\r\n"
	conn := r.dial()
	in := bufio.NewReader(conn)
	for range 2 {
		if _, err := conn.Write([]byte(post("{}"))); err != nil {
			t.Fatal(err)
		}
		if reply := readReply(t, in); reply.Status != 200 {
			t.Errorf("answered %d %q", reply.Status, reply.Body)
		}
	}
	if _, err := conn.Write([]byte(post("{}") + bad)); err != nil { // one after the other, at once
		t.Fatal(err)
	}
	if reply := readReply(t, in); reply.Status != 200 {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	if reply := readReply(t, in); reply.Status != 400 || string(reply.Body) != "The request could not be read.\n" {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
}
