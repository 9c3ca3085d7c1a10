package providers

import (
	"strings"

	"shopbell/providers/signature"
)

// minToken is the shortest secret that is looked for as it is, in bytes: a
// shorter text may stand in a message by chance.
const minToken = 6

// token finds a secret that is sent as it is.
func (q *inference) token() bool {
	secret := q.secret.Value()
	if len(secret) < minToken {
		return false
	}
	if s := (signature.Token{Basic: true}); q.verifies(s) {
		return q.keepToken(s)
	}
	for _, v := range q.values {
		prefix, _, ok := strings.Cut(v.text, secret)
		if !ok || len(prefix) > 16 || len(v.part.Filters) > 0 {
			continue
		}
		s := signature.Token{At: []signature.Part{v.part}, Prefix: prefix}
		if q.verifies(s) {
			return q.keepToken(s)
		}
	}
	return false
}

func (q *inference) keepToken(s signature.Token) bool {
	return q.keep(s, "the secret itself is sent: "+signature.FactsOf(s).Name)
}
