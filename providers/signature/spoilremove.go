package signature

import (
	"strings"

	"github.com/tidwall/gjson"
)

// without returns m without a part that may stand there several times.
func without(m Message, p Part) Message {
	switch p.Kind {
	case PartHeader:
		m.Header = m.Header.Without(p.Name)
	case PartForm:
		m.Body = []byte(withoutPair(string(m.Body), p.Name))
	case PartQuery:
		m.Target = withoutQuery(m.Target, p.Name)
		m.URL = withoutQuery(m.URL, p.Name)
	case PartBody:
		m.Body = nil
	case PartJSON:
		m.Body = withoutPath(m.Body, p.Name)
	}
	return m
}

func withoutQuery(address, name string) string {
	path, query, asked := strings.Cut(address, "?")
	if !asked {
		return address
	}
	if query = withoutPair(query, name); query == "" {
		return path
	}
	return path + "?" + query
}

// withoutPair takes every pair of that name out of a form or query.
func withoutPair(text, name string) string {
	var kept []string
	for pair := range strings.SplitSeq(text, "&") {
		if k, _, _ := strings.Cut(pair, "="); formValue(k) != name {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// withoutPath takes a member out of a JSON body; numbers in the path lead
// through lists.
func withoutPath(body []byte, path string) []byte {
	keys := strings.Split(path, ".")
	name := keys[len(keys)-1]
	object := gjson.ParseBytes(body)
	for _, key := range keys[:len(keys)-1] {
		object, _ = memberOf(object, key)
	}
	inner, err := withoutMember([]byte(object.Raw), name)
	if err != nil {
		return body
	}
	return splice(body, object.Index, object.Index+len(object.Raw), string(inner))
}
