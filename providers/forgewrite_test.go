package providers

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"

	"shopbell/providers/signature"
)

// written puts value at a part of m.
func (f form) written(m signature.Message, p signature.Part, value string) signature.Message {
	if p.Kind == signature.PartTimestamp {
		p = f.layout.Timestamp.At
	}
	switch p.Kind {
	case signature.PartLiteral:
	case signature.PartKey:
		for _, at := range f.layout.At {
			if old := signature.ReadFields(m).Get(at); old.Times == 1 {
				was := p.Name + f.layout.List.Equals + f.key(p.Name, m)
				m = with(m, at, strings.Replace(old.Text, was, p.Name+f.layout.List.Equals+value, 1))
			}
		}
	case signature.PartMethod:
		m.Method = value
	case signature.PartURL:
		m.URL, m.Target = value, targetOf(value)
	case signature.PartTarget, signature.PartPath:
		m.Target = value
	case signature.PartForm:
		if m = with(m, signature.Part{Kind: p.Kind, Name: orNever(p.Name)}, value); p.Name == "" {
			m.Body = []byte("a=" + url.QueryEscape(strings.TrimPrefix(value, "a")))
		}
	case signature.PartQuery:
		m = with(m, p, value)
		m.URL = "https://shop.example" + m.Target
	case signature.PartJSON:
		m.Body = withMember(m.Body, strings.Split(p.Name, "."), value)
	default:
		m = with(m, p, value)
	}
	return m
}

func targetOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	_, target, _ := strings.Cut(rest, "/")
	return "/" + target
}

// withMember sets a text in a JSON body, as a number where one stood.
func withMember(body []byte, path []string, value string) []byte {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		object = map[string]json.RawMessage{}
	}
	switch old := object[path[0]]; {
	case len(path) > 1:
		object[path[0]] = withMember(old, path[1:], value)
	case len(old) > 0 && old[0] != '"' && json.Valid([]byte(value)) && value[0] != '"':
		object[path[0]] = json.RawMessage(value)
	default:
		object[path[0]] = marshal(value, nil)
	}
	return marshal(object, body)
}

// digest is the genuine signature without what stands around it.
func (f form) digest(m signature.Message) []byte {
	for _, at := range f.layout.At {
		text := signature.ReadFields(m).Get(at).Text
		if f.layout.List.Pairs != "" {
			text = strings.Trim(text[strings.LastIndex(text, orNever(f.layout.List.Equals))+1:], " ")
		}
		text, _, _ = strings.Cut(strings.TrimPrefix(text, f.layout.Prefix), orNever(f.layout.Suffix))
		if b, err := hex.DecodeString(text); err == nil && len(b) > 0 {
			return b
		}
		if b, err := base64.StdEncoding.DecodeString(text); err == nil && len(b) > 0 {
			return b
		}
	}
	return nil
}

// resigned writes the digest where f has it.
func (f form) resigned(m signature.Message, digest []byte) signature.Message {
	text := hex.EncodeToString(digest)
	switch f.layout.Encoding {
	case signature.Base64:
		text = base64.StdEncoding.EncodeToString(digest)
	case signature.Base64OfHex:
		text = base64.StdEncoding.EncodeToString([]byte(text))
	}
	text = f.layout.Prefix + text
	if f.layout.Suffix != "" {
		text += f.layout.Suffix + "1"
	}
	if l := f.layout.List; l.Pairs != "" {
		text = l.Keys[0] + l.Equals + text
		if at := f.layout.Timestamp.At; at.Kind == signature.PartKey {
			text = at.Name + l.Equals + "0" + l.Pairs + text
		}
		for _, p := range f.template {
			if p.Kind == signature.PartKey && len(p.Filters) == 0 {
				text = p.Name + l.Equals + "0" + l.Pairs + text
			}
		}
	}
	return f.written(m, f.layout.At[0], text)
}
