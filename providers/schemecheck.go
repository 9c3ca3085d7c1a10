package providers

import (
	"fmt"
	"slices"

	"shopbell/providers/signature"
)

// kind is which scheme a table describes.
type kind string

const (
	kindHMAC      kind = "hmac"
	kindHash      kind = "hash"
	kindPublicKey kind = "public-key"
	kindJWT       kind = "jwt"
	kindJWS       kind = "jws"
	kindHTTP      kind = "http-signature"
	kindToken     kind = "token"
	kindBasic     kind = "basic"
	kindUnsigned  kind = "unsigned"
)

const (
	bodyObject = "json-object"
	emptyBody  = "empty-body"
	kindWords  = "hmac, hash, public-key, jwt, jws, http-signature, token, basic or unsigned"
)

func (k kind) known() bool { return slices.Contains(k.list(), k) }

func (kind) list() []kind {
	return []kind{kindHMAC, kindHash, kindPublicKey, kindJWT, kindJWS, kindHTTP, kindToken, kindBasic, kindUnsigned}
}

// hashes tells whether a scheme of this kind computes something with a hash.
func (k kind) hashes() bool { return k == kindHMAC || k == kindHash }

// laidOut tells whether a scheme of this kind signs templates.
func (k kind) laidOut() bool { return k.hashes() || k == kindPublicKey }

// isToken tells whether a scheme of this kind reads a compact token.
func (k kind) isToken() bool { return k == kindJWT || k == kindJWS }

// takesKeys tells whether public keys can come from somewhere.
func (k kind) takesKeys() bool { return k == kindPublicKey || k == kindHTTP || k.isToken() }

// check tells what is wrong with a word of the table: its key, and a sentence.
// It is no UnmarshalText of each type because newer versions of the TOML
// library pass strings by that method.
func (t schemeTable) check() (key, problem string) {
	switch {
	case !t.Kind.known():
		return "kind", fmt.Sprintf("kind %q in [scheme], expected %s", t.Kind, kindWords)
	case t.Kind.hashes() && !t.hashKnown():
		return "algorithm", fmt.Sprintf("algorithm %q, expected md5, sha1, sha256, sha384 or sha512", t.Algorithm)
	case (t.Kind == kindPublicKey || t.Kind == kindHTTP) && !signature.PublicAlgorithm(t.Algorithm).Known():
		return "algorithm", fmt.Sprintf("algorithm %q, expected one like ed25519, rsa-sha256, rsa-pss-sha256 or ecdsa-sha256", t.Algorithm)
	case t.Kind.laidOut() && (!t.Encoding.Known() || t.Encoding == signature.PlainText):
		return "encoding", fmt.Sprintf("encoding %q, expected hex, base64, base64url, hex-or-base64 or base64-of-hex", t.Encoding)
	case t.Secret.Encoding != "" && !t.Secret.Encoding.Known():
		return "[scheme.secret]", fmt.Sprintf("encoding %q of the secret, expected text, hex, base64 or base64url", t.Secret.Encoding)
	case t.Timestamp != nil && !t.Timestamp.Format.Known():
		return "format", fmt.Sprintf("format %q, expected unix, unix-ms, iso8601-utc, rfc3339, iso8601 or http-date", t.Timestamp.Format)
	case t.Body != "" && t.Body != bodyObject:
		return "body", fmt.Sprintf("body %q, expected %s", t.Body, bodyObject)
	}
	for _, c := range t.Claim {
		if c.Optional != "" && c.Optional != emptyBody {
			return "[[scheme.claim]]", fmt.Sprintf("optional %q of claim %q, expected %s", c.Optional, c.Name, emptyBody)
		}
	}
	if _, err := parts(t.Signature); err != nil {
		return "signature", err.Error()
	}
	if key, problem := t.checkIdle(); problem != "" {
		return key, problem
	}
	return t.checkOr()
}

// hashKnown tells whether the algorithm is a hash, or the part that names one.
func (t schemeTable) hashKnown() bool {
	_, err := signature.ParsePart(t.Algorithm)
	return signature.Algorithm(t.Algorithm).Known() || err == nil
}

func (t schemeTable) checkOr() (key, problem string) {
	for _, or := range t.Or {
		if len(or.Or) > 0 || or.Kind == kindUnsigned || t.Kind == kindUnsigned {
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
	k := t.Kind
	for _, idle := range []struct {
		key    string
		set    bool
		belong bool
	}{
		{"algorithm", t.Algorithm != "", k.laidOut() || k == kindHTTP},
		{"encoding", t.Encoding != "", k.laidOut()},
		{"templates", t.Templates != nil, k.laidOut()},
		{"text", t.Text != nil, k.laidOut()},
		{"[[scheme.equal]]", t.Equal != nil, k.laidOut()},
		{"[scheme.list]", t.List != nil, k.laidOut()},
		{"suffix", t.Suffix != "", k.laidOut()},
		{"single", t.Single != nil, k.laidOut()},
		{"repeated", t.Repeated, k.laidOut()},
		{"unescape", t.Unescape, k.laidOut()},
		{"signature", t.Signature != nil, k != kindBasic && k != kindUnsigned},
		{"prefix", t.Prefix != "", k != kindBasic && k != kindUnsigned},
		{"[scheme.timestamp]", t.Timestamp != nil, k.laidOut() || k == kindHTTP || k.isToken()},
		{"[scheme.key]", t.Key != nil, k.takesKeys()},
		{"algorithms", t.Algorithms != nil, k.isToken()},
		{"[[scheme.claim]]", t.Claim != nil, k == kindJWT},
		{"payload", t.Payload != nil, k == kindJWS},
		{"unencoded", t.Unencoded, k == kindJWS},
		{"form", t.Form != "", k == kindHTTP},
		{"covers", t.Covers != nil, k == kindHTTP},
	} {
		if idle.set && !idle.belong {
			return idle.key, fmt.Sprintf("%s in a scheme of kind %q, expected none", idle.key, k)
		}
	}
	return "", ""
}
