package ui

import (
	"strings"

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

// kept is where a secret goes.
const kept = "It is kept in the keyring of this machine, never in the config file."

// secretKindOf says what kind of secret p needs.
func secretKindOf(p providers.Provider) secretKind {
	k := secretKind{label: "Signing secret", placeholder: "paste it here, or env:NAME, or file:PATH", hint: kept}
	form, source := secretFacts(p.Scheme)
	switch {
	case p.SchemeKind == "basic":
		k.label, k.placeholder = "User and password", "user:password"
		k.hint = "The two that " + p.Name + " sends with each delivery, as user:password. " + kept
	case p.SchemeKind == "token":
		k.label = "Token"
		k.hint = "The text that " + p.Name + " sends with each delivery; nothing is signed with it. " + kept
	case source != nil:
		k.public, k.label = true, "Public key"
		k.placeholder = "-----BEGIN PUBLIC KEY-----"
		k.hint = p.Name + " signs with a private key of its own. Paste its public key or certificate: PEM, a JWK or base64; several lines are fine."
		if len(source.Published) > 0 || source.Fetch != "" {
			k.label = "Public key (not needed)"
			k.hint = "Shopbell takes the key that " + p.Name + " publishes. Paste one only to use it in place of that."
		}
	}
	if len(form.Parts) > 1 {
		k.inParts(p, form)
	}
	if p.SecretWhere != "" {
		k.hint += " Where it is found: " + p.SecretWhere
	}
	return k
}

// inParts explains a secret that is written as several pieces: "app_key:secret".
func (k *secretKind) inParts(p providers.Provider, form signature.SecretForm) {
	parts := strings.Join(form.Parts, ":")
	k.placeholder = parts
	if !k.public {
		k.hint = "Write both with a colon between them: " + parts + ". " + kept
		return
	}
	k.label = strings.Join(form.Parts[:len(form.Parts)-1], " and ")
	k.placeholder = strings.Join(form.Parts[:len(form.Parts)-1], ":")
	k.hint = "Write " + k.placeholder + " alone, or with a public key behind it: " + k.placeholder + ":-----BEGIN PUBLIC KEY----- …"
	if !form.LastOptional {
		k.hint = "Write " + k.placeholder + ", a colon, and the public key of " + p.Name + " in PEM."
	}
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
