package providers

import (
	"bytes"

	"github.com/tidwall/gjson"

	"shopbell/providers/signature"
)

// safeJSON tells whether body is valid JSON of bounded depth.
func safeJSON(body []byte) bool { return signature.ValidJSON(body) }

// level is one open object or array on the way to a value.
type level struct {
	object bool
	hide   bool // every value inside is personal
	next   bool // the next value is: its key was
	key    bool // the next string is a key
}

// maskJSON copies valid JSON and replaces personal values by dots. White
// space, order and everything else stay as they are. It keeps its own stack,
// because a hostile body nests deep.
func (p personal) maskJSON(body []byte, depth int) []byte {
	out := make([]byte, 0, len(body))
	stack := []level{{}}
	for i := 0; i < len(body); {
		at := &stack[len(stack)-1]
		switch c := body[i]; c {
		case '{', '[':
			stack = append(stack, level{object: c == '{', hide: at.hide || at.next, key: c == '{'})
			at.next = false
		case '}', ']':
			stack = stack[:len(stack)-1]
		case ',':
			at.key = at.object
		case ':', ' ', '\t', '\r', '\n':
		default:
			end := i + tokenEnd(body[i:])
			out = append(out, p.maskToken(body[i:end], at, depth)...)
			i = end
			continue
		}
		out = append(out, body[i])
		i++
	}
	return out
}

// maskToken returns what stands for one key or plain value.
func (p personal) maskToken(token []byte, at *level, depth int) []byte {
	if at.key {
		at.key = false
		at.next = p.hides(unquote(token))
		return token
	}
	hide := at.hide || at.next
	at.next = false
	switch {
	case hide && bytes.Equal(token, []byte("null")):
		return token
	case hide:
		return []byte(`"` + dots + `"`)
	case token[0] == '"':
		if masked, ok := p.reread(token, depth); ok {
			return masked
		}
	}
	return token
}

// tokenEnd is the length of the string, number or word that text begins with.
func tokenEnd(text []byte) int {
	if text[0] != '"' {
		if n := bytes.IndexAny(text, ",]} \t\r\n"); n > 0 {
			return n
		}
		return len(text)
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func unquote(token []byte) string { return gjson.ParseBytes(token).Str }
