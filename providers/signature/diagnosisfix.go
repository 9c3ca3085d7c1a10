package signature

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// FixKind is the stable id of what a program can do about a cause.
type FixKind string

// The kinds of fix.
const (
	// UseSecret: give the endpoint the secret called Secret of Endpoint.
	UseSecret FixKind = "use_secret"
	// MoveToEndpoint: the delivery belongs to Endpoint, whose path the provider
	// should call.
	MoveToEndpoint FixKind = "move_to_endpoint"
	// TrimSecret, StripSecret, PrefixSecret, EncodeSecret: change the text of
	// the endpoint's own secret called Secret, as Mend does.
	TrimSecret   FixKind = "trim_secret"
	StripSecret  FixKind = "strip_secret"
	PrefixSecret FixKind = "prefix_secret"
	EncodeSecret FixKind = "encode_secret"
	// ChangeProvider: the endpoint's deliveries come from Provider.
	ChangeProvider FixKind = "change_provider"
	// WidenTolerance: allow Tolerance seconds at the endpoint.
	WidenTolerance FixKind = "widen_tolerance"
	// SetURL: judge deliveries as sent to URL.
	SetURL FixKind = "set_url"
)

// Fix is a remedy that a surface can offer as a button. Which fields are set
// depends on Kind.
type Fix struct {
	Kind     FixKind `json:"kind"`
	Endpoint string  `json:"endpoint,omitempty"`
	// Secret is the label of a secret, never its value.
	Secret   string `json:"secret,omitempty"`
	Provider string `json:"provider,omitempty"`
	// Tolerance is in seconds.
	Tolerance int64  `json:"tolerance,omitempty"`
	URL       string `json:"url,omitempty"`
	// Text is the prefix of StripSecret and PrefixSecret, and the encoding of
	// EncodeSecret. It is one of a fixed list, no part of a secret.
	Text string `json:"text,omitempty"`
}

// Mend returns secret changed as f says, and false when f does not change the
// text of a secret or can't change this one.
func (f Fix) Mend(secret string) (string, bool) {
	bare := bareSecret(secret)
	out := secret
	switch f.Kind {
	case TrimSecret:
		out = bare
	case StripSecret:
		out = strings.TrimPrefix(bare, f.Text)
	case PrefixSecret:
		out = f.Text + bare
	case EncodeSecret:
		out = encodeSecret(bare, f.Text)
	}
	return out, out != secret && out != ""
}

// encodeSecret writes the text of a secret as base64 or hex, behind a prefix
// that the form of it has: "whsec_base64".
func encodeSecret(secret, form string) string {
	at := max(strings.LastIndexByte(form, '_'), strings.LastIndexByte(form, ',')) + 1
	switch Encoding(form[at:]) {
	case Hex:
		return form[:at] + hex.EncodeToString([]byte(secret))
	case Base64:
		return form[:at] + base64.StdEncoding.EncodeToString([]byte(secret))
	case Base64URL:
		return form[:at] + base64.RawURLEncoding.EncodeToString([]byte(secret))
	}
	return secret
}
