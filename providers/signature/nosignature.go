package signature

import "time"

// NoSignature is the scheme of a provider that signs nothing: the secret URL
// and TLS are all there is.
type NoSignature struct{}

// Verify implements Scheme; secrets have no meaning here.
func (NoSignature) Verify(Message, []Secret, time.Time) Verdict {
	return Verdict{Outcome: Unsigned, Steps: []Step{{
		Name: "Signature", OK: true,
		Evidence: "the provider documents none; the secret URL and TLS are all there is",
	}}}
}

// Sign implements Scheme: it returns m unchanged with ErrUnsigned.
func (NoSignature) Sign(m Message, _ Secret, _ time.Time) (Message, error) { return m, ErrUnsigned }
