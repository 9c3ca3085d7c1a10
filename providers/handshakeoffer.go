package providers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"shopbell/providers/signature"
)

// maxOffered is the longest secret in bytes that a request may bring. Asana's
// has 64 hex digits, Notion's token about 50 letters.
const maxOffered = 512

// offeredLabel is how verdicts call a secret that came with a request.
const offeredLabel = "offered by the provider"

// offered returns the secret that a request brings, the zero value when it
// brings none, or none that can be one: printable ASCII without space.
func (h handshakeTable) offered(f *signature.Fields) signature.Secret {
	if h.Store.IsZero() {
		return signature.Secret{}
	}
	v := f.Get(h.Store)
	odd := func(r rune) bool { return r <= ' ' || r >= utf8.RuneSelf || !unicode.IsPrint(r) }
	if v.Times != 1 || v.Raw || v.Text == "" || len(v.Text) > maxOffered || strings.ContainsFunc(v.Text, odd) {
		return signature.Secret{}
	}
	return signature.NewSecret(offeredLabel, v.Text)
}

// OfferedSecret returns the secret that m brings for use from now on, and
// whether it brings one.
func (p Provider) OfferedSecret(m signature.Message) (signature.Secret, bool) {
	h, f, is := p.handshake(m)
	if !is {
		return signature.Secret{}, false
	}
	secret := h.offered(f)
	return secret, secret.Value() != ""
}

// secretParts are the parts of a message that hold a secret of p: a token that
// it sends, or one that it offers in a first request.
func (p Provider) secretParts() []signature.Part {
	parts := slices.Clip(signature.TokenParts(p.Scheme))
	for _, h := range p.handshakes {
		parts = append(parts, h.Store, h.Check) // a verify token is a secret too
	}
	return parts
}

// MaskHeader returns header with the values hidden that are a secret, for
// screens and exports: a token that the provider sends, or one that it offers
// in a first request. Anything else stays.
func (p Provider) MaskHeader(header signature.Header) signature.Header {
	var names []string
	for _, at := range p.secretParts() {
		if at.Kind == signature.PartHeader {
			names = append(names, at.Name)
		}
	}
	if len(names) == 0 {
		return header
	}
	out := slices.Clone(header)
	for i, field := range out {
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, field.Name) }) && field.Value != "" {
			out[i].Value = dots
		}
	}
	return out
}

// offeredKeys are the JSON keys and form names that hold a secret, sent or
// offered: they are masked like personal data.
func (p Provider) offeredKeys() []string {
	var keys []string
	for _, at := range p.secretParts() {
		if at.Kind == signature.PartJSON || at.Kind == signature.PartForm {
			keys = append(keys, strings.ToLower(at.Name[strings.LastIndexByte(at.Name, '.')+1:]))
		}
	}
	return keys
}
