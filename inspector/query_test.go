package inspector

import (
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers/signature"
)

var queryNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func searched() *Capture {
	return &Capture{
		Summary: Summary{
			ID: ulid.MustParse("01JDAAAAAAAAAAAAAAAAAAAAAA"), Received: queryNow.Add(-90 * time.Minute),
			Endpoint: "yshop live", Provider: "yshop", Event: "order.paid", DeliveryID: "evt_123",
			Outcome: signature.Mismatch, Method: "POST", Path: "/yshop/9f1c?x=1", Size: 20 << 10,
			State: Held, Status: 502, Pinned: true, Again: &Again{Kind: Duplicate}, Hint: "Order 77, J*** K***",
		},
		Message: signature.Message{
			Header: signature.Header{{Name: "Content-Type", Value: "application/json; charset=utf-8"}, {Name: "X-Empty"}},
			Body:   []byte(`{"data":{"id":"ord_9","status":"Paid","total":100.5,"name":"Za\u017c\u00f3\u0142\u0107"},"items":[{"sku":"A-1"},{"sku":"B-2"}],"live":true,"none":null}`),
		},
		Note: "merchant called twice",
	}
}

func TestQueryFindsACapture(t *testing.T) {
	for _, text := range []string{
		"", "  ", "ORDER.paid", "yshop", `"live"`, `"yshop live"`, "evt_1", "9f1c", "post", "77", // in the summary
		"charset", "X-Empty", "ord_9", "MERCHANT", `"called twice"`, "zażółć", "ZAŻÓŁĆ", // in the rest
		"provider:yshop", "provider:YSHOP", "provider:tweed,yshop", "endpoint:live", `endpoint:"yshop live"`,
		"event:paid", `event:"order.paid"`, "event:refunded,paid", "outcome:mismatch", "outcome:missing,mismatch",
		"status:502", "status:5xx", "status:>=500", "status:2xx,5xx", "path:/YSHOP/", "id:123", "id:01jdaaaa",
		"header.content-type:json", "header.X-Empty:", `header.x-empty:""`, `header.content-type:"application/json; charset=utf-8"`,
		"body.data.status:paid", `body.data.status:"paid"`, "body.data.total:100.5", "body.data.total:>100", "body.items.#.sku:b-2",
		"body.live:true", "body.none:null", "body.data:", "size:>10k", "size:20k", "size:<1M", "size:>=20480",
		"since:2h", "since:2026-11-22", "until:2026-11-22", "until:1h", "since:2026-11-22T10:00:00Z", "since:1w until:30m",
		"is:pinned", "is:held", "is:duplicate", "-is:waiting", "-provider:tweed", "-nothing", "-body.data.status:open",
		`event:paid -"not there" status:5xx`,
	} {
		if match, why := search(t, text); !match {
			t.Errorf("%q does not find it: %s", text, why)
		}
	}
}

func TestQueryPassesACaptureOver(t *testing.T) {
	for _, text := range []string{
		"tweed", "-yshop", "-ord_9", `"twice called"`, "provider:ysh", `endpoint:"yshop"`, `endpoint:""`, `event:"paid"`,
		"outcome:verified", "status:2xx", "status:none", "status:<500", "path:/tweed", "id:999",
		"header.content-type:xml", "header.X-Missing:", `header.content-type:"json"`, "body.data.status:open", `body.data.status:"pai"`,
		"body.data.total:100", "body.data.total:<100", "body.nowhere:", "body.items.#.sku:c", "size:<10k", "size:>20k",
		"since:1h", "until:2h", "until:2026-11-21", "is:waiting", "-is:pinned", "-is:held", "paid unpaid-x",
	} {
		if match, why := search(t, text); match {
			t.Errorf("%q finds it: %s", text, why)
		}
	}
}

