package inspector

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// matchText compares without regard to case: all of text, or a part of it.
func matchText(text, want string, all bool) bool {
	if all {
		return strings.EqualFold(text, want)
	}
	return containsFold(text, want)
}

// containsFold tells whether text contains want without regard to case. Most
// of what is searched is ASCII, which needs no copy.
func containsFold[T string | []byte](text T, want string) bool {
	if !isASCII(want) {
		return strings.Contains(strings.ToLower(string(text)), strings.ToLower(want))
	}
	for i := 0; i+len(want) <= len(text); i++ {
		if equalASCII(text[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func equalASCII[T string | []byte](a T, b string) bool {
	for i := range len(b) {
		if lowerASCII(a[i]) != lowerASCII(b[i]) {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// wordTerm looks for a word everywhere.
func wordTerm(w queryWord) (queryTerm, error) {
	want := w.value
	return queryTerm{
		brief: func(s *Summary) bool {
			for _, text := range []string{s.Event, s.Provider, s.Endpoint, s.DeliveryID, s.Path, s.Method, s.Hint} {
				if containsFold(text, want) {
					return true
				}
			}
			return strings.EqualFold(s.ID.String(), want)
		},
		whole: func(c *Capture) bool { return wordInWhole(c, want) },
	}, nil
}

func wordInWhole(c *Capture, want string) bool {
	for _, f := range c.Message.Header {
		if containsFold(f.Name, want) || containsFold(f.Value, want) {
			return true
		}
	}
	if containsFold(c.Note, want) {
		return true
	}
	body := c.Message.Body
	if containsFold(body, want) {
		return true
	}
	// People type what they read, not how it was escaped on the way.
	if plain := unescapeJSON(body); plain != nil && containsFold(plain, want) {
		return true
	}
	return isForm(c) && containsFold(unescapeForm(body), want)
}

func (w queryWord) inHeader(c *Capture, name string) bool {
	for _, v := range c.Message.Header.Values(name) {
		if w.value == "" && !w.quoted || matchText(v, w.value, w.quoted) {
			return true
		}
	}
	return false
}

func isForm(c *Capture) bool {
	return containsFold(c.Message.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
}

// unescapeForm decodes what it can of a form body and leaves the rest.
func unescapeForm(body []byte) string {
	var b strings.Builder
	for pair := range bytes.SplitSeq(body, []byte("&")) {
		text, err := url.QueryUnescape(string(pair))
		if err != nil {
			text = string(pair)
		}
		b.WriteString(text)
		b.WriteByte('\n')
	}
	return b.String()
}

// unescapeJSON returns body with the escapes of JSON strings resolved, nil when
// there are none or it is no JSON.
func unescapeJSON(body []byte) []byte {
	if !bytes.Contains(body, []byte(`\`)) || !gjson.ValidBytes(body) {
		return nil
	}
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] != '"' {
			out = append(out, body[i])
			continue
		}
		end := stringEnd(body, i)
		out = append(out, gjson.ParseBytes(body[i:end]).String()...)
		i = end - 1
	}
	return out
}

// stringEnd returns where the JSON string that starts at i ends.
func stringEnd(body []byte, i int) int {
	for i++; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}
