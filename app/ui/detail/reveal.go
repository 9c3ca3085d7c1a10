package detail

import (
	"bytes"
	"slices"
	"strings"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// dots stand for a hidden value, whatever its length.
const dots = "••••••••"

// credentials are the headers whose values open doors elsewhere.
var credentials = []string{"authorization", "cookie", "proxy-authorization", "set-cookie"}

// secretHeader tells whether the value of a header is hidden at first.
func secretHeader(name string) bool { return slices.Contains(credentials, strings.ToLower(name)) }

// hides tells whether anything of these headers or this provider is hidden at
// first, so that a button to show it makes sense.
func hides(header signature.Header, p providers.Provider) bool {
	return len(p.Personal) > 0 || slices.ContainsFunc(header, func(f signature.Field) bool { return secretHeader(f.Name) })
}

// revealWords is what the button says that shows what is hidden.
func revealWords(p providers.Provider, shown bool) string {
	switch {
	case len(p.Personal) > 0 && shown:
		return "Hide personal data"
	case len(p.Personal) > 0:
		return "Show personal data"
	case shown:
		return "Hide credentials"
	}
	return "Show credentials"
}

// maskHead hides the values of credentials in a raw head, continuation lines
// included; everything else stays byte for byte.
func maskHead(head []byte) []byte {
	var out []byte
	hiding := false
	for line := range bytes.Lines(head) {
		text := bytes.TrimRight(line, "\r\n")
		end := line[len(text):]
		name, _, field := bytes.Cut(text, []byte(":"))
		switch folded := len(text) > 0 && (text[0] == ' ' || text[0] == '\t'); {
		case folded && hiding:
			text = []byte(" " + dots)
		case field && secretHeader(string(bytes.TrimSpace(name))):
			hiding = true
			text = append(append([]byte{}, name...), ": "+dots...)
		default:
			hiding = false
		}
		out = append(append(out, text...), end...)
	}
	return out
}

// bodyOrMask is a body as it may be shown.
func bodyOrMask(body []byte, p providers.Provider, shown bool) []byte {
	if shown {
		return body
	}
	return p.Mask(body)
}
