package ui

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// secretKind is what a form says of the secret that a provider needs.
type secretKind struct {
	label, placeholder, hint string
	// public is a key that is no secret: it has several lines, and nobody
	// minds who sees it.
	public bool
}

// keptSays is where a secret goes.
func keptSays() string {
	return lang.L("It is kept in the keyring of this machine, never in the config file.")
}

// secretKindOf says what kind of secret p needs.
func secretKindOf(p providers.Provider) secretKind {
	k := secretKind{label: lang.L("Signing secret"), placeholder: lang.L("paste it here, or env:NAME, or file:PATH"), hint: keptSays()}
	of := map[string]any{"Provider": p.Name}
	form, source := secretFacts(p.Scheme)
	switch {
	case p.SchemeKind == "basic":
		k.label, k.placeholder = lang.L("User and password"), "user:password"
		k.hint = lang.L("The two that {{.Provider}} sends with each delivery, as user:password.", of) + " " + keptSays()
	case p.SchemeKind == "token":
		k.label = lang.L("Token")
		k.hint = lang.L("The text that {{.Provider}} sends with each delivery; nothing is signed with it.", of) + " " + keptSays()
	case source != nil:
		k.public, k.label = true, lang.L("Public key")
		k.placeholder = "-----BEGIN PUBLIC KEY-----"
		k.hint = lang.L("{{.Provider}} signs with a private key of its own. Paste its public key or certificate: PEM, a JWK or base64; several lines are fine.", of)
		if len(source.Published) > 0 || source.Fetch != "" {
			k.label = lang.L("Public key (not needed)")
			k.hint = lang.L("Shopbell takes the key that {{.Provider}} publishes. Paste one only to use it in place of that.", of)
		}
	}
	if len(form.Parts) > 1 {
		k.inParts(p, form)
	}
	if p.SecretWhere != "" {
		k.hint += " " + lang.L("Where it is found: {{.Place}}", map[string]any{"Place": p.SecretWhere})
	}
	return k
}

// inParts explains a secret that is written as several pieces: "app_key:secret".
func (k *secretKind) inParts(p providers.Provider, form signature.SecretForm) {
	k.placeholder = strings.Join(form.Parts, ":")
	if !k.public {
		k.hint = lang.L("Write both with a colon between them: {{.Parts}}.", map[string]any{"Parts": k.placeholder}) + " " + keptSays()
		return
	}
	first := form.Parts[:len(form.Parts)-1]
	k.label, k.placeholder = andList(first), strings.Join(first, ":")
	of := map[string]any{"Parts": k.placeholder, "Provider": p.Name}
	k.hint = lang.L("Write {{.Parts}} alone, or with a public key behind it: {{.Parts}}:-----BEGIN PUBLIC KEY----- …", of)
	if !form.LastOptional {
		k.hint = lang.L("Write {{.Parts}}, a colon, and the public key of {{.Provider}} in PEM.", of)
	}
}

// andList is "a", "a and b", "a and b and c".
func andList(names []string) string {
	list := names[0]
	for _, name := range names[1:] {
		list = lang.L("{{.List}} and {{.Last}}", map[string]any{"List": list, "Last": name})
	}
	return list
}

// secretFacts are the form of the secret that a scheme takes, and where its
// public keys come from; nil where it takes a shared secret.
func secretFacts(s signature.Scheme) (signature.SecretForm, *signature.KeySource) {
	symmetric := func(names []string) bool { return len(names) > 0 && strings.HasPrefix(names[0], "HS") }
	switch s := s.(type) {
	case signature.Shared:
		return s.Secret, nil
	case signature.Token:
		return s.Secret, nil
	case signature.PublicKey:
		return s.Secret, &s.Keys
	case signature.HTTPSignature:
		return signature.SecretForm{}, &s.Key
	case signature.JWT:
		if symmetric(s.Algorithms) {
			return s.Secret, nil
		}
		return s.Secret, &s.Key
	case signature.JWS:
		if symmetric(s.Algorithms) {
			return s.Secret, nil
		}
		return s.Secret, &s.Key
	case signature.Either:
		if len(s.Schemes) > 0 {
			return secretFacts(s.Schemes[0])
		}
	}
	return signature.SecretForm{}, nil
}
