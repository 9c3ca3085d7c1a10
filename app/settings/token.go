package settings

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"shopbell/providers/signature"
)

// A verify token is a text that the user makes up and enters at the provider,
// which repeats it when it checks the URL. It proves nothing of a delivery, so
// it may stand in the file; who would rather keep it elsewhere writes a
// reference, as for a secret.

// maxToken is the longest verify token in characters; eBay takes 80, the
// longest that we know of.
const maxToken = 200

const adviceToken = "Write the text that you entered at the provider, or keyring:NAME, env:NAME or file:PATH."

// checkToken never repeats the token: it may be a secret after all.
func checkToken(place, token string) *finding {
	if MeansReference(token) {
		return checkReference(place, Reference(token))
	}
	odd := func(r rune) bool { return !unicode.IsPrint(r) }
	if strings.TrimSpace(token) != token || strings.ContainsFunc(token, odd) || !utf8.ValidString(token) || utf8.RuneCountInString(token) > maxToken {
		return &finding{place, "verify_token has a form that no provider takes (it is not shown), expected up to 200 printable characters without space at the ends", adviceToken}
	}
	return nil
}

// token reads a verify token, and does not repeat one that is wrong.
func (d *decoder) token(place string, v value, to *string) {
	if v.kind != unstable.String {
		d.fail(place, adviceToken, "verify_token is %s, expected text in quotes", article(v.kind))
		return
	}
	if v.text == "" {
		d.fail(place, "Fill it in, or remove the line.", "verify_token is \"\", expected some text")
		return
	}
	if f := checkToken(place, v.text); f != nil {
		d.fail(place, f.advice, "%s", f.says)
		return
	}
	*to = v.text
	if seen := refPlace(Reference(v.text)); MeansReference(v.text) && d.settings.lines[seen] == 0 {
		d.settings.lines[seen] = d.settings.lines[place]
	}
}

// ResolveToken returns the verify token of e, the zero value when it has none.
// A text that is no reference is the token itself.
func (v Vault) ResolveToken(e Endpoint) (signature.Secret, error) {
	switch {
	case e.VerifyToken == "":
		return signature.Secret{}, nil
	case MeansReference(e.VerifyToken):
		return v.Resolve(Reference(e.VerifyToken))
	}
	return signature.NewSecret("verify_token", e.VerifyToken), nil
}
