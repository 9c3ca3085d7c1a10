package signature

import (
	"context"
	"strings"
	"time"
)

// maxKeys is how many secrets of other endpoints a diagnosis tries.
const maxKeys = 10_000

// candidate is a secret of another endpoint.
type candidate struct {
	secret Secret
	ring   int // which endpoint's
}

// otherSecrets tries the secrets of the other endpoints. It leaves half of the
// time to the looks that follow.
func (q *search) otherSecrets() *Diagnosis {
	candidates, rings := q.candidates()
	if rings == 0 {
		return nil
	}
	secrets := make([]Secret, min(len(candidates), maxKeys))
	for i := range secrets {
		secrets[i] = candidates[i].secret
	}
	short := q.short
	whole, cancel := q.halfTheTime()
	at, r := 0, result{whole: true}
	for at < len(secrets) && r.whole {
		end := min(at+maxBatch, len(secrets))
		r = q.try(q.Scheme, q.Message, secrets[at:end])
		if r.ok && r.at >= 0 {
			cancel()
			return q.explained(q.belongsTo(candidates[at+r.at]))
		}
		if r.whole {
			at = end
		}
	}
	cancel()
	q.ctx, q.short = whole, short
	q.over() // says so if the whole time is over, not half of it
	for _, c := range candidates[:min(at, max(0, maxSuspects-len(q.secrets)))] {
		q.secrets = append(q.secrets, suspicion{q.belongsTo(c), c.secret})
	}
	q.noteRings(candidates, at, rings)
	return nil
}

// halfTheTime shortens the time until cancel is called; the whole time comes
// back by putting the returned context in its place.
func (q *search) halfTheTime() (whole context.Context, cancel context.CancelFunc) {
	whole = q.ctx
	end, limited := whole.Deadline()
	if !limited {
		return whole, func() {}
	}
	q.ctx, cancel = context.WithTimeout(whole, time.Until(end)/2)
	return whole, cancel
}

// noteRings says how many endpoints were looked at: one counts when its last
// secret was tried.
func (q *search) noteRings(candidates []candidate, at, rings int) {
	done := rings
	if at < len(candidates) {
		done = 0
		for i := 1; i <= at; i++ {
			if candidates[i-1].ring != candidates[i].ring {
				done++
			}
		}
	}
	switch {
	case at == 0:
	case done < rings:
		q.tried = append(q.tried, "the secrets of "+itoa(int64(done))+" of "+count(rings, "other endpoint"))
	default:
		q.tried = append(q.tried, "the secrets of "+count(rings, "other endpoint"))
	}
}

// candidates lists the secrets to try, endpoint by endpoint, those of the same
// provider first, and tells how many endpoints hold any that this one lacks.
func (q *search) candidates() (out []candidate, rings int) {
	for _, same := range []bool{true, false} {
		for i, ring := range q.Others {
			if (ring.Provider == q.Provider) != same {
				continue
			}
			before := len(out)
			for _, s := range ring.Secrets {
				if s.value != "" && !q.knows(s.value) {
					out = append(out, candidate{s, i})
				}
			}
			if len(out) > before {
				rings++
			}
		}
	}
	return out, rings
}

// belongsTo is the accident that a delivery was signed for another endpoint.
func (q *search) belongsTo(c candidate) accident {
	ring := q.Others[c.ring]
	a := accident{
		cause: SecretOfOtherEndpoint, endpoint: ring.Endpoint,
		says: "with the secret of " + ring.Endpoint,
		why:  "this endpoint holds another one",
		do:   "Use that secret here, or send these deliveries to " + ring.Endpoint + ".",
		fix:  &Fix{Kind: UseSecret, Endpoint: ring.Endpoint, Secret: c.secret.Label},
	}
	if len(q.own) == 0 {
		a.why = "this endpoint has none"
	}
	theirs, ours := environment(ring.Endpoint, c.secret), environment(q.Endpoint, q.own...)
	if theirs != "" && theirs != ours && ring.Provider == q.Provider {
		a.why += ", and that one is of the " + theirs + " environment"
		if ours != "" {
			a.why = "the delivery comes from the provider's " + theirs + " environment, this endpoint is of the " + ours + " one"
			a.do = "Send the deliveries of the " + theirs + " environment to " + ring.Endpoint + ", or use its secret here."
			a.fix = &Fix{Kind: MoveToEndpoint, Endpoint: ring.Endpoint, Secret: c.secret.Label}
		}
	}
	return a
}

// environment tells "test" from "live" by the words of an endpoint's name, else
// by the mark that many providers put into a secret; "" when neither says.
func environment(name string, secrets ...Secret) string {
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch word {
		case "test", "testing", "sandbox", "dev", "development", "staging", "stage":
			return "test"
		case "live", "prod", "production":
			return "live"
		}
	}
	for _, s := range secrets {
		text := strings.ToLower(s.value)
		switch {
		case strings.Contains(text, "test_"), strings.Contains(text, "sandbox"):
			return "test"
		case strings.Contains(text, "live_"), strings.Contains(text, "prod_"):
			return "live"
		}
	}
	return ""
}
