package console

import (
	"fmt"

	"shopbell/app/settings"
	"shopbell/providers/signature"
)

// secrets reads the values of --secret: a reference (env:NAME, file:PATH,
// keyring:NAME), else the secret itself. They are labelled #1, #2 in the order
// given, so that no label repeats part of a secret.
func (s *session) secrets(given []string) ([]signature.Secret, error) {
	var secrets []signature.Secret
	for i, text := range given {
		value := text
		if isReference(text) {
			// Not the vault of the settings: a path is relative to where we are.
			found, err := settings.Vault{Env: s.env}.Resolve(settings.Reference(text))
			if err != nil {
				return nil, err
			}
			value = found.Value()
		}
		if value == "" {
			return nil, wrongUse(fmt.Sprintf("secret #%d is empty", i+1), "leave --secret out to judge without one")
		}
		secrets = append(secrets, signature.NewSecret(fmt.Sprintf("#%d", i+1), value))
	}
	return secrets, nil
}

// isReference tells a reference from a secret that happens to hold a colon.
func isReference(text string) bool {
	_, err := settings.ParseReference(text)
	return err == nil
}

// secretsOf resolves the references of a configured endpoint.
func (s *session) secretsOf(e settings.Endpoint) ([]signature.Secret, error) {
	var secrets []signature.Secret
	for _, reference := range e.Secrets {
		found, err := s.vault().Resolve(reference)
		if err != nil {
			return nil, err
		}
		secrets = append(secrets, found)
	}
	return secrets, nil
}
