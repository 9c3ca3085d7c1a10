package inspector

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

const (
	// maxJudged bounds how many providers a message is checked for: a stranger
	// may send the headers of all of them, and each check reads the body. The
	// header that most providers share, Webhook-Signature, has 34.
	maxJudged = 64
	// maxCandidates bounds how many providers a capture names as possible
	// senders, and namesShown how many of them one sentence does.
	maxCandidates = 20
	namesShown    = 5
)

// detect finds the provider of a message that came without one: the candidate
// whose signature matches, else the likeliest. When several are as likely, none
// is: a guess would show one provider's advice on another's delivery.
func (i *Inspector) detect(r *route, m signature.Message, now time.Time, j *judgement) {
	j.verdict = signature.Verdict{Outcome: signature.Unsigned}
	if r == nil {
		r = &route{} // without secrets, and without keys to fetch for anybody
	}
	found := i.catalog().DetectAll(m)
	vague := len(found) == 0
	if vague {
		found = i.catalog().Signing(m)
	}
	if len(found) == 0 {
		j.notes = append(j.notes, "It looks like no provider that Shopbell knows.")
		return
	}
	found = found[:min(len(found), maxJudged)]
	if len(found) > 1 || vague {
		for _, c := range found[:min(len(found), maxCandidates)] {
			j.candidates = append(j.candidates, c.Provider.ID)
		}
	}
	if j.proven(r, m, now, found) {
		return
	}
	if tied := ties(found); len(tied) > 1 || vague {
		j.provider, j.detected = providers.Provider{}, false
		j.verdict = signature.Verdict{Outcome: signature.Unsigned, Steps: []signature.Step{{Name: signature.StepProvider, Evidence: tiedInWords(tied)}}}
	}
}

// proven judges m for each candidate until one is proved to have sent it, and
// tells whether one was. Those whose keys have to be fetched come last.
func (j *judgement) proven(r *route, m signature.Message, now time.Time, found []providers.Candidate) bool {
	keys, secrets := newCandidateKeys(r.keys), r.secrets()
	keys.wait = len(found) == 1
	look := func(k int) bool {
		p := r.adjustWith(found[k].Provider, keys.fetcher())
		v := p.Judge(m, secrets, now)
		proves := provesSender(v.Outcome)
		if k == 0 || proves {
			j.provider, j.verdict, j.detected = p, v, true
		}
		return proves
	}
	var later []int
	for k := range found {
		keys.missed = false
		if look(k) {
			return true
		}
		if keys.missed && !keys.wait {
			later = append(later, k)
		}
	}
	keys.wait = true
	return slices.ContainsFunc(later, look)
}

// ties are the candidates as likely as the first.
func ties(found []providers.Candidate) []providers.Candidate {
	n := 1
	for n < len(found) && found[n].Score == found[0].Score {
		n++
	}
	return found[:n]
}

// tiedInWords names the candidates and what would tell them apart.
func tiedInWords(tied []providers.Candidate) string {
	names := make([]string, 0, namesShown)
	for _, c := range tied[:min(len(tied), namesShown)] {
		names = append(names, c.Provider.Name)
	}
	list := names[0]
	if last := len(names) - 1; last > 0 {
		list = strings.Join(names[:last], ", ") + " or " + names[last]
	}
	if more := len(tied) - len(names); more > 0 {
		list = fmt.Sprintf("%s or %d more", strings.Join(names, ", "), more)
	}
	return "It could come from " + list + ", so it was not checked. Make an endpoint for the one that it is, or give this one its secret."
}
