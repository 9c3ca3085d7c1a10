package providers

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

// place is where a signature may stand, and how it may be written.
type place struct {
	at       signature.Part
	prefix   string
	list     signature.List
	encoding signature.Encoding
	unescape bool
	repeated bool // a header stands there several times
	upper    bool
	text     string
	bytes    []byte
}

func (p place) layout() signature.Layout {
	return signature.Layout{At: []signature.Part{p.at}, Prefix: p.prefix, List: p.list, Encoding: p.encoding, Unescape: p.unescape,
		Repeated: p.repeated, Upper: p.upper}
}

// maxPlaces is how many places are looked at, more than any message has
// signatures.
const maxPlaces = 64

// placesOf lists where something of the length of a signature stands, parts
// that are called so first.
func placesOf(values []value) []place {
	var likely, rest []place
	times := map[string]int{}
	for _, v := range values {
		times[strings.ToLower(v.part.String())]++
	}
	for _, v := range values {
		found := readings(v)
		for i := range found {
			found[i].repeated = times[strings.ToLower(v.part.String())] > 1 && v.part.Kind == signature.PartHeader
		}
		if calledSignature(v.part.Name) {
			likely = append(likely, found...)
		} else {
			rest = append(rest, found...)
		}
	}
	all := append(likely, rest...)
	return all[:min(len(all), maxPlaces)]
}

func calledSignature(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"sign", "hmac", "hash", "mac", "digest", "checksum", "verif"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// readings are the ways in which a value may hold a signature: whole, in a
// list, behind a prefix. A version in front ("v1,...", "v1=...") is the key of
// a list that may grow, any other word a prefix.
func readings(v value) []place {
	text := strings.TrimSpace(v.text)
	if out := decoded(place{at: v.part}, text); len(out) > 0 {
		return out
	}
	var lists, prefixed []place
	for _, pairs := range [...]string{",", ";", " ", "&"} {
		for _, equals := range [...]string{"=", ":", ",", "|"} {
			lists = append(lists, paired(v.part, text, signature.List{Pairs: pairs, Equals: equals})...)
		}
	}
	for _, pairs := range [...]string{",", ";", " ", "."} {
		lists = append(lists, numbered(v.part, text, pairs)...)
	}
	if at := strings.IndexAny(text, "=:, "); at > 0 && at < 32 {
		rest := strings.TrimLeft(text[at+1:], " ")
		prefixed = decoded(place{at: v.part, prefix: text[:len(text)-len(rest)]}, rest)
	}
	return append(lists, prefixed...)
}

// paired reads text as a list of keys and values.
func paired(at signature.Part, text string, list signature.List) (out []place) {
	several := strings.Contains(text, list.Pairs)
	for part := range strings.SplitSeq(text, list.Pairs) {
		key, rest, ok := strings.Cut(strings.TrimSpace(part), list.Equals)
		if list.Pairs == list.Equals || !ok || key == "" || len(key) > 40 || strings.ContainsAny(key, " {") || !several && !isVersion(key, list) && list.Pairs+list.Equals != "&|" {
			continue
		}
		one := place{at: at, list: list}
		one.list.Keys = []string{strings.TrimSpace(key)}
		rest = strings.Trim(strings.TrimSpace(rest), `"`)
		if at := one; list.Equals == "|" {
			at.list.Keys = []string{"*"} // the name of a key, which changes
			out = append(out, decoded(at, rest)...)
			continue
		}
		out = append(out, decoded(one, rest)...)
		if _, behind, ok := strings.Cut(rest, ":"); ok {
			one.list.After = ":"
			out = append(out, decoded(one, behind)...)
		}
	}
	return out
}

// isVersion tells whether a single pair looks like a list of one: "v1=", or
// "v1," where the pairs are parted by spaces, as Standard Webhooks has it.
func isVersion(key string, list signature.List) bool {
	digits := strings.TrimRight(strings.TrimPrefix(key, "v"), "abcdefgh")
	_, err := strconv.Atoi(digits)
	usual := list.Equals == "=" && list.Pairs == "," || list.Equals == "," && list.Pairs == " "
	return strings.HasPrefix(key, "v") && err == nil && len(digits) <= 2 && usual
}

// numbered reads text as a list of values without keys.
func numbered(at signature.Part, text, pairs string) (out []place) {
	parts := strings.Split(text, pairs)
	if len(parts) < 2 || len(parts) > 8 {
		return nil
	}
	for _, part := range parts {
		if strings.ContainsAny(strings.TrimRight(strings.TrimSpace(part), "="), " ,;=:") {
			return nil // a list with keys, or of another kind
		}
	}
	// Keys are the first that looks like a signature, and what follows it during
	// a rotation.
	list := signature.List{Pairs: pairs}
	for i, part := range parts {
		found := decoded(place{at: at, list: list}, strings.TrimSpace(part))
		if len(found) > 0 && list.Keys == nil {
			list.Keys = []string{strconv.Itoa(i+1) + "-"}
		}
		for j := range found {
			found[j].list.Keys = list.Keys
		}
		out = append(out, found...)
	}
	return out
}

// decoded adds the encodings in which text can be read.
func decoded(p place, text string) (out []place) {
	if plain, err := url.PathUnescape(text); err == nil && plain != text {
		p.unescape, text = true, plain
	}
	if len(text) < 22 || len(text) > maxValue {
		return nil
	}
	try := func(encoding signature.Encoding, b []byte, err error) {
		if err == nil && len(b) >= 16 {
			p.encoding, p.text, p.bytes = encoding, text, b
			out = append(out, p)
		}
	}
	if b, err := hex.DecodeString(text); err == nil {
		p.upper = text != strings.ToLower(text)
		try(signature.Hex, b, nil)
		return out // base64 has no 32 letters in a row that are all hex digits
	}
	// Without padding it is base64url, also where none of its two letters stands.
	bare := strings.TrimRight(text, "=")
	if b, err := base64.RawStdEncoding.DecodeString(bare); err == nil {
		if inner, err := hex.DecodeString(string(b)); err == nil {
			try(signature.Base64OfHex, inner, nil)
			return out
		}
		if bare != text || len(text)%4 == 0 {
			try(signature.Base64, b, nil)
		}
	}
	if strings.ContainsAny(text, "-_") || bare == text && len(text)%4 != 0 {
		b, err := base64.RawURLEncoding.DecodeString(bare)
		try(signature.Base64URL, b, err)
	}
	return out
}

// hashOf is the hash whose result has that many bytes.
func hashOf(size int) (signature.Algorithm, bool) {
	switch size {
	case 16:
		return signature.MD5, true
	case 20:
		return signature.SHA1, true
	case 32:
		return signature.SHA256, true
	case 48:
		return signature.SHA384, true
	case 64:
		return signature.SHA512, true
	}
	return "", false
}
