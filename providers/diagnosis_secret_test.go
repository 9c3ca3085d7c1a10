package providers

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"shopbell/providers/signature"
)

// secretAccidents happen where a secret is copied from one place to another.
func secretAccidents() []accident {
	return []accident{
		{cause: signature.SecretOfOtherEndpoint, spoil: func(s *scene, _ Catalog) bool {
			s.others = []signature.Keyring{
				{Endpoint: "first", Secrets: []signature.Secret{signature.NewSecret("#1", "an entirely different one")}},
				{Endpoint: "shop live", Provider: s.p.ID, Secrets: []signature.Secret{signature.NewSecret("#1", s.secret)}},
			}
			s.own = another(s.secret)
			if !sharesSecret(s) {
				s.own = ""
			}
			return true
		}},
		own(signature.SecretWhitespace, func(secret string) string { return secret + "\n" }),
		own(signature.SecretWhitespace, func(secret string) string { return "  " + secret + "\r\n" }),
		own(signature.SecretPrefix, func(secret string) string { return "whsec_" + secret }, signature.SecretEncoding),
		own(signature.SecretPrefix, func(secret string) string { return "WEBHOOK_SECRET=" + secret }, signature.SecretEncoding),
		own(signature.SecretPrefix, func(secret string) string { return strings.TrimPrefix(secret, "shpss_") }),
		own(signature.SecretEncoding, func(secret string) string { return base64.StdEncoding.EncodeToString([]byte(secret)) }),
		own(signature.SecretEncoding, func(secret string) string { return hex.EncodeToString([]byte(secret)) }),
	}
}

// own is an accident with the configured secret of a scheme that shares one.
func own(cause signature.Cause, change func(string) string, same ...signature.Cause) accident {
	return accident{cause: cause, same: same, spoil: func(s *scene, _ Catalog) bool {
		s.own = change(s.secret)
		// A part of a secret that anybody could guess is not looked for.
		return sharesSecret(s) && s.own != s.secret && len(s.secret) >= 4
	}}
}

// sharesSecret tells a provider whose secret is a text and no public key.
func sharesSecret(s *scene) bool {
	return !strings.Contains(s.secret, "-----BEGIN") && !strings.HasPrefix(s.secret, "{") && s.p.SchemeKind != "public-key"
}
