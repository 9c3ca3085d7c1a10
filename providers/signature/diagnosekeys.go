package signature

import (
	"context"
	"errors"
)

var errKeysTooLate = errors.New("the time of the diagnosis is over")

// remembering wraps the key fetchers in s so that a diagnosis asks for each
// address once, whatever comes back, and never longer than its time.
func remembering(ctx context.Context, s Scheme) Scheme {
	return fetching(s, func(fetch KeyFetcher) KeyFetcher {
		if fetch == nil {
			return nil
		}
		known := map[string]fetchedKeys{}
		return func(address string, _ bool) ([]byte, error) {
			got, asked := known[address]
			if !asked {
				got = inTime(ctx, fetch, address)
				known[address] = got
			}
			return got.body, got.err
		}
	})
}

// offline takes the key fetchers out of s.
func offline(s Scheme) Scheme {
	return fetching(s, func(KeyFetcher) KeyFetcher { return nil })
}

type fetchedKeys struct {
	body []byte
	err  error
}

func inTime(ctx context.Context, fetch KeyFetcher, address string) fetchedKeys {
	answer := make(chan fetchedKeys, 1)
	go func() {
		body, err := fetch(address, false)
		answer <- fetchedKeys{body, err}
	}()
	select {
	case got := <-answer:
		return got
	case <-ctx.Done():
		return fetchedKeys{nil, errKeysTooLate}
	}
}

// fetching returns s with its key fetchers changed.
func fetching(s Scheme, change func(KeyFetcher) KeyFetcher) Scheme {
	switch s := s.(type) {
	case PublicKey:
		s.Keys.fetcher = change(s.Keys.fetcher)
		return s
	case JWT:
		s.Key.fetcher = change(s.Key.fetcher)
		return s
	case JWS:
		s.Key.fetcher = change(s.Key.fetcher)
		return s
	case HTTPSignature:
		s.Key.fetcher = change(s.Key.fetcher)
		return s
	case Either:
		schemes := make([]Scheme, len(s.Schemes))
		for i, one := range s.Schemes {
			schemes[i] = fetching(one, change)
		}
		return Either{schemes}
	}
	return s
}
