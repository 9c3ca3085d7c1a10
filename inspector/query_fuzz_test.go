package inspector

import (
	"fmt"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// FuzzParseQuery: any text is an error or a query that can be asked, and the
// summary never rules out what the whole capture would let in, nor do the needs.
func FuzzParseQuery(f *testing.F) {
	for _, text := range []string{
		"", "word", `"a phrase"`, `-"not this"`, `"a \"quoted\" \\ word"`, "provider:yshop,tweed -event:x", `endpoint:""`,
		"outcome:mismatch,missing", "status:5xx,>=400,none", "header.X-Id:1", "body.a.#.b:>1.5", "body.a\\.b:x", "body.#(a==1).b:x",
		"size:>1.5k", "since:1h until:2026-11-22", "since:9999999999999999w", "is:pinned", "- -- -: :", "a:\"b\"c", "\x00", "żółć:ż",
	} {
		f.Add(text, []byte(`{"a":[{"b":2}],"s":"\u017c\"","n":null}`))
	}
	f.Add("body.a:x", []byte("a=x&b=%zz&a=%41"))
	f.Add("body.a:x", []byte(`{"a":`))
	f.Add("x", []byte(`"\`))
	f.Fuzz(func(t *testing.T, text string, body []byte) {
		q, err := ParseQuery(text, queryNow)
		if err != nil {
			return
		}
		for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
			c := searched()
			c.Message.Body = body
			c.Message.Header = signature.Header{{Name: "Content-Type", Value: kind}}
			match, whole := q.Matches(&c.Summary)
			if all := q.MatchesWhole(c); all && !match || !whole && all != match {
				t.Errorf("%q: summary says %v (whole %v), the capture %v", text, match, whole, all)
			} else if all && !(meets(c, q.Needs()) && q.Within(c.Received, c.Received)) {
				t.Errorf("%q matches a capture that has not what it needs", text)
			}
		}
	})
}

func ExampleParseQuery() {
	q, err := ParseQuery("outcome:mismatch,missing -endpoint:test since:2h", time.Now())
	fmt.Println(q, err)
	_, err = ParseQuery("colour:red", time.Now())
	fmt.Println(err)
	// Output:
	// outcome:mismatch,missing -endpoint:test since:2h <nil>
	// search field "colour" is not known, expected one of provider, endpoint, event, outcome, status, path, id, header.NAME, body.PATH, size, since, until, is; put "colour:red" in quotes to look for the text
}
