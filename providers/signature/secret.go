package signature

import (
	"log/slog"
	"sync/atomic"
)

// Secret is one shared secret with the label under which verdicts speak of it.
// It prints, logs and marshals as its label only; Value is the single way in.
type Secret struct {
	// Label names the secret in verdicts, for example "#1" or "keyring:yshop live".
	Label string
	value string
	// ready is shared by all copies; nil for one that was not made by NewSecret.
	ready *ready
}

// ready keeps what checks with one secret need again and again. It can be used
// by several goroutines.
type ready struct {
	// first is the beginning of an HMAC. The first key and algorithm that it was
	// used with stay; they don't change while a provider has the secret.
	first atomic.Pointer[hmacState]
	last  atomic.Pointer[planned] // of the last scheme that verified with it
}

// NewSecret returns a secret whose value is kept exactly as given.
func NewSecret(label, value string) Secret {
	return Secret{Label: label, value: value, ready: new(ready)}
}

// Value returns the secret itself. It must go nowhere but into a computation.
func (s Secret) Value() string { return s.value }

// String returns the label, so that printing a secret never shows it.
func (s Secret) String() string { return "secret " + s.Label }

// GoString keeps %#v from showing the value.
func (s Secret) GoString() string { return s.String() }

// LogValue keeps structured logs from showing the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps encoders from writing the value.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
