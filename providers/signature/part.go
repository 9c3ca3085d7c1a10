package signature

import (
	"fmt"
	"strings"
)

// PartKind says where a part of a message is found.
type PartKind string

// The kinds of part. Those with a name are written "kind:name".
const (
	PartText      PartKind = "text"      // a literal of a template; Name is the text
	PartBody      PartKind = "body"      // the body as received
	PartURL       PartKind = "url"       // the public URL
	PartMethod    PartKind = "method"    // the request method
	PartPath      PartKind = "path"      // the request target without its query
	PartTimestamp PartKind = "timestamp" // the scheme's own timestamp, as text
	PartSecret    PartKind = "secret"    // the secret, for plain hashes
	PartHeader    PartKind = "header"    // a header field
	PartJSON      PartKind = "json"      // a value in a JSON body; Name is its path
	PartForm      PartKind = "form"      // a field of a form body
	PartQuery     PartKind = "query"     // a query parameter
	PartKey       PartKind = "key"       // a key of the signature's own list, for example "key:ts"
	PartHash      PartKind = "sha256hex" // "sha256hex:body": lower-case hex SHA-256 of the body
)

// Part names one piece of a message: "body", "header:X-Hub-Signature-256",
// "json:data.status". The same names stand in catalogue files and, for the
// protected ones, in Verdict.Covered.
type Part struct {
	Kind PartKind
	Name string
}

// ParsePart reads a part as it is written in a catalogue file.
func ParsePart(text string) (Part, error) {
	kind, name, named := strings.Cut(text, ":")
	p := Part{Kind: PartKind(kind), Name: name}
	switch {
	case p.Kind == PartHash && name != "body":
		return Part{}, fmt.Errorf("read part %q: expected sha256hex:body", text)
	case !named && p.Kind.plain(), named && p.Kind.named() && strings.TrimSpace(name) == name && name != "":
		return p, nil
	}
	return Part{}, fmt.Errorf("read part %q: expected body, url, method, path, timestamp, secret, "+
		"or one of header, json, form, query, key with a colon and a name", text)
}

// plain tells whether parts of this kind have no name.
func (k PartKind) plain() bool {
	switch k {
	case PartBody, PartURL, PartMethod, PartPath, PartTimestamp, PartSecret:
		return true
	}
	return false
}

// named tells whether parts of this kind have a name.
func (k PartKind) named() bool {
	switch k {
	case PartHeader, PartJSON, PartForm, PartQuery, PartKey, PartHash:
		return true
	}
	return false
}

// UnmarshalText is ParsePart for decoders.
func (p *Part) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePart(string(text))
	return err
}

// String returns p as it is written in a catalogue file.
func (p Part) String() string {
	if p.Name == "" {
		return string(p.Kind)
	}
	return string(p.Kind) + ":" + p.Name
}

// IsZero tells whether p names nothing.
func (p Part) IsZero() bool { return p.Kind == "" }

// inWords names p for a person: "the header Signature", "id in the body".
func (p Part) inWords() string {
	switch p.Kind {
	case PartHeader:
		return "the header " + p.Name
	case PartJSON, PartForm:
		return p.Name + " in the body"
	case PartQuery:
		return p.Name + " in the query"
	case PartKey:
		return p.Name + " in the signature"
	}
	return "the " + p.String()
}
