package exchange

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/chromedp/cdproto/har"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// HAR returns captures as an HTTP Archive 1.2, an entry for each: the request as
// it was received and the answer that its sender got, of which the comment tells
// who made it. Bodies of answers are in base64; that of a request is too where
// it is no UTF-8, which the format has no word for but a comment. version is
// that of this program.
//
// Source: http://www.softwareishard.com/blog/har-12-spec/
func HAR(version string, captures []inspector.Capture) ([]byte, error) {
	log := &har.Log{Version: "1.2", Creator: &har.Creator{Name: "Shopbell", Version: version}, Entries: []*har.Entry{}}
	for _, c := range captures {
		log.Entries = append(log.Entries, harEntry(c))
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(har.HAR{Log: log}); err != nil {
		return nil, fmt.Errorf("export as HAR: %w", err)
	}
	return out.Bytes(), nil
}

func harEntry(c inspector.Capture) *har.Entry {
	e := &har.Entry{
		StartedDateTime: c.Received.UTC().Format("2006-01-02T15:04:05.000Z07:00"),
		Request:         harRequest(c.Message), Response: harAnswer(c.Answer), Cache: &har.Cache{}, Timings: &har.Timings{},
		Comment: "verdict: " + strings.TrimSpace(string(c.Outcome)+" "+string(c.Cover)) + "; capture " + c.ID.String(),
	}
	for _, d := range c.Deliveries {
		if d.Kind == inspector.First && d.Status != 0 && c.Answer.Status == 0 {
			e.Time = float64(d.Answered.Sub(d.Sent)) / float64(time.Millisecond)
			e.Response, e.Timings.Wait = harShop(d), e.Time
			break
		}
	}
	return e
}

func harRequest(m signature.Message) *har.Request {
	r := &har.Request{
		Method: m.Method, URL: m.URL, HTTPVersion: "HTTP/1.1", Cookies: []*har.Cookie{}, Headers: harHeaders(m.Header),
		QueryString: harQuery(m.Target), HeadersSize: int64(len(m.Head)), BodySize: int64(len(m.Body)),
	}
	if len(m.Head) == 0 {
		r.HeadersSize = -1
	}
	for _, f := range m.Header {
		if cookies, err := http.ParseCookie(f.Value); err == nil && strings.EqualFold(f.Name, "Cookie") {
			for _, k := range cookies {
				r.Cookies = append(r.Cookies, &har.Cookie{Name: k.Name, Value: k.Value})
			}
		}
	}
	if len(m.Body) > 0 {
		r.PostData = &har.PostData{MimeType: m.Header.Get("Content-Type"), Params: []*har.Param{}, Text: string(m.Body)}
		if !utf8.Valid(m.Body) {
			r.PostData.Text, r.PostData.Comment = base64.StdEncoding.EncodeToString(m.Body), "base64"
		}
	}
	return r
}

// harAnswer is what we answered ourselves.
func harAnswer(a inspector.Reply) *har.Response {
	r := harResponse(a.Status, nil, []byte(a.Says), "text/plain; charset=utf-8")
	r.Comment = "answered by Shopbell"
	if a.Status == 0 {
		r.Comment = "no answer is known"
	}
	return r
}

// harShop is what the shop answered.
func harShop(d inspector.Delivery) *har.Response {
	r := harResponse(d.Status, d.Header, d.Body, d.Header.Get("Content-Type"))
	r.Comment = "answered by the shop"
	if d.Truncated {
		r.Comment += "; the body is cut at the limit of what is kept"
		r.BodySize = -1
	}
	return r
}

func harResponse(status int, header signature.Header, body []byte, kind string) *har.Response {
	r := &har.Response{
		Status: int64(status), StatusText: http.StatusText(status), HTTPVersion: "HTTP/1.1", Cookies: []*har.Cookie{}, Headers: harHeaders(header),
		RedirectURL: header.Get("Location"), HeadersSize: -1, BodySize: int64(len(body)),
		Content: &har.Content{Size: int64(len(body)), MimeType: kind},
	}
	if len(body) > 0 {
		r.Content.Text, r.Content.Encoding = body, "base64"
	}
	for _, f := range header {
		if k, err := http.ParseSetCookie(f.Value); err == nil && strings.EqualFold(f.Name, "Set-Cookie") {
			r.Cookies = append(r.Cookies, &har.Cookie{Name: k.Name, Value: k.Value, Path: k.Path, Domain: k.Domain, HTTPOnly: k.HttpOnly, Secure: k.Secure})
		}
	}
	return r
}

func harHeaders(h signature.Header) []*har.NameValuePair {
	list := []*har.NameValuePair{}
	for _, f := range h {
		list = append(list, &har.NameValuePair{Name: f.Name, Value: f.Value})
	}
	return list
}

// harQuery is the query of a target in its order; what can't be decoded stays as
// it is.
func harQuery(target string) []*har.NameValuePair {
	list := []*har.NameValuePair{}
	_, query, _ := strings.Cut(target, "?")
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		list = append(list, &har.NameValuePair{Name: unescaped(name), Value: unescaped(value)})
	}
	return list
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
