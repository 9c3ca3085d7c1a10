package signature

import "strings"

// maxRivalKeys is how many secrets are tried with a rival's scheme.
const maxRivalKeys = 64

// likelyRivals tries the schemes of the providers whose deliveries look like
// this one, with the endpoint's own secrets.
func (q *search) likelyRivals() *Diagnosis {
	var likely []Rival
	for _, r := range q.Rivals {
		if r.Likely {
			likely = append(likely, r)
		}
	}
	d, _ := q.rivals(likely)
	return d
}

// rivals returns what the first rival says whose scheme holds with the own
// secrets, and how many found a signature of theirs in the message.
func (q *search) rivals(all []Rival) (d *Diagnosis, signed int) {
	for i, r := range all {
		if q.over() {
			break
		}
		before := q.compared
		got := q.try(offline(r.Scheme), q.Message, q.ownFor(r.Scheme))
		if got.ok && !q.weaker(r) {
			return q.explained(q.rivalry(r, all[i+1:])), signed
		}
		if q.compared > before {
			signed++
		}
	}
	return nil, signed
}

// weaker tells whether r only asks less of the endpoint's own kind of token: a
// token that has all claims of this provider is one of its own, and that it
// holds where nobody compares them with the body explains nothing.
func (q *search) weaker(r Rival) bool {
	if _, token := r.Scheme.(JWT); !token || FactsOf(r.Scheme).Cover != CoverNone {
		return false
	}
	for _, l := range q.layouts {
		own, token := l.scheme.(JWT)
		if !token || len(own.Claims) == 0 {
			continue
		}
		for _, claims := range l.claims(q.Message) {
			if claims.haveAll(own.Claims) {
				return true
			}
		}
	}
	return false
}

// ownFor are the own secrets that a scheme may be tried with: a public key is
// no shared secret, since anybody could sign with it.
func (q *search) ownFor(s Scheme) []Secret { return secretsFor(s, q.own, usesPublicKeys(q.Scheme)) }

func secretsFor(s Scheme, secrets []Secret, public bool) (out []Secret) {
	for _, secret := range secrets[:min(len(secrets), maxRivalKeys)] {
		open := public || strings.HasPrefix(strings.TrimSpace(secret.value), "-----BEGIN")
		if open && !usesPublicKeys(s) || len(secret.value) < minToken {
			continue
		}
		out = append(out, secret)
	}
	return out
}

// rivalry is the accident that another provider signed the delivery. Those
// among the rest that sign in the same way are named too.
func (q *search) rivalry(r Rival, rest []Rival) accident {
	if r.Same {
		return accident{cause: SchemeVersion, says: "as " + r.Name + " signs",
			why: "that is another documented form of this provider's signature",
			do:  "Choose " + r.Name + " as the endpoint's provider, or set the other version of the signature there.",
			fix: &Fix{Kind: ChangeProvider, Endpoint: q.Endpoint, Provider: r.Provider}}
	}
	name, proof := r.Name, q.proof
	var same []string
	for _, other := range rest {
		if len(same) == 3 || q.over() {
			break
		}
		if q.try(offline(other.Scheme), q.Message, q.ownFor(other.Scheme)).ok {
			same = append(same, other.Name)
		}
	}
	q.proof = proof
	a := accident{cause: OtherProvider, says: "as a delivery of " + name,
		why: "this endpoint expects another provider",
		do:  "Set " + name + " as the endpoint's provider, or give its webhook an address of its own.",
		fix: &Fix{Kind: ChangeProvider, Endpoint: q.Endpoint, Provider: r.Provider}}
	if len(same) > 0 {
		a.says += " (" + strings.Join(same, " and ") + " would hold too)"
	}
	return a
}

// otherEndpoints tries each other endpoint's own provider with its secrets: the
// delivery may have come to the wrong one.
func (q *search) otherEndpoints() *Diagnosis {
	schemes := map[string]Rival{}
	for _, r := range q.Rivals {
		schemes[r.Provider] = r
	}
	before, tried := q.compared, 0
	for _, ring := range q.Others {
		r, known := schemes[ring.Provider]
		if !known || len(ring.Secrets) == 0 {
			continue
		}
		if q.over() {
			break
		}
		tried++
		if q.try(offline(r.Scheme), q.Message, secretsFor(r.Scheme, ring.Secrets, false)).ok && !q.weaker(r) {
			return q.explained(accident{cause: OtherProvider, endpoint: ring.Endpoint,
				says: "as a delivery of " + r.Name + " with the secret of " + ring.Endpoint,
				why:  "it came to the wrong endpoint",
				do:   "Send " + r.Name + "'s deliveries to the address of " + ring.Endpoint + ".",
				fix:  &Fix{Kind: MoveToEndpoint, Endpoint: ring.Endpoint, Provider: r.Provider}})
		}
	}
	q.note(before, q.compared, count(tried, "other endpoint")+" as the one that it was meant for")
	return nil
}

// otherProviders tries every other provider's scheme, with the own secrets,
// then with those of the other endpoints.
func (q *search) otherProviders() *Diagnosis {
	d, signed := q.rivals(q.Rivals)
	if d != nil {
		return d
	}
	if signed > 0 {
		q.tried = append(q.tried, "the schemes of "+count(signed, "other provider")+" whose signature is there")
	}
	return q.rivalsElsewhere()
}

// rivalsElsewhere tries the other providers' schemes with the secrets of the
// other endpoints.
func (q *search) rivalsElsewhere() *Diagnosis {
	for _, r := range q.Rivals {
		for _, ring := range q.Others {
			if q.over() {
				return nil
			}
			got := q.try(offline(r.Scheme), q.Message, secretsFor(r.Scheme, ring.Secrets, false))
			if got.outcome == Missing {
				break
			}
			if got.ok && !q.weaker(r) {
				a := q.rivalry(r, nil)
				a.endpoint = ring.Endpoint
				a.says += " with the secret of " + ring.Endpoint
				return q.explained(a)
			}
		}
	}
	return nil
}
