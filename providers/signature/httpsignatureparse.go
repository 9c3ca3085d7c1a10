package signature

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
)

// maxHTTPSignature bounds a header that is read for signatures, in bytes.
const maxHTTPSignature = 16 << 10

// maxLabels is how many signatures one message may have in this form.
const maxLabels = 8

var (
	errComponents = errors.New("a component is unknown, doubled, or there are too many")
	errNotForm    = errors.New("it has another form")
)

// inputs reads the signatures of a message.
func (s HTTPSignature) inputs(value string, f *Fields) ([]signedInput, error) {
	if len(value) > maxHTTPSignature {
		return nil, errors.New("it is longer than 16 KB")
	}
	if s.Form == formCavage {
		return s.cavage(value)
	}
	input := f.header("Signature-Input")
	if input.Times != 1 || len(input.Text) > maxHTTPSignature {
		return nil, errors.New("the header Signature-Input is not there once")
	}
	return s.structured(value, input.Text)
}

// cavage reads keyId="...",algorithm="...",headers="...",signature="...".
func (s HTTPSignature) cavage(value string) ([]signedInput, error) {
	params := map[string]string{}
	for rest := strings.TrimSpace(value); rest != ""; {
		name, after, ok := strings.Cut(rest, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := params[name]; !ok || twice || !IsToken(name) {
			return nil, errNotForm
		}
		if quoted, is := strings.CutPrefix(after, `"`); is {
			params[name], rest, ok = strings.Cut(quoted, `"`)
			rest = strings.TrimSpace(rest)
			if !ok || rest != "" && rest[0] != ',' {
				return nil, errNotForm
			}
			rest = strings.TrimPrefix(rest, ",")
			continue
		}
		params[name], rest, _ = strings.Cut(after, ",")
		params[name] = strings.TrimSpace(params[name])
	}
	if a := params["algorithm"]; a != "" && a != "hs2019" && a != string(s.Algorithm) {
		return nil, errors.New("it names another algorithm")
	}
	sig, err := base64.RawStdEncoding.Strict().DecodeString(unpad(params["signature"]))
	components := strings.Fields(strings.ToLower(params["headers"]))
	switch {
	case err != nil || len(sig) == 0:
		return nil, errNotForm
	case !s.knowsAll(components):
		return nil, errComponents
	}
	return []signedInput{{components: components, params: params, sig: sig}}, nil
}

func (s HTTPSignature) knowsAll(components []string) bool {
	if len(components) == 0 || len(components) > maxComponents {
		return false
	}
	for i, name := range components {
		if !s.knows(name) || slices.Contains(components[:i], name) {
			return false
		}
	}
	return true
}

// structured reads Signature and Signature-Input, two dictionaries of RFC 8941
// with the same labels. A signature without input, or the other way round, is
// left out.
func (s HTTPSignature) structured(value, input string) ([]signedInput, error) {
	sigs, sigsOK := members(value)
	all, allOK := members(input)
	if !sigsOK || !allOK || len(all) > maxLabels {
		return nil, errNotForm
	}
	var out []signedInput
	for _, one := range all {
		at := slices.IndexFunc(sigs, func(p pair) bool { return p.key == one.key })
		if at < 0 {
			continue
		}
		in, err := s.innerList(one.value)
		if err != nil {
			return nil, err
		}
		text, open := strings.CutPrefix(sigs[at].value, ":")
		text, closed := strings.CutSuffix(text, ":")
		sig, err := base64.RawStdEncoding.DecodeString(unpad(text))
		if err != nil || !open || !closed || len(sig) == 0 {
			return nil, errNotForm
		}
		in.label, in.raw, in.sig = one.key, one.value, sig
		out = append(out, in)
	}
	if len(out) == 0 {
		return nil, errNotForm
	}
	return out, nil
}

// members cuts a dictionary at the commas that stand outside quotes.
func members(text string) (out []pair, ok bool) {
	for rest := text; ; {
		end := outside(rest, ',')
		name, value, cut := strings.Cut(strings.TrimSpace(rest[:end]), "=")
		if !cut || !IsToken(name) || slices.ContainsFunc(out, func(p pair) bool { return p.key == name }) {
			return nil, false
		}
		if out = append(out, pair{name, value}); end == len(rest) {
			return out, true
		}
		if rest = rest[end+1:]; len(out) > maxLabels {
			return nil, false
		}
	}
}

// outside finds c outside quoted strings; the length of text when there is none.
func outside(text string, c byte) int {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case quoted && text[i] == '\\':
			i++
		case text[i] == '"':
			quoted = !quoted
		case !quoted && text[i] == c:
			return i
		}
	}
	return len(text)
}

// innerList reads ("@method" "content-digest");created=1;keyid="k".
func (s HTTPSignature) innerList(text string) (signedInput, error) {
	inner, open := strings.CutPrefix(text, "(")
	end := outside(inner, ')')
	if !open || end == len(inner) {
		return signedInput{}, errNotForm
	}
	in := signedInput{params: map[string]string{}}
	for _, item := range strings.Fields(inner[:end]) {
		name, ok := unquote(item)
		if !ok {
			return signedInput{}, errComponents // parameters of components are not known here
		}
		in.components = append(in.components, name)
	}
	if !s.knowsAll(in.components) {
		return signedInput{}, errComponents
	}
	for rest := inner[end+1:]; rest != ""; {
		if rest[0] != ';' {
			return signedInput{}, errNotForm
		}
		rest = strings.TrimLeft(rest[1:], " ")
		next := outside(rest, ';')
		name, value, _ := strings.Cut(rest[:next], "=")
		if plain, quoted := unquote(value); quoted {
			value = plain
		}
		if _, twice := in.params[name]; twice || !IsToken(name) {
			return signedInput{}, errNotForm
		}
		in.params[name], rest = value, rest[next:]
	}
	if a, named := in.params["alg"]; named && registered(a) != s.Algorithm {
		return signedInput{}, errors.New("it names another algorithm")
	}
	return in, nil
}

// unquote reads a string of RFC 8941; components and key ids need no escapes.
func unquote(text string) (string, bool) {
	inner, open := strings.CutPrefix(text, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	return inner, open && closed && !strings.ContainsAny(inner, `"\`)
}

// registered is the algorithm behind a name of RFC 9421, 6.2.2.
func registered(name string) PublicAlgorithm {
	switch name {
	case "ed25519":
		return Ed25519
	case "rsa-v1_5-sha256":
		return RSASHA256
	case "rsa-pss-sha512":
		return RSAPSSSHA512
	case "ecdsa-p256-sha256":
		return ECDSASHA256
	case "ecdsa-p384-sha384":
		return ECDSASHA384
	}
	return ""
}
