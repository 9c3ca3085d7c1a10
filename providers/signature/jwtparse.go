package signature

import (
	"encoding/base64"
	"errors"
	"strings"
)

// maxToken is the longest token that is read when it stands outside the body,
// in bytes. Servers take headers of 8 to 64 KB.
const maxToken = 64 << 10

// compactToken is a token in the compact form of RFC 7515: three parts in base64url
// with dots between them.
type compactToken struct {
	header  *Fields // the JSON object of the first part
	alg     string
	kid     string
	signed  string // first and second part, as they stand
	first   string
	payload string // the second part as it stands; empty when detached
	sig     []byte
}

var errNoToken = errors.New("three parts in base64url with dots between them")

// parseCompact reads a token. Only its shape is checked, and that its header is
// a JSON object with one algorithm: nothing of it is true yet.
func parseCompact(text string) (compactToken, error) {
	parts := strings.SplitN(text, ".", 4)
	if len(parts) != 3 || len(parts[0]) > maxToken || len(parts[2]) > maxToken {
		return compactToken{}, errNoToken
	}
	head, headErr := segment(parts[0])
	sig, sigErr := segment(parts[2])
	if headErr != nil || sigErr != nil {
		return compactToken{}, errNoToken
	}
	t := compactToken{
		header: ReadFields(Message{Body: head}), signed: parts[0] + "." + parts[1],
		first: parts[0], payload: parts[1], sig: sig,
	}
	alg := t.header.json("alg")
	if !t.header.Object() || alg.Times != 1 || alg.Raw {
		return compactToken{}, errors.New("a token whose header is a JSON object with one alg")
	}
	t.alg = alg.Text
	if kid := t.header.json("kid"); kid.Times == 1 && !kid.Raw && len(kid.Text) <= 256 {
		t.kid = kid.Text
	}
	return t, nil
}

// segment decodes one part of a token. RFC 7515 has no padding, and no bits
// may be left over: two texts must not stand for the same token.
func segment(text string) ([]byte, error) {
	return base64.RawURLEncoding.Strict().DecodeString(text)
}

// claims are what the token says, unverified.
func (t compactToken) claims() (*Fields, error) {
	b, err := segment(t.payload)
	if err != nil {
		return nil, errNoToken
	}
	claims := ReadFields(Message{Body: b})
	if !claims.Object() {
		return nil, errors.New("a token whose claims are a JSON object")
	}
	return claims, nil
}

// critical tells whether the header has an extension that must be understood
// (RFC 7515, 4.1.11) and is not one of known.
func (t compactToken) critical(known ...string) bool {
	crit := t.header.json("crit")
	if crit.Times == 0 {
		return false
	}
	root, ok := parseTree([]byte(crit.Text))
	if !ok || crit.Times != 1 || root.kind != '[' || len(root.kids) == 0 {
		return true
	}
	for _, kid := range root.kids {
		understood := false
		for _, name := range known {
			understood = understood || kid.kind == '"' && kid.text == name
		}
		if !understood {
			return true
		}
	}
	return false
}

// tokenPayload is the filter jwt: the claims of a token that is the value.
func tokenPayload(b []byte) ([]byte, error) {
	parts := strings.SplitN(strings.TrimSpace(string(b)), ".", 4)
	if len(parts) != 3 {
		return nil, errors.New("expected a token of three parts")
	}
	out, err := segment(parts[1])
	if err != nil || !ValidJSON(out) {
		return nil, errors.New("expected a token whose claims are JSON")
	}
	return out, nil
}
