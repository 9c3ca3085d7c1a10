package providers

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

func itoa(n int) string { return strconv.Itoa(n) }

// without takes a part out of m.
func without(m signature.Message, p signature.Part) signature.Message {
	switch p.Kind {
	case signature.PartHeader:
		stem, open := strings.CutSuffix(p.Name, "*")
		for _, f := range m.Header {
			if strings.EqualFold(f.Name, p.Name) || open && len(f.Name) > len(stem) && strings.EqualFold(f.Name[:len(stem)], stem) {
				m.Header = m.Header.Without(f.Name)
			}
		}
	case signature.PartForm:
		m.Body = []byte(withoutPair(string(m.Body), p.Name))
	case signature.PartQuery:
		path, query, _ := strings.Cut(m.Target, "?")
		m.Target = path + "?" + withoutPair(query, p.Name)
	case signature.PartJSON:
		m.Body = withoutMember(m.Body, strings.Split(p.Name, "."))
	case signature.PartBody:
		m.Body = nil
	}
	return m
}

func withoutPair(text, name string) string {
	var out []string
	for pair := range strings.SplitSeq(text, "&") {
		k, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(k); err == nil && plain == name {
			continue
		}
		out = append(out, pair)
	}
	return strings.Join(out, "&")
}

func withoutMember(body []byte, path []string) []byte {
	var list []json.RawMessage
	if path[0] == "*" && json.Unmarshal(body, &list) == nil {
		for i := range list {
			list[i] = withoutMember(list[i], path[1:])
		}
		return marshal(list, body)
	}
	if i, err := strconv.Atoi(path[0]); err == nil && len(path) > 1 && json.Unmarshal(body, &list) == nil && i < len(list) {
		list[i] = withoutMember(list[i], path[1:])
		return marshal(list, body)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		return body
	}
	if len(path) == 1 {
		delete(object, path[0])
	} else if inner, ok := object[path[0]]; ok {
		object[path[0]] = withoutMember(inner, path[1:])
	}
	return marshal(object, body)
}

// marshal returns v as JSON, body if it has none.
func marshal(v any, body []byte) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		return body
	}
	return out
}

// with puts a value where the signature stands.
func with(m signature.Message, p signature.Part, value string) signature.Message {
	switch p.Kind {
	case signature.PartHeader:
		m.Header = m.Header.With(p.Name, value)
	case signature.PartForm:
		m.Body = []byte(withoutPair(string(m.Body), p.Name) + "&" + url.QueryEscape(p.Name) + "=" + url.QueryEscape(value))
	case signature.PartQuery:
		path, query, _ := strings.Cut(m.Target, "?")
		m.Target = path + "?" + withoutPair(query, p.Name) + "&" + url.QueryEscape(p.Name) + "=" + url.QueryEscape(value)
	case signature.PartJSON:
		old := signature.ReadFields(m).Get(p).Text
		m.Body = []byte(strings.Replace(string(m.Body), old, value, 1))
	case signature.PartBody:
		m.Body = []byte(value)
	}
	return m
}

// changed puts another character of the same kind at a place of text.
func changed(text string, at int) string {
	b := []byte(text)
	switch c := b[at]; {
	case c >= '0' && c <= '9':
		b[at] = '0' + (c-'0'+5)%10
	case c >= 'a' && c <= 'f':
		b[at] = 'a' + (c-'a'+3)%6
	case c >= 'A' && c <= 'F':
		b[at] = 'A' + (c-'A'+3)%6
	case c >= 'a' && c <= 'z':
		b[at] = 'a' + (c-'a'+13)%26
	case c >= 'A' && c <= 'Z':
		b[at] = 'A' + (c-'A'+13)%26
	default:
		b[at] = 'Q'
	}
	return string(b)
}

// spoiledSecret changes a secret in several places, so that whatever is made
// of it is another key.
func spoiledSecret(text string) string {
	for _, part := range []int{3, 4, 5, 6} {
		text = changed(text, len(text)*part/8)
	}
	return text
}
