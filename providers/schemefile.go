package providers

import (
	"fmt"

	"shopbell/providers/signature"
)

// schemeTable is [scheme], and each [[scheme.or]]. Which keys have a meaning
// depends on kind.
type schemeTable struct {
	Kind      kind               `toml:"kind"`
	Algorithm string             `toml:"algorithm"`
	Encoding  signature.Encoding `toml:"encoding"`
	// Signature is a part, or a list of parts.
	Signature      any                  `toml:"signature"`
	Prefix         string               `toml:"prefix"`
	PrefixOptional bool                 `toml:"prefix_optional"`
	Suffix         string               `toml:"suffix"`
	Repeated       bool                 `toml:"repeated"`
	Unescape       bool                 `toml:"unescape"`
	Upper          bool                 `toml:"upper"`
	List           *listTable           `toml:"list"`
	Templates      []signature.Template `toml:"templates"`
	// Body is "json-object" when any other body is malformed.
	Body      string           `toml:"body"`
	Single    []signature.Part `toml:"single"`
	Secret    secretTable      `toml:"secret"`
	Timestamp *timestampTable  `toml:"timestamp"`
	Or        []schemeTable    `toml:"or"`
}

type listTable struct {
	Pairs  string   `toml:"pairs"`
	Equals string   `toml:"equals"`
	Keys   []string `toml:"keys"`
}

type secretTable struct {
	// Strip is a prefix, or a list of prefixes.
	Strip    any                `toml:"strip"`
	Encoding signature.Encoding `toml:"encoding"`
	After    string             `toml:"after"`
	Normal   string             `toml:"normal"`
	Parts    []string           `toml:"parts"`
	Derive   string             `toml:"derive"`
}

type timestampTable struct {
	At        signature.Part       `toml:"at"`
	Format    signature.TimeFormat `toml:"format"`
	Tolerance duration             `toml:"tolerance"`
	// Optional marks one whose form the provider does not fix.
	Optional bool `toml:"optional"`
	// Ours marks a tolerance that the provider does not give.
	Ours bool `toml:"ours"`
}

// kind is which scheme a table describes.
type kind string

const (
	kindHMAC     kind = "hmac"
	kindHash     kind = "hash"
	kindToken    kind = "token"
	kindBasic    kind = "basic"
	kindUnsigned kind = "unsigned"
)

const bodyObject = "json-object"

func (k kind) known() bool {
	switch k {
	case kindHMAC, kindHash, kindToken, kindBasic, kindUnsigned:
		return true
	}
	return false
}

// hashes tells whether a scheme of this kind computes something with a hash.
func (k kind) hashes() bool { return k == kindHMAC || k == kindHash }

// check tells what is wrong with a word of the table: its key, and a sentence.
// It is no UnmarshalText of each type because newer versions of the TOML
// library pass strings by that method.
func (t schemeTable) check() (key, problem string) {
	hashes := t.Kind.hashes()
	_, err := signature.ParsePart(t.Algorithm)
	switch {
	case !t.Kind.known():
		return "kind", fmt.Sprintf("kind %q in [scheme], expected hmac, hash, token, basic or unsigned", t.Kind)
	case hashes && !signature.Algorithm(t.Algorithm).Known() && err != nil:
		return "algorithm", fmt.Sprintf("algorithm %q, expected md5, sha1, sha256, sha384 or sha512", t.Algorithm)
	case hashes && (!t.Encoding.Known() || t.Encoding == signature.PlainText):
		return "encoding", fmt.Sprintf("encoding %q, expected hex, base64, base64url, hex-or-base64 or base64-of-hex", t.Encoding)
	case t.Secret.Encoding != "" && !t.Secret.Encoding.Known():
		return "[scheme.secret]", fmt.Sprintf("encoding %q of the secret, expected text, hex, base64 or base64url", t.Secret.Encoding)
	case t.Timestamp != nil && !t.Timestamp.Format.Known():
		return "format", fmt.Sprintf("format %q, expected unix, unix-ms, iso8601-utc, rfc3339, iso8601 or http-date", t.Timestamp.Format)
	case t.Body != "" && t.Body != bodyObject:
		return "body", fmt.Sprintf("body %q, expected %s", t.Body, bodyObject)
	}
	if _, err := parts(t.Signature); err != nil {
		return "signature", err.Error()
	}
	if key, problem := t.checkIdle(); problem != "" {
		return key, problem
	}
	for _, or := range t.Or {
		if len(or.Or) > 0 || or.Kind == kindUnsigned {
			return "[[scheme.or]]", "[[scheme.or]] with another inside or without a signature, expected a scheme that signs"
		}
		if key, problem := or.check(); problem != "" {
			return key, problem
		}
	}
	return "", ""
}

// checkIdle finds keys that have no meaning for the kind: whoever wrote them
// meant something else.
func (t schemeTable) checkIdle() (key, problem string) {
	if t.Kind.hashes() {
		return "", ""
	}
	for _, idle := range []struct {
		key string
		set bool
	}{
		{"algorithm", t.Algorithm != ""}, {"encoding", t.Encoding != ""}, {"templates", t.Templates != nil},
		{"[scheme.list]", t.List != nil}, {"suffix", t.Suffix != ""}, {"single", t.Single != nil},
		{"signature", t.Signature != nil && t.Kind != kindToken}, {"prefix", t.Prefix != "" && t.Kind != kindToken},
	} {
		if idle.set {
			return idle.key, fmt.Sprintf("%s in a scheme of kind %q, expected none", idle.key, t.Kind)
		}
	}
	return "", ""
}
