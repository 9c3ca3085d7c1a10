package signature

import (
	"context"
	"time"
)

// inquiryTime bounds a diagnosis that is given no time of its own: 300 ms less
// what one step may take beyond the end.
const inquiryTime = 250 * time.Millisecond

// Inquiry is what a diagnosis is asked. Scheme, Message, Own and Now are those
// of the check that failed; the rest is where it may look for the reason.
type Inquiry struct {
	// Provider is the id of the endpoint's provider, Endpoint its name.
	Provider string
	Endpoint string
	Scheme   Scheme
	Message  Message
	Own      []Secret
	// Others are the secrets of the other endpoints.
	Others []Keyring
	// Rivals are the schemes of other providers, likeliest first.
	Rivals []Rival
	// URLs are other addresses that may have been signed, for example the local
	// one behind a tunnel.
	URLs []string
	Now  time.Time
	// Within bounds the search; 0 is 250 ms. An earlier end of the context
	// counts too.
	Within time.Duration
}

// Keyring is the secrets of one endpoint.
type Keyring struct {
	Endpoint string
	Secrets  []Secret
	// Provider is the id of the endpoint's provider; empty when not known.
	Provider string
}

// Rival is the scheme of another provider.
type Rival struct {
	Provider string // its id
	Name     string
	Scheme   Scheme
	// Likely marks one whose deliveries look like this one in more than the
	// signature.
	Likely bool
	// Same marks another scheme of the endpoint's own provider.
	Same bool
}

// Diagnose is Inquiry.Diagnose for a caller that knows nothing of other
// providers and addresses. Only the end of ctx bounds its time.
func Diagnose(ctx context.Context, s Scheme, m Message, own []Secret, others []Keyring, now time.Time) *Diagnosis {
	return Inquiry{Scheme: s, Message: m, Own: own, Others: others, Now: now, Within: time.Hour}.Diagnose(ctx)
}

// Diagnose explains a verdict that is not Verified, nil for one that needs no
// explanation. It puts one accident right at a time, simplest first, then two,
// and names a cause only when the scheme itself then finds a matching
// signature. It stops when its time is over, and says what it had tried.
func (i Inquiry) Diagnose(ctx context.Context) *Diagnosis {
	within := i.Within
	if within <= 0 {
		within = inquiryTime
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	q := newSearch(ctx, i)
	switch q.outcome {
	case Verified, Unsigned:
		return nil
	case Stale:
		return q.first((*search).timestampUnit, (*search).old)
	}
	return q.first(append(looks(), (*search).unexplained)...)
}

// looks are the searches, simplest cause first: what a person would check
// first stands first, so that of several explanations that hold the plainest
// is named.
func looks() []func(*search) *Diagnosis {
	return []func(*search) *Diagnosis{
		(*search).whiteSpace,
		(*search).secretPrefixes,
		(*search).secretEncodings,
		(*search).likelyRivals,
		(*search).otherPrefixes,
		(*search).otherEncodings,
		(*search).otherKeys,
		(*search).otherHeaders,
		(*search).otherSecrets,
		(*search).otherEndpoints,
		(*search).timestampUnit,
		(*search).address,
		(*search).newlines,
		(*search).lineEnds,
		(*search).byteOrderMark,
		(*search).charset,
		(*search).decompressed,
		(*search).algorithm, // cheap beside encoding a large body again
		(*search).reencoded,
		(*search).partsOrder,
		(*search).otherProviders,
		(*search).two,
		(*search).reencodedOddly,
		(*search).compressed,
	}
}

// first returns what the first look that finds something says.
func (q *search) first(looks ...func(*search) *Diagnosis) *Diagnosis {
	for _, look := range looks {
		if d := look(q); d != nil {
			if d.Cause == Unexplained && q.short {
				q.tried = append(q.tried, "stopped there: the time or the number of tries was used up")
			}
			d.Tried = q.tried
			d.Evidence = clip(d.Evidence, 2*maxEvidence)
			return d
		}
	}
	return nil
}
