package signature

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

// write returns a copy of m that has value at p, and nothing else changed but
// the length of its body.
func write(m Message, p Part, value string) (Message, error) {
	m.Head = nil
	switch p.Kind {
	case PartHeader:
		text, err := p.enclose(m.Header.Get(p.Name), value)
		if err != nil {
			return m, err
		}
		m.Header = m.Header.With(p.Name, text)
	case PartQuery:
		m.Target = setQuery(m.Target, p.Name, value)
		if m.URL != "" {
			m.URL = setQuery(m.URL, p.Name, value)
		}
	case PartForm:
		m.Body = []byte(setPair(string(m.Body), p.Name, value))
	case PartJSON:
		body, err := setJSON(m.Body, p.Name, value)
		if err != nil {
			return m, err
		}
		m.Body = body
	default:
		return m, fmt.Errorf("sign: nothing can be written to %s, expected a header, query, json or form part", p.inWords())
	}
	if p.Kind == PartHeader {
		return m, nil
	}
	return sized(m), nil
}

// enclose puts value where the filters of p find it again: old is what the
// header held before. Only base64 of JSON can be written (eBay).
func (p Part) enclose(old, value string) (string, error) {
	if len(p.Filters) == 0 {
		return value, nil
	}
	if len(p.Filters) != 2 || p.Filters[0].Name != "unbase64" || p.Filters[1].Name != "json" {
		return "", fmt.Errorf("sign: nothing can be written to %s with such filters, expected unbase64 and json", p.inWords())
	}
	doc, err := base64.StdEncoding.DecodeString(old)
	if err != nil || !ValidJSON(doc) || !gjson.ParseBytes(doc).IsObject() {
		doc = []byte("{}")
	}
	if doc, err = setJSON(doc, p.Filters[1].Arg, value); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(doc), nil
}

// setQuery sets one parameter of a target or an absolute address.
func setQuery(target, name, value string) string {
	rest, fragment, cut := strings.Cut(target, "#")
	path, query, _ := strings.Cut(rest, "?")
	out := path + "?" + setPair(query, name, value)
	if cut {
		out += "#" + fragment
	}
	return out
}

// setPair sets one field of a form or query; the others stay byte for byte.
func setPair(text, name, value string) string {
	pair := url.QueryEscape(name) + "=" + url.QueryEscape(value)
	if text == "" {
		return pair
	}
	var out []string
	placed := false
	for old := range strings.SplitSeq(text, "&") {
		k, _, _ := strings.Cut(old, "=")
		if plain, err := url.QueryUnescape(k); err == nil {
			k = plain
		}
		if k != name {
			out = append(out, old)
			continue
		}
		if !placed {
			out = append(out, pair)
			placed = true
		}
	}
	if !placed {
		out = append(out, pair)
	}
	return strings.Join(out, "&")
}

// setJSON puts value at a path of a JSON object, as a number where a number
// stood, and leaves every other byte as it is. Only the last key may be new.
func setJSON(body []byte, path, value string) ([]byte, error) {
	if !ValidJSON(body) {
		return nil, errors.New("sign: the body is not JSON, expected an object to write the signature into")
	}
	at := gjson.ParseBytes(body)
	keys := strings.Split(path, ".")
	for i, key := range keys {
		next, times := memberOf(at, key)
		if times == 0 {
			if i < len(keys)-1 || !at.IsObject() {
				return nil, fmt.Errorf("sign: the body has no %q, expected it for the signature", path)
			}
			return insert(body, at, key, value), nil
		}
		at = next
	}
	text := token(value)
	if at.Type == gjson.Number && json.Valid([]byte(value)) {
		text = value
	}
	return splice(body, at.Index, at.Index+len(at.Raw), text), nil
}

// insert adds a member behind the brace that opens the object.
func insert(body []byte, object gjson.Result, key, value string) []byte {
	member := token(key) + ":" + token(value)
	if strings.TrimSpace(object.Raw[1:len(object.Raw)-1]) != "" {
		member += ","
	}
	return splice(body, object.Index+1, object.Index+1, member)
}

func splice(body []byte, from, to int, text string) []byte {
	out := make([]byte, 0, len(body)+len(text))
	return append(append(append(out, body[:from]...), text...), body[to:]...)
}

// token writes text as a JSON string.
func token(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
