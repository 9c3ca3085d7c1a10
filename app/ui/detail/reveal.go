package detail

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// dots stand for a hidden value, whatever its length.
const dots = "••••••••"

// credentials are the headers whose values open doors elsewhere.
var credentials = []string{"authorization", "cookie", "proxy-authorization", "set-cookie"}

// Credential tells whether the value of a header opens doors elsewhere.
func Credential(name string) bool { return slices.Contains(credentials, strings.ToLower(name)) }

// secretHeader tells whether the value of a header is hidden at first: it opens
// doors elsewhere, or p puts a secret there.
func secretHeader(p providers.Provider, name string) bool {
	return Credential(name) || p.SecretHeader(name)
}

// Hides tells whether anything of m is hidden at first, so that a button to
// show it makes sense.
func Hides(m signature.Message, p providers.Provider) bool {
	return p.HidesBody() || p.MaskTarget(m.Target) != m.Target ||
		slices.ContainsFunc(m.Header, func(f signature.Field) bool { return secretHeader(p, f.Name) })
}

// revealWords is what the button says that shows what is hidden.
func revealWords(p providers.Provider, shown bool) string {
	switch {
	case len(p.Personal) > 0 && shown:
		return lang.L("Hide personal data")
	case len(p.Personal) > 0:
		return lang.L("Show personal data")
	}
	return revealCredentials(shown)
}

// maskedWords is the note above a body of which a part is hidden.
func maskedWords(p providers.Provider) string {
	if len(p.Personal) > 0 {
		return lang.L("Personal data is hidden.")
	}
	return lang.L("The secret in it is hidden.")
}

// maskHead hides the secrets and credentials in a raw head; everything else
// stays byte for byte.
func maskHead(head []byte, p providers.Provider) []byte {
	return p.MaskHead(head, func(name string) bool { return secretHeader(p, name) })
}
