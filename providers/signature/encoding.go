package signature

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Encoding is how bytes are written as text.
type Encoding string

// The encodings. Hex is read in either case and written in lower case; base64
// is read with or without its padding.
const (
	Hex       Encoding = "hex"
	Base64    Encoding = "base64"
	Base64URL Encoding = "base64url"
	// HexOrBase64 is for signatures of a provider that writes either; it is
	// written in hex.
	HexOrBase64 Encoding = "hex-or-base64"
	// Base64OfHex is base64 of the text in hex, for signatures.
	Base64OfHex Encoding = "base64-of-hex"
	// PlainText is for secrets only: the bytes of the text as it stands.
	PlainText Encoding = "text"
)

var errNotEncoded = errors.New("the text is not in that encoding")

// Known tells whether e is one of the constants.
func (e Encoding) Known() bool { return e.forSignatures() || e == PlainText }

func (e Encoding) forSignatures() bool {
	return e == Hex || e == Base64 || e == Base64URL || e == HexOrBase64 || e == Base64OfHex
}

func (e Encoding) forSecrets() bool {
	return e == Hex || e == Base64 || e == Base64URL || e == PlainText
}

// readings are the encodings in which a text may be read, likeliest first.
func (e Encoding) readings() []Encoding {
	if e == HexOrBase64 {
		return []Encoding{Hex, Base64}
	}
	return []Encoding{e}
}

// Base64 without its padding, which is taken off before, and without bits that
// say nothing.
var (
	strictBase64    = base64.RawStdEncoding.Strict()
	strictBase64URL = base64.RawURLEncoding.Strict()
)

// decode returns the bytes of text. Its error says nothing of the text, which
// may be a secret.
func (e Encoding) decode(text string) ([]byte, error) {
	return e.appendDecoded(make([]byte, 0, len(text)), text)
}

// appendDecoded is decode behind what dst holds already.
func (e Encoding) appendDecoded(dst []byte, text string) (out []byte, err error) {
	switch e {
	case PlainText, "":
		return append(dst, text...), nil
	case Hex:
		out, err = hex.AppendDecode(dst, []byte(text))
	case Base64:
		out, err = strictBase64.AppendDecode(dst, []byte(unpad(text)))
	case Base64URL:
		out, err = strictBase64URL.AppendDecode(dst, []byte(unpad(text)))
	case Base64OfHex:
		inner, wrong := Base64.decode(text)
		if out, err = dst, wrong; wrong == nil {
			out, err = hex.AppendDecode(dst, inner)
		}
	default:
		return dst, errNotEncoded
	}
	if err != nil {
		return dst, errNotEncoded
	}
	return out, nil
}

func (e Encoding) encode(b []byte) string {
	switch e {
	case Base64:
		return base64.StdEncoding.EncodeToString(b)
	case Base64URL:
		return base64.RawURLEncoding.EncodeToString(b)
	case Base64OfHex:
		return base64.StdEncoding.EncodeToString([]byte(hex.EncodeToString(b)))
	}
	return hex.EncodeToString(b)
}

// unpad takes the padding off a text whose length shows that it is complete.
func unpad(text string) string {
	if len(text)%4 != 0 {
		return text
	}
	return strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
}

// shape says how size bytes look in e, for example "64 hex digits".
func (e Encoding) shape(size int) string {
	switch { // nearly all
	case e == Hex && size == 32:
		return "64 hex digits"
	case e == Hex && size == 64:
		return "128 hex digits"
	case e == Hex && size == 20:
		return "40 hex digits"
	case e == Base64 && size == 32:
		return "44 base64 characters"
	}
	switch e {
	case Base64:
		return fmt.Sprintf("%d base64 characters", base64.StdEncoding.EncodedLen(size))
	case Base64URL:
		return fmt.Sprintf("%d base64url characters", base64.StdEncoding.EncodedLen(size))
	case Base64OfHex:
		return fmt.Sprintf("%d base64 characters", base64.StdEncoding.EncodedLen(2*size))
	case HexOrBase64:
		return Hex.shape(size) + " or " + Base64.shape(size)
	}
	return itoa(int64(2*size)) + " hex digits"
}

// inWords names e without a length.
func (e Encoding) inWords() string {
	switch e {
	case HexOrBase64:
		return "hex or base64"
	case Base64OfHex:
		return "base64 of hex"
	}
	return string(e)
}
