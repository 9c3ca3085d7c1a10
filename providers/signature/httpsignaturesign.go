package signature

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Sign implements Scheme: it signs the components of Covers with a private
// key. The key's name is taken from a signature that is there already.
func (s HTTPSignature) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	signer, err := parsePrivateKey(secret.value)
	if err != nil {
		return m, fmt.Errorf("sign: %s is no private key, expected one to sign with (PEM, JWK, or the seed of an Ed25519 key)", secret)
	}
	input := signedInput{label: "sig1", components: s.Covers, params: map[string]string{}}
	if old, err := s.inputs(m.Header.Get(s.At[0].Name), ReadFields(m)); err == nil {
		input.label, input.params["keyid"] = old[0].label, old[0].params["keyid"]
	}
	signed := m
	signed.Head = nil
	if at := s.Timestamp.At; at.Kind == PartHeader {
		signed.Header = signed.Header.With(at.Name, s.Timestamp.Format.format(now))
	}
	signed.Header = s.withDigests(signed)
	input.params["created"] = itoa(now.Unix())
	input.raw = inputText(input)
	c := &httpCheck{check: newCheck(Layout{At: s.At}, Shared{}, signed), scheme: s, now: now}
	base, missing := c.base(input)
	if missing != nil {
		return m, errors.New("sign: " + missing.evidence)
	}
	sig, err := s.jose().signPublic(signer, [][]byte{base})
	if err != nil {
		return m, fmt.Errorf("sign: %w", err)
	}
	return s.written(signed, input, sig)
}

// withDigests makes the digests of the body that are to be signed.
func (s HTTPSignature) withDigests(m Message) Header {
	sum := sha256.Sum256(m.Body)
	text := Base64.encode(sum[:])
	h := m.Header
	for _, name := range digestHeaders {
		switch {
		case !slices.Contains(s.Covers, name):
		case name == "digest":
			h = h.With("Digest", "sha-256="+text)
		default:
			h = h.With(name, "sha-256=:"+text+":")
		}
	}
	return h
}

// inputText is the value of @signature-params.
func inputText(in signedInput) string {
	text := `("` + strings.Join(in.components, `" "`) + `");created=` + in.params["created"]
	if id := in.params["keyid"]; id != "" {
		text += `;keyid="` + id + `"`
	}
	return text
}

// written puts the signature into the message.
func (s HTTPSignature) written(m Message, in signedInput, sig []byte) (Message, error) {
	if s.Form == formRFC {
		m.Header = m.Header.With("Signature-Input", in.label+"="+in.raw)
		m.Header = m.Header.With(s.At[0].Name, in.label+"=:"+Base64.encode(sig)+":")
		return m, nil
	}
	text := `keyid="` + in.params["keyid"] + `",algorithm="` + string(s.Algorithm) + `",signature="` + Base64.encode(sig) +
		`",headers="` + strings.Join(in.components, " ") + `"`
	if slices.Contains(in.components, "(created)") {
		text += ",created=" + in.params["created"]
	}
	m.Header = m.Header.With(s.At[0].Name, text)
	return m, nil
}