// search runs both steps as a store does, and checks that they agree.
func search(t *testing.T, text string) (bool, string) {
	t.Helper()
	q, err := ParseQuery(text, queryNow)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	c := searched()
	match, whole := q.Matches(&c.Summary)
	all := q.MatchesWhole(c)
	if all && !meets(c, q.Needs()) {
		t.Errorf("%q matches a capture that has not what it needs", text)
	}
	if !whole && match != all {
		t.Errorf("%q: the summary says %v, the whole capture %v", text, match, all)
	}
	if q.String() != text {
		t.Errorf("%q came back as %q", text, q.String())
	}
	if !match {
		return false, "by the summary"
	}
	return all, "by the whole capture"
}

func TestQueryErrorsNameTheWord(t *testing.T) {
	for text, wants := range map[string][]string{
		"color:red":       {`"color"`, "provider, endpoint"},
		"http://x":        {`"http"`, "quotes"},
		"outcome:good":    {`"good"`, "no_secret"},
		"status:fine":     {`"fine"`, "5xx"},
		"status:7xx":      {`"7xx"`, "5xx"},
		"size:big":        {`"big"`, "10k"},
		"since:yesterday": {`"yesterday"`, "RFC 3339"},
		"is:new":          {`"new"`, "duplicate"},
		"event:":          {`"event"`, "no value"},
		"header.:x":       {`"header."`, "header.NAME"},
		"cookie.x:y":      {`"cookie.x"`, "body.PATH"},
		"body.@this:x":    {`"body.@this"`, "names with dots"},
		`say "hello`:      {"hello", "closing quote"},
		`"a"b`:            {`a`, "space"},
		":x":              {`":x"`, "quotes"},
		"provider:a,,b":   {`"a,,b"`},
		"\xff":            {"UTF-8"},
	} {
		_, err := ParseQuery(text, queryNow)
		if err == nil {
			t.Errorf("%q was accepted", text)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q: error %q does not say %q", text, err, want)
			}
		}
	}
	if _, err := ParseQuery(strings.Repeat("a ", maxQueryTerms+1), queryNow); err == nil {
		t.Error("too many words were accepted")
	}
	if _, err := ParseQuery(strings.Repeat("a", maxQueryText+1), queryNow); err == nil {
		t.Error("too long a text was accepted")
	}
}

func TestQueryReadsFormBodies(t *testing.T) {
	c := searched()
	c.Message.Header = signature.Header{{Name: "content-type", Value: "application/x-www-form-urlencoded; charset=utf-8"}}
	c.Message.Body = []byte("id=77&mail=jan%40example.pl&city=Nowy+S%C4%85cz&total=12.5&empty=")
	for text, want := range map[string]bool{
		"jan@example.pl": true, `"nowy sącz"`: true, "body.mail:jan@": true, `body.id:"77"`: true, `body.id:"7"`: false,
		"body.total:>12": true, "body.total:>13": false, "body.empty:": true, "body.none:": false,
	} {
		q, err := ParseQuery(text, queryNow)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.MatchesWhole(c); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestDatesAreDaysOfTheAskersZone(t *testing.T) {
	zone := time.FixedZone("UTC+10", 10*60*60)
	q, err := ParseQuery("since:2026-11-22 until:2026-11-22", queryNow.In(zone))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]bool{
		"2026-11-22T00:00:00+10:00": true, "2026-11-22T23:59:59+10:00": true,
		"2026-11-21T23:59:59+10:00": false, "2026-11-23T00:00:00+10:00": false,
	} {
		received, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := q.Matches(&Summary{Received: received}); got != want {
			t.Errorf("%s: %v, want %v", at, got, want)
		}
	}
}

func TestZeroQueryMatchesEverything(t *testing.T) {
	if match, whole := (Query{}).Matches(&Summary{}); !match || whole {
		t.Errorf("match %v, whole %v", match, whole)
	}
	if !(Query{}).MatchesWhole(&Capture{}) {
		t.Error("it passes over a capture")
	}
}
