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
		value := text
		if isReference(text) {
			found, err := s.vault().Resolve(settings.Reference(text))
			if err != nil {
				return nil, wrongUse(oneLine(err), "")
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

func isReference(text string) bool {
	kind, name, ok := strings.Cut(text, ":")
	return ok && name != "" && (kind == "env" || kind == "file" || kind == "keyring")
}

// secretsOf resolves the references of a configured endpoint.
func (s *session) secretsOf(e settings.Endpoint) ([]signature.Secret, error) {
	var secrets []signature.Secret
	for _, reference := range e.Secrets {
		found, err := s.vault().Resolve(reference)
		if err != nil {
			return nil, wrongUse(fmt.Sprintf("endpoint %q: %s", e.Name, oneLine(err)), "")
		}
		secrets = append(secrets, found)
	}
	return secrets, nil
}
