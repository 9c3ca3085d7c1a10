package providers

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/providers/signature"
)

// place is where a signature may stand, and how it may be written.
type place struct {
	at       signature.Part
	prefix   string
	list     signature.List
	encoding signature.Encoding
	bytes    []byte
}

func (p place) layout(ts stamp) signature.Layout {
	return signature.Layout{At: []signature.Part{p.at}, Prefix: p.prefix, List: p.list, Encoding: p.encoding, Timestamp: ts.timestamp()}
}

// The limits of a search: more headers, values and places than any provider
// sends, few enough to try them all.
const (
	maxValues = 96
	maxValue  = 4 << 10
	maxPlaces = 48
	maxStamps = 12
)

// value is one text of the message, and its name.
type value struct {
	part signature.Part
	text string
}

// valuesOf lists the header, the query, and the fields of a form or of the
// outer two levels of a JSON body.
func valuesOf(m signature.Message) []value {
	var out []value
	add := func(kind signature.PartKind, name, text string) {
		if len(out) < maxValues && name != "" && text != "" && len(text) <= maxValue {
			out = append(out, value{signature.Part{Kind: kind, Name: name}, text})
		}
	}
	for _, f := range m.Header {
		add(signature.PartHeader, f.Name, f.Value)
	}
	_, query, _ := strings.Cut(m.Target, "?")
	for name, text := range pairsOf(query) {
		add(signature.PartQuery, name, text)
	}
	if signature.ValidJSON(m.Body) {
		leaves(gjson.ParseBytes(m.Body), "", 2, func(path, text string) { add(signature.PartJSON, path, text) })
	} else if strings.HasPrefix(m.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		for name, text := range pairsOf(string(m.Body[:min(len(m.Body), 64<<10)])) {
			add(signature.PartForm, name, text)
		}
	}
	return out
}

// pairsOf yields the fields of a form or query in order.
func pairsOf(text string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for pair := range strings.SplitSeq(text, "&") {
			k, v, _ := strings.Cut(pair, "=")
			name, err := url.QueryUnescape(k)
			plain, err2 := url.QueryUnescape(v)
			if err == nil && err2 == nil && !yield(name, plain) {
				return
			}
		}
	}
}

// leaves calls add with the path and text of each plain value of the outer levels.
func leaves(doc gjson.Result, path string, depth int, add func(path, text string)) {
	if !doc.IsObject() {
		return
	}
	doc.ForEach(func(k, v gjson.Result) bool {
		name := k.Str
		if strings.Contains(name, ".") {
			return true // no path leads there
		}
		if path != "" {
			name = path + "." + name
		}
		switch {
		case v.IsObject() && depth > 1:
			leaves(v, name, depth-1, add)
		case v.Type == gjson.String:
			add(name, v.Str)
		case !v.IsObject() && !v.IsArray():
			add(name, v.Raw)
		}
		return true
	})
}

// placesOf lists where something of the length of a signature stands, headers
// that are called so first.
func placesOf(m signature.Message) []place {
	var likely, rest []place
	for _, v := range valuesOf(m) {
		found := readings(v)
		name := strings.ToLower(v.part.Name)
		if strings.Contains(name, "sign") || strings.Contains(name, "hmac") || strings.Contains(name, "hash") || strings.Contains(name, "mac") {
			likely = append(likely, found...)
		} else {
			rest = append(rest, found...)
		}
	}
	all := append(likely, rest...)
	return all[:min(len(all), maxPlaces)]
}

// readings are the ways in which a value may hold a signature: whole, behind a
// prefix, in a list.
func readings(v value) []place {
	text := strings.TrimSpace(v.text)
	out := decoded(place{at: v.part}, text)
	if at := strings.IndexAny(text, "=:, "); at > 0 && at < 32 {
		rest := strings.TrimLeft(text[at+1:], " ")
		prefix := text[:len(text)-len(rest)]
		out = append(out, decoded(place{at: v.part, prefix: prefix}, rest)...)
	}
	for _, pairs := range []string{",", ";", " ", "&"} {
		for _, equals := range []string{"=", ":", ","} {
			out = append(out, listed(v.part, text, signature.List{Pairs: pairs, Equals: equals})...)
		}
	}
	return out
}

// listed reads text as a list of keys and values.
func listed(at signature.Part, text string, list signature.List) (out []place) {
	if list.Pairs == list.Equals || !strings.Contains(text, list.Pairs) && list.Pairs != " " {
		return nil
	}
	for part := range strings.SplitSeq(text, list.Pairs) {
		key, rest, ok := strings.Cut(strings.TrimSpace(part), list.Equals)
		if !ok || key == "" || len(key) > 24 {
			continue
		}
		list.Keys = []string{key}
		out = append(out, decoded(place{at: at, list: list}, strings.TrimSpace(rest))...)
	}
	return out
}

// decoded adds the encodings in which text can be read.
func decoded(p place, text string) (out []place) {
	if len(text) < 22 {
		return nil
	}
	try := func(encoding signature.Encoding, b []byte, err error) {
		if err == nil && len(b) >= 16 {
			p.encoding, p.bytes = encoding, b
			out = append(out, p)
		}
	}
	b, err := hex.DecodeString(text)
	try(signature.Hex, b, err)
	bare := strings.TrimRight(text, "=")
	b, err = base64.RawStdEncoding.DecodeString(bare)
	try(signature.Base64, b, err)
	if strings.ContainsAny(text, "-_") {
		b, err = base64.RawURLEncoding.DecodeString(bare)
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
