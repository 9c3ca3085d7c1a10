package signature

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"
)

// maxKeys is how many secrets of other endpoints a diagnosis tries.
const maxKeys = 10_000

// maxBatch is how many of them one check takes, so that the message is read
// once for all of them; batchBytes is how much it may hash before the time is
// looked at again.
const (
	maxBatch   = 64
	batchBytes = 16 << 20
)

// candidate is a secret of another endpoint.
type candidate struct {
	secret Secret
	ring   int // which endpoint's
}

// otherSecrets tries the secrets of the other endpoints.
func (q *inquiry) otherSecrets() *Diagnosis {
	candidates, rings := q.candidates()
	if rings == 0 {
		return nil
	}
	ctx, cancel := q.halfTheTime()
	defer cancel()
	size := max(1, min(maxBatch, batchBytes/(len(q.m.Body)+1)))
	at := 0
	for limit := min(len(candidates), maxKeys); at < limit && ctx.Err() == nil; {
		batch := candidates[at:min(at+size, limit)]
		if i := q.match(batch); i >= 0 {
			return q.belongsTo(q.others[batch[i].ring].Endpoint)
		}
		at += len(batch)
	}
	// An endpoint counts when its last secret was tried.
	whole := rings
	if at < len(candidates) {
		q.short = q.short || q.ctx.Err() != nil
		whole = 0
		for i := 1; i <= at; i++ {
			if candidates[i-1].ring != candidates[i].ring {
				whole++
			}
		}
	}
	switch {
	case at == 0 && len(candidates) > 0:
	case whole < rings:
		q.tried = append(q.tried, "the secrets of "+itoa(int64(whole))+" of "+count(rings, "other endpoint"))
	default:
		q.tried = append(q.tried, "the secrets of "+count(rings, "other endpoint"))
	}
	return nil
}

// halfTheTime leaves as much for the looks that follow.
func (q *inquiry) halfTheTime() (context.Context, context.CancelFunc) {
	end, limited := q.ctx.Deadline()
	if !limited {
		return context.WithCancel(q.ctx)
	}
	return context.WithTimeout(q.ctx, time.Until(end)/2)
}

// candidates lists the secrets to try, endpoint by endpoint, and tells how
// many endpoints hold any that this one lacks.
func (q *inquiry) candidates() (out []candidate, rings int) {
	for i, ring := range q.others {
		before := len(out)
		for _, s := range ring.Secrets {
			if s.value != "" && !q.knows(s) {
				out = append(out, candidate{s, i})
			}
		}
		if len(out) > before {
			rings++
		}
	}
	return out, rings
}

// match returns the index of the secret with which the message holds, or -1.
func (q *inquiry) match(batch []candidate) int {
	secrets := make([]Secret, len(batch))
	for i, c := range batch {
		secrets[i] = NewSecret(itoa(int64(i)), c.secret.value)
	}
	v := q.scheme.Verify(q.m, secrets, q.now)
	if v.Outcome != Verified && v.Outcome != Stale {
		return -1
	}
	for i, s := range secrets {
		if s.Label == v.Secret {
			return i
		}
	}
	return -1
}

func (q *inquiry) belongsTo(endpoint string) *Diagnosis {
	d := &Diagnosis{Cause: SecretOfOtherEndpoint, Endpoint: endpoint,
		Says: "It does match with the secret of " + endpoint + ": this endpoint holds another one.",
		Do:   "Use that secret here, or send these deliveries to " + endpoint + "."}
	if len(q.own) == 0 {
		d.Says = "It matches with the secret of " + endpoint + "; this endpoint has none."
	}
	return d
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
	before := q.done
	for _, s := range q.own {
		if s.value == "" {
			continue
		}
		if d := q.otherSpace(s); d != nil {
			return d
		}
	}
	q.note(before, "white space around the secret, here and at the provider")
	return nil
}

func (q *inquiry) otherSpace(s Secret) *Diagnosis {
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
	return nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(int64(n)) + " " + noun + "s"
}
