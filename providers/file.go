package providers

import (
	"fmt"
	"time"

	"shopbell/providers/signature"
)

// file is a catalogue file, key for key.
type file struct {
	ID          string   `toml:"id"`
	Name        string   `toml:"name"`
	Category    string   `toml:"category"`
	Docs        string   `toml:"docs"`
	Sure        string   `toml:"sure"`
	Mark        string   `toml:"mark"`
	Colour      string   `toml:"colour"`
	SecretWhere string   `toml:"secret_where"`
	Advice      string   `toml:"advice"`
	Personal    []string `toml:"personal"`

	AnswerWithin duration `toml:"answer_within"`
	LocalFault   int      `toml:"local_fault"`

	Scheme schemeTable `toml:"scheme"`

	Event    labelRules     `toml:"event"`
	Delivery labelRules     `toml:"delivery"`
	Hint     labelRules     `toml:"hint"`
	Note     labelRules     `toml:"note"`
	Relay    rules          `toml:"relay"`
	Detect   rules          `toml:"detect"`
	Example  []exampleTable `toml:"example"`
}

// schemeTable is [scheme]. Which keys have a meaning depends on kind.
type schemeTable struct {
	Kind      kind                 `toml:"kind"`
	Algorithm signature.Algorithm  `toml:"algorithm"`
	Encoding  signature.Encoding   `toml:"encoding"`
	Signature signature.Part       `toml:"signature"`
	Prefix    string               `toml:"prefix"`
	List      *listTable           `toml:"list"`
	Templates []signature.Template `toml:"templates"`
	Secret    secretTable          `toml:"secret"`
	Timestamp *timestampTable      `toml:"timestamp"`
	// Body is "json-object" when any other body is malformed.
	Body string `toml:"body"`
}

type listTable struct {
	Pairs  string   `toml:"pairs"`
	Equals string   `toml:"equals"`
	Keys   []string `toml:"keys"`
}

type secretTable struct {
	Strip    string             `toml:"strip"`
	Encoding signature.Encoding `toml:"encoding"`
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

type exampleTable struct {
	File   string    `toml:"file"`
	Event  string    `toml:"event"`
	Origin string    `toml:"origin"`
	Secret string    `toml:"secret"`
	At     time.Time `toml:"at"`
	URL    string    `toml:"url"`
}

// kind is which scheme a file describes.
type kind string

const (
	kindHMAC     kind = "hmac"
	kindHash     kind = "hash"
	kindUnsigned kind = "unsigned"
)

const bodyObject = "json-object"

// check tells what is wrong with a word of the table: its key, and a sentence.
// It is no UnmarshalText of each type because newer versions of the TOML
// library pass strings by that method.
func (t schemeTable) check() (key, problem string) {
	signs := t.Kind != kindUnsigned
	switch {
	case t.Kind != kindHMAC && t.Kind != kindHash && signs:
		return "kind", fmt.Sprintf("kind %q in [scheme], expected hmac, hash or unsigned", t.Kind)
	case signs && !t.Algorithm.Known():
		return "algorithm", fmt.Sprintf("algorithm %q, expected md5, sha1, sha256 or sha512", t.Algorithm)
	case signs && (!t.Encoding.Known() || t.Encoding == signature.PlainText):
		return "encoding", fmt.Sprintf("encoding %q, expected hex, base64 or base64url", t.Encoding)
	case t.Secret.Encoding != "" && !t.Secret.Encoding.Known():
		return "[scheme.secret]", fmt.Sprintf("encoding %q of the secret, expected text, hex, base64 or base64url", t.Secret.Encoding)
	case t.Timestamp != nil && !t.Timestamp.Format.Known():
		return "format", fmt.Sprintf("format %q, expected iso8601-utc, rfc3339, unix or unix-ms", t.Timestamp.Format)
	case t.Body != "" && t.Body != bodyObject:
		return "body", fmt.Sprintf("body %q, expected %s", t.Body, bodyObject)
	}
	return "", ""
}

// duration is a positive time like "8s" or "5m".
type duration time.Duration

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v <= 0 {
		return fmt.Errorf("read duration %q: expected a positive one like 300s", text)
	}
	*d = duration(v)
	return nil
}

// scheme makes the scheme that the table describes.
func (t schemeTable) scheme() (signature.Scheme, error) {
	if t.Kind == kindUnsigned {
		return signature.NoSignature{}, nil
	}
	s := signature.Shared{
		Keyed: t.Kind == kindHMAC, Algorithm: t.Algorithm, Encoding: t.Encoding,
		At: t.Signature, Prefix: t.Prefix, Templates: t.Templates,
		Secret:     signature.SecretForm{Strip: t.Secret.Strip, Encoding: t.Secret.Encoding},
		JSONObject: t.Body == bodyObject,
	}
	if l := t.List; l != nil {
		s.List = signature.List{Pairs: l.Pairs, Equals: l.Equals, Keys: l.Keys}
	}
	if ts := t.Timestamp; ts != nil {
		s.Timestamp = signature.Timestamp{At: ts.At, Format: ts.Format, Tolerance: time.Duration(ts.Tolerance), Optional: ts.Optional}
		if ts.Ours {
			s.Timestamp.Chosen = "our choice, the provider gives no number"
		}
	}
	return s, s.Check()
}
