package signature

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Part names one piece of a message: "body", "header:X-Hub-Signature-256",
// "json:data.status", "body|sha256|hex". The same names stand in catalogue
// files and, for the protected ones, in Verdict.Covered.
type Part struct {
	Kind PartKind
	Name string
	// Optional makes a part that isn't there empty instead of a fault. It is
	// written as a question mark behind the name.
	Optional bool
	// Filters change the value, from left to right.
	Filters []Filter
}

// ParsePart reads a part as it is written in a catalogue file.
func ParsePart(text string) (Part, error) {
	head, filters, filtered := strings.Cut(text, "|")
	kind, name, named := strings.Cut(head, ":")
	p := Part{Kind: PartKind(kind), Name: name}
	switch {
	case named && p.Kind != PartHash:
		p.Name, p.Optional = strings.CutSuffix(name, "?")
	case kind == "form?" || kind == "query?":
		p.Kind, p.Optional = PartKind(kind[:len(kind)-1]), true
	}
	switch {
	case !utf8.ValidString(text):
		return Part{}, fmt.Errorf("read part %q: expected text in UTF-8", text)
	case p.Kind == PartHash && name != "body":
		return Part{}, fmt.Errorf("read part %q: expected sha256hex:body", text)
	case !named && p.Kind.plain():
	case named && p.Kind.named() && strings.TrimSpace(p.Name) == p.Name && p.Name != "":
	default:
		return Part{}, fmt.Errorf("read part %q: expected body, url, method, path, target, host, query, form, timestamp, secret, "+
			"or one of header, json, form, query, key, secret with a colon and a name", text)
	}
	if !filtered {
		return p, nil
	}
	for text := range strings.SplitSeq(filters, "|") {
		f, err := parseFilter(text)
		if err != nil {
			return Part{}, fmt.Errorf("read part %q: %w", head, err)
		}
		if p.Filters = append(p.Filters, f); len(p.Filters) > maxFilters {
			return Part{}, fmt.Errorf("read part %q: expected at most %d filters", head, maxFilters)
		}
	}
	return p, nil
}

// UnmarshalText is ParsePart for decoders.
func (p *Part) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePart(string(text))
	return err
}

// String returns p as it is written in a catalogue file.
func (p Part) String() string {
	if len(p.Filters) == 0 && !p.Optional {
		return p.where()
	}
	out := p.where()
	if p.Optional {
		out += "?"
	}
	for _, f := range p.Filters {
		out += "|" + f.String()
	}
	return out
}

// where is p without its filters, as a verdict names it.
func (p Part) where() string {
	if p.Name == "" {
		return string(p.Kind)
	}
	return string(p.Kind) + ":" + p.Name
}

// same tells whether p and q stand in the same place of a message.
func (p Part) same(q Part) bool { return p.Kind == q.Kind && p.Name == q.Name }

// IsZero tells whether p names nothing.
func (p Part) IsZero() bool { return p.Kind == "" }

// numbered tells whether p is a header name with any number behind it.
func (p Part) numbered() bool { return p.Kind == PartHeader && strings.HasSuffix(p.Name, "*") }

// inWords names p for a person: "the header Signature", "id in the body".
func (p Part) inWords() string {
	switch p.Kind {
	case PartHeader:
		return "the header " + p.Name
	case PartJSON, PartForm:
		if p.Name == "" {
			return "the form in the body"
		}
		return p.Name + " in the body"
	case PartQuery:
		if p.Name == "" {
			return "the query"
		}
		return p.Name + " in the query"
	case PartKey:
		return p.Name + " in the signature"
	case PartClaim:
		return p.Name + " in the token"
	case PartJOSE:
		return p.Name + " in the token's header"
	case PartSecret:
		return "the secret"
	case PartVerifyToken:
		return "the verify token"
	}
	return "the " + p.where()
}
