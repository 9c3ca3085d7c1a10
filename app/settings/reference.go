package settings

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reference names a secret without holding it: keyring:NAME, env:NAME, file:PATH.
type Reference string

// Store returns where the secret is kept, "keyring", "env" or "file", and its
// name there. Both are empty when r is no reference.
func (r Reference) Store() (store, name string) {
	store, name, _ = strings.Cut(string(r), ":")
	if badName(store, name) != "" {
		return "", ""
	}
	return store, name
}

// MeansReference tells whether text begins like a reference. Such text is never
// a secret itself, although it may be mistyped: see ParseReference.
func MeansReference(text string) bool {
	store, _, found := strings.Cut(text, ":")
	return found && isStore(store)
}

func isStore(word string) bool { return word == "keyring" || word == "env" || word == "file" }

// maxName is the longest name of a secret in bytes; the Windows keyring takes no more.
const maxName = 512

// ParseReference reads keyring:NAME, env:NAME or file:PATH. Its errors never
// repeat the text, which may be the secret itself, pasted in the wrong place.
func ParseReference(text string) (Reference, error) {
	store, name, _ := strings.Cut(text, ":")
	if says := badName(store, name); says != "" {
		return "", errors.New("the text " + says)
	}
	return Reference(text), nil
}

// badName says what is wrong with a reference, "" when nothing is.
func badName(store, name string) string {
	switch {
	case !isStore(store):
		return "is no reference to a secret (it is not shown), expected keyring:NAME, env:NAME or file:PATH"
	case strings.TrimSpace(name) == "":
		return "names nothing after " + store + ":, expected a name there"
	case len(name) > maxName && store != "file", len(name) > maxURL:
		return "is too long, expected a short name after " + store + ":"
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return "holds control characters, expected a plain name after " + store + ":"
	case store == "env" && strings.ContainsAny(name, "= \t"):
		return "holds = or space (it is not shown), expected the name of a variable after env:"
	}
	return ""
}
