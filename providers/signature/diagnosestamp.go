package signature

import (
	"bytes"
	"strings"
)

// stampText is the timestamp as it stands in m, "" when it can't be found.
func (l layout) stampText(m Message) string {
	at := l.Timestamp.At
	switch at.Kind {
	case PartKey:
		return l.keyText(m, at.Name)
	case PartClaim:
		for _, claims := range l.claims(m) {
			return claims.json(at.Name).Text
		}
		return ""
	case PartJOSE:
		for _, token := range l.tokens(m) {
			return token.header.json(at.Name).Text
		}
		return ""
	}
	return strings.TrimSpace(ReadFields(m).Get(at).Text)
}

// keyText is a value of the signature's list, or a parameter of a signature of
// HTTP messages.
func (l layout) keyText(m Message, name string) string {
	if s, ok := l.scheme.(HTTPSignature); ok {
		inputs, err := s.inputs(m.Header.Get(s.At[0].Name), ReadFields(m))
		if err != nil {
			return ""
		}
		return inputs[0].params[name]
	}
	for _, v := range l.values(m) {
		pairs, _ := l.List.split(v, maxSignatures)
		for _, p := range pairs {
			if p.key == name {
				return p.value
			}
		}
	}
	return ""
}

// restamped lists the ways of writing another timestamp into m. One inside a
// token can't be changed on the way.
func (l layout) restamped(m Message, old, text string) (out []change) {
	at := l.Timestamp.At
	switch at.Kind {
	case PartKey:
		return l.rekeyed(m, old, text)
	case PartHeader, PartJSON, PartForm:
		if len(m.Body) > maxBody && at.Kind != PartHeader {
			return nil
		}
	default:
		return nil
	}
	written, err := write(m, at, text)
	if err != nil {
		return nil
	}
	if at.Kind == PartHeader {
		return []change{{header: written.Header}}
	}
	out = append(out, change{body: written.Body, rewrote: true})
	// A number may have become a text on the way.
	if bare := bytes.Replace(written.Body, []byte(`"`+text+`"`), []byte(text), 1); at.Kind == PartJSON && len(bare) < len(written.Body) && ValidJSON(bare) {
		out = append(out, change{body: bare, rewrote: true})
	}
	return out
}

// rekeyed writes another time into the list, or among the parameters of a
// signature of HTTP messages.
func (l layout) rekeyed(m Message, old, text string) []change {
	equals, places := l.List.Equals, l.At
	if _, ok := l.scheme.(HTTPSignature); ok {
		equals, places = "=", append([]Part{{Kind: PartHeader, Name: "Signature-Input"}}, l.At...)
	}
	key := l.Timestamp.At.Name + equals
	for _, place := range places {
		value := m.Header.Get(place.Name)
		if changed := strings.Replace(value, key+old, key+text, 1); place.Kind == PartHeader && changed != value {
			return []change{{header: m.Header.With(place.Name, changed)}}
		}
	}
	return nil
}
