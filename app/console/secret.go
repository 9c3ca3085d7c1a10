package console

import (
	"fmt"
	"strings"

	"shopbell/app/settings"
	"shopbell/providers/signature"
)

// secrets reads the values of --secret: a reference (env:NAME, file:PATH,
// keyring:NAME), else the secret itself. They are labelled #1, #2 in the order
// given, so that no label repeats part of a secret.
func (s *session) secrets(given []string) ([]signature.Secret, error) {
	var secrets []signature.Secret
	for i, text := range given {
		label := fmt.Sprintf("#%d", i+1)
		value := text
		if settings.MeansReference(text) {
			var err error
			if value, err = s.referred(label, text); err != nil {
				return nil, err
			}
		}
		if value == "" {
			return nil, wrongUse(fmt.Sprintf("--secret %s is empty", label), "expected a secret, or env:NAME, file:PATH, keyring:NAME")
		}
		secrets = append(secrets, signature.NewSecret(label, value))
	}
	return secrets, nil
}

// referred resolves text, which begins like a reference. A mistyped one is an
// error: as a secret it would only ever give a wrong verdict.
func (s *session) referred(label, text string) (string, error) {
	reference, err := settings.ParseReference(text)
	if err != nil {
		return "", wrongUse(strings.Replace(err.Error(), "the text", "--secret "+label, 1), "a secret that itself begins with env:, file: or keyring: can be given by file:PATH")
	}
	// Not the vault of the settings: a path is relative to where we are.
	found, err := settings.Vault{Env: s.env}.Resolve(reference)
	return found.Value(), err
}

// one reads the value of a --secret that can be given once.
func (s *session) one(given string) (signature.Secret, error) {
	secrets, err := s.secrets([]string{given})
	if err != nil {
		return signature.Secret{}, err
	}
	return secrets[0], nil
}
