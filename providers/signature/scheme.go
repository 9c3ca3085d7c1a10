package signature

import "time"

// Scheme is how a provider signs. Schemes are values without state: two calls
// with the same arguments give the same result.
type Scheme interface {
	// Verify checks m against each of the secrets as of now. It keeps nothing
	// of m and answers in time linear in the size of m.
	Verify(m Message, secrets []Secret, now time.Time) Verdict
	// Sign returns a copy of m that carries a fresh signature made with secret
	// as of now. It fails when the scheme cannot sign m with a secret alone.
	Sign(m Message, secret Secret, now time.Time) (Message, error)
}
