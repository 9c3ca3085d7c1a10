package inspector

import (
	"errors"
	"time"

	"shopbell/providers/signature"
)

// candidateKeyTime is how long one message waits for the keys of all providers
// that it could come from. A key that comes later is there for the next message.
const candidateKeyTime = 600 * time.Millisecond

var errKeyTooLate = errors.New("key not fetched in time")

// candidateKeys fetches the keys of a message's candidates side by side: the
// first look at a candidate only asks for its keys, so that a key server that
// does not answer costs the others nothing. The looks themselves follow one
// after another.
type candidateKeys struct {
	fetch  signature.KeyFetcher
	wait   bool // for what was asked, until over
	missed bool // an answer was not there
	over   <-chan time.Time
	late   bool // over has fired
	asked  map[keyQuestion]*keyAnswer
}

type keyQuestion struct {
	address string
	fresh   bool
}

type keyAnswer struct {
	done chan struct{} // closed when body and err are there
	body []byte
	err  error
}

// newCandidateKeys returns what fetches with fetch; nil fetches nothing.
func newCandidateKeys(fetch signature.KeyFetcher) *candidateKeys {
	return &candidateKeys{fetch: fetch, over: time.After(candidateKeyTime), asked: map[keyQuestion]*keyAnswer{}}
}

// fetcher is nil where no key may be fetched.
func (k *candidateKeys) fetcher() signature.KeyFetcher {
	if k.fetch == nil {
		return nil
	}
	return k.get
}

// get is a signature.KeyFetcher.
func (k *candidateKeys) get(address string, fresh bool) ([]byte, error) {
	q := keyQuestion{address, fresh}
	a, asked := k.asked[q]
	if !asked {
		a = &keyAnswer{done: make(chan struct{})}
		k.asked[q] = a
		go func() {
			defer close(a.done)
			a.body, a.err = k.fetch(address, fresh)
		}()
	}
	if k.wait && !k.late {
		select {
		case <-a.done:
		case <-k.over:
			k.late = true
		}
	}
	select {
	case <-a.done:
		return a.body, a.err
	default:
		k.missed = true
		return nil, errKeyTooLate
	}
}
