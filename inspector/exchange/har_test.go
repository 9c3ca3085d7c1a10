package exchange_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/har"

	"shopbell/inspector"
	"shopbell/inspector/exchange"
	"shopbell/providers/signature"
)

var harTime = time.Date(2026, 11, 22, 14, 31, 12, 5e6, time.UTC)

// archived is one capture as another program reads its archive, and the archive.
func archived(t *testing.T, c inspector.Capture) (*har.Entry, string) {
	t.Helper()
	text, err := exchange.HAR("1.2.3", []inspector.Capture{c})
	if err != nil {
		t.Fatal(err)
	}
	var read har.HAR
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if l := read.Log; l.Version != "1.2" || l.Creator.Version != "1.2.3" || len(l.Entries) != 1 {
		t.Fatalf("the archive is %s", text)
	}
	return read.Log.Entries[0], string(text)
}

func TestAnArchiveHasTheRequestAndWhatItsSenderGot(t *testing.T) {
	m := signature.Message{
		Method: "POST", Target: "/hook?a=1&b=%C5%82&b=%zz", URL: "https://fox.example/hook?a=1&b=%C5%82&b=%zz",
		Header: signature.Header{{Name: "Host", Value: "fox.example"}, {Name: "x-Two", Value: "1"}, {Name: "X-Two", Value: "<2>"}, {Name: "Content-Type", Value: "application/json"}, {Name: "Cookie", Value: "k=v"}},
		Body:   []byte(`{"text":"<żółw> & \u0000"}`),
	}
	c := inspector.Capture{Summary: inspector.Summary{Received: harTime, Outcome: signature.Verified, Cover: signature.CoverBody}, Message: m}
	c.Deliveries = []inspector.Delivery{
		{Kind: inspector.First, Status: 302, Sent: harTime, Answered: harTime.Add(12 * time.Millisecond), Body: []byte{0, 255, 1}, Header: signature.Header{{Name: "Location", Value: "/x"}, {Name: "Set-Cookie", Value: "s=1; Path=/; HttpOnly"}}},
		{Kind: inspector.Replayed, Status: 200},
	}
	e, text := archived(t, c)
	if e.StartedDateTime != "2026-11-22T14:31:12.005Z" || e.Time != 12 || !strings.HasPrefix(e.Comment, "verdict: verified body; capture ") {
		t.Errorf("the entry is %+v", e)
	}
	r := e.Request
	if r.Method != "POST" || r.URL != m.URL || len(r.Headers) != 5 || r.Headers[2].Name != "X-Two" || r.Headers[2].Value != "<2>" || r.PostData.Text != string(m.Body) || r.BodySize != int64(len(m.Body)) {
		t.Errorf("the request is %+v", r)
	}
	if len(r.QueryString) != 3 || r.QueryString[1].Value != "ł" || r.QueryString[2].Value != "%zz" || len(r.Cookies) != 1 {
		t.Errorf("the query is %v, the cookies %v", r.QueryString, r.Cookies)
	}
	a := e.Response
	if a.Status != 302 || a.RedirectURL != "/x" || !bytes.Equal(a.Content.Text, []byte{0, 255, 1}) || a.Content.Encoding != "base64" || len(a.Cookies) != 1 || !a.Cookies[0].HTTPOnly {
		t.Errorf("the answer is %+v", a)
	}
	if strings.Contains(text, "null") || !strings.Contains(text, "<2>") {
		t.Errorf("a list is null, or text is escaped needlessly:\n%s", text)
	}
}

func TestABodyThatIsNoTextIsInBase64(t *testing.T) {
	e, _ := archived(t, inspector.Capture{Summary: inspector.Summary{Received: harTime}, Message: signature.Message{Method: "POST", Target: "/", Body: []byte("\xff\x00")}})
	if p := e.Request.PostData; p.Text != "/wA=" || p.Comment != "base64" {
		t.Errorf("the body is %+v", p)
	}
	if e.Response.Status != 0 || e.Request.HeadersSize != -1 {
		t.Errorf("got %+v", e.Response)
	}
}

func TestWhatWeAnsweredOurselvesIsSaidToBeOurs(t *testing.T) {
	c := inspector.Capture{Summary: inspector.Summary{Received: harTime}, Message: signature.Message{Method: "GET", Target: "/"}, Answer: inspector.Reply{Status: 401, By: "shopbell", Says: "no"}}
	c.Deliveries = []inspector.Delivery{{Kind: inspector.First, Status: 200}} // released later
	e, text := archived(t, c)
	if e.Response.Status != 401 || e.Response.Comment != "answered by Shopbell" || e.Request.PostData != nil {
		t.Errorf("the entry is %s", text)
	}
}
