package signature

import "time"

// NoSignature is the scheme of a provider that signs nothing.
type NoSignature struct{}

// Verify implements Scheme. Secrets have no meaning here, and there is no step,
// because nothing is checked: a tick would claim a protection that nobody saw.
func (NoSignature) Verify(Message, []Secret, time.Time) Verdict { return Verdict{Outcome: Unsigned} }

// Sign implements Scheme: it returns m unchanged with ErrUnsigned.
func (NoSignature) Sign(m Message, _ Secret, _ time.Time) (Message, error) { return m, ErrUnsigned }
