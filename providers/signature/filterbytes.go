package signature

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"net/url"
	"slices"
	"strings"
)

// digest is the family of hash functions. None copies what it hashes.
func (f Filter) digest(in filterInput) (out []byte, mine bool, err error) {
	switch f.Name {
	case "md5":
		sum := md5.Sum(in.Bytes)
		return sum[:], true, nil
	case "sha1":
		sum := sha1.Sum(in.Bytes)
		return sum[:], true, nil
	case "sha256":
		sum := sha256.Sum256(in.Bytes)
		return sum[:], true, nil
	case "sha384":
		sum := sha512.Sum384(in.Bytes)
		return sum[:], true, nil
	case "sha512":
		sum := sha512.Sum512(in.Bytes)
		return sum[:], true, nil
	case "crc32":
		return []byte(itoa(int64(crc32.ChecksumIEEE(in.Bytes)))), true, nil
	}
	if name, ok := strings.CutPrefix(f.Name, "hmac-"); ok {
		if in.Key == nil {
			return nil, true, errors.New("no secret is at hand, expected to stand in a handshake")
		}
		return Algorithm(name).sum(true, in.Key, []piece{{bytes: in.Bytes}}), true, nil
	}
	return nil, false, nil
}

// encode is the family of encodings of bytes.
func (f Filter) encode(in filterInput) (out []byte, mine bool, err error) {
	switch f.Name {
	case "hex":
		return hex.AppendEncode(nil, in.Bytes), true, nil
	case "base64":
		return base64.StdEncoding.AppendEncode(nil, in.Bytes), true, nil
	case "base64url":
		return base64.RawURLEncoding.AppendEncode(nil, in.Bytes), true, nil
	case "unhex":
		out, err = hex.AppendDecode(nil, in.Bytes)
		if err != nil {
			return nil, true, errors.New("expected hex digits")
		}
		return out, true, nil
	case "unbase64":
		out, err = unbase64(string(in.Bytes))
		return out, true, err
	case "urlencode":
		return []byte(url.QueryEscape(string(in.Bytes))), true, nil
	case "urldecode":
		if f.Arg != "" {
			return decodeEscapes(in.Bytes, f.Arg), true, nil
		}
		text, err := url.QueryUnescape(string(in.Bytes))
		if err != nil {
			return nil, true, errors.New("expected percent-encoded text")
		}
		return []byte(text), true, nil
	}
	return nil, false, nil
}

// decodeEscapes decodes the percent escapes of the characters in chosen and
// leaves all others as they are, "+" too: what HubSpot does to an address.
func decodeEscapes(text []byte, chosen string) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			b, err := hex.DecodeString(string(text[i+1 : i+3]))
			if err == nil && strings.IndexByte(chosen, b[0]) >= 0 {
				out, i = append(out, b[0]), i+2
				continue
			}
		}
		out = append(out, text[i])
	}
	return out
}

// unbase64 reads either alphabet, with or without padding.
func unbase64(text string) ([]byte, error) {
	text = unpad(strings.NewReplacer("-", "+", "_", "/").Replace(text))
	out, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, errors.New("expected base64")
	}
	return out, nil
}

// rewrite is the family of small changes to a text. An empty value stays
// empty around, so that an absent part leaves nothing behind.
func (f Filter) rewrite(in filterInput) (out []byte, mine bool, err error) {
	switch f.Name {
	case "lower":
		return bytes.ToLower(in.Bytes), true, nil
	case "upper":
		return bytes.ToUpper(in.Bytes), true, nil
	case "trim":
		return bytes.TrimSpace(in.Bytes), true, nil
	case "reverse":
		out = slices.Clone(in.Bytes)
		slices.Reverse(out)
		return out, true, nil
	case "default":
		if len(in.Bytes) == 0 {
			return []byte(f.Arg), true, nil
		}
		return in.Bytes, true, nil
	case "around":
		if len(in.Bytes) == 0 {
			return nil, true, nil
		}
		before, after, _ := strings.Cut(f.Arg, "*")
		return slices.Concat([]byte(before), in.Bytes, []byte(after)), true, nil
	case "is":
		return in.Bytes, true, valueForm(f.Arg).check(in.Bytes)
	case "prefix":
		return f.strip(bytes.CutPrefix, in.Bytes)
	case "suffix":
		return f.strip(bytes.CutSuffix, in.Bytes)
	}
	return nil, false, nil
}

// strip takes the argument off one end, where it must be.
func (f Filter) strip(cut func(b, end []byte) ([]byte, bool), b []byte) ([]byte, bool, error) {
	out, ok := cut(b, []byte(f.Arg))
	if !ok {
		return nil, true, errors.New("it is not there")
	}
	return out, true, nil
}
