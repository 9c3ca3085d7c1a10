package signature

import (
	"crypto/subtle"
	"strings"
)

// otherSecrets tries the secrets of the other endpoints.
func (q *inquiry) otherSecrets() *Diagnosis {
	if len(q.others) == 0 {
		return nil
	}
	for _, ring := range q.others {
		for _, s := range ring.Secrets {
			// Half of the tries are left for what comes after.
			if q.left <= maxTries/2 || q.knows(s) || !q.holds(q.m, s) {
				continue
			}
			d := &Diagnosis{Cause: SecretOfOtherEndpoint, Endpoint: ring.Endpoint,
				Says: "It does match with the secret of " + ring.Endpoint + ": this endpoint holds another one.",
				Do:   "Use that secret here, or send these deliveries to " + ring.Endpoint + "."}
			if len(q.own) == 0 {
				d.Says = "It matches with the secret of " + ring.Endpoint + "; this endpoint has none."
			}
			return d
		}
	}
	q.tried = append(q.tried, "the secrets of "+count(len(q.others), "other endpoint"))
	return nil
}

// knows tells whether s has the value of one of the endpoint's own secrets.
func (q *inquiry) knows(s Secret) bool {
	for _, own := range q.own {
		if subtle.ConstantTimeCompare([]byte(own.value), []byte(s.value)) == 1 {
			return true
		}
	}
	return false
}

// whiteSpace tries the secret without the white space that was configured with
// it, and with what the provider may have stored.
func (q *inquiry) whiteSpace() *Diagnosis {
	for _, s := range q.own {
		if s.value == "" {
			continue
		}
		bare := strings.TrimSpace(s.value)
		if bare != s.value && bare != "" && q.holds(q.m, NewSecret(s.Label, bare)) {
			return &Diagnosis{Cause: SecretWhitespace,
				Says: "It matches without the white space around the configured secret " + s.Label + ".",
				Do:   "Enter the secret again without the space or line end around it."}
		}
		for _, v := range []struct{ before, after, name string }{
			{"", "\n", "a line end (LF) behind it"},
			{"", "\r\n", "a line end (CRLF) behind it"},
			{"", " ", "a space behind it"},
			{" ", "", "a space before it"},
		} {
			if q.holds(q.m, NewSecret(s.Label, v.before+bare+v.after)) {
				return &Diagnosis{Cause: SecretWhitespace,
					Says: "It matches when secret " + s.Label + " has " + v.name + ": the provider's copy of the secret has white space that this one lacks.",
					Do:   "Enter the secret again at the provider without white space around it, or here with it."}
			}
		}
	}
	q.tried = append(q.tried, "white space around the secret, here and at the provider")
	return nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(int64(n)) + " " + noun + "s"
}

// sentence makes one line of evidence a sentence.
func sentence(evidence string) string {
	line := strings.ReplaceAll(evidence, "\n", ": ")
	if line == "" {
		return line
	}
	return strings.ToUpper(line[:1]) + line[1:] + "."
}
