package inspectortest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// Sample is a delivery with what must become of it at the endpoints that
// Endpoints returns, in front of a shop that answers 200.
type Sample struct {
	Provider string
	// Spoiled tells that the delivery is not genuine; Why says what was done.
	Spoiled bool
	Why     string
	Message signature.Message
	// Outcome and Cover are the verdict to expect. Endpoint tells whether the
	// delivery belongs to one: a wrong path does not.
	Outcome  signature.Outcome
	Cover    signature.Cover
	Endpoint bool
	// Status is what the sender must get.
	Status int
}

// seeds are the providers that the demo shows, in the order of the design.
var seeds = []string{"twisto", "truust", "everifin", "yshop", "tweed"}

// Endpoints returns one endpoint for each seed provider: the path and the
// secret of its first example in the catalogue.
func Endpoints(catalog providers.Catalog) ([]inspector.Endpoint, error) {
	var endpoints []inspector.Endpoint
	for _, id := range seeds {
		_, example, err := seed(catalog, id)
		if err != nil {
			return nil, err
		}
		path, _, _ := strings.Cut(example.Message.Target, "?")
		e := inspector.Endpoint{Name: id, Provider: id, Path: path}
		if example.Secret != "" {
			e.Secrets = []signature.Secret{signature.NewSecret("#1", example.Secret)}
		}
		endpoints = append(endpoints, e)
	}
	return endpoints, nil
}

// Samples returns for each seed provider one genuine delivery, from the
// catalogue, and one spoiled one. A delivery with a signed time is signed again
// as of now, as it would be stale otherwise. Nothing signs the deliveries of
// some providers; there the spoiled one is a genuine one to a wrong path.
func Samples(catalog providers.Catalog, now time.Time) ([]Sample, error) {
	var samples []Sample
	for _, id := range seeds {
		p, example, err := seed(catalog, id)
		if err != nil {
			return nil, err
		}
		pair, err := samplesOf(p, example, now)
		if err != nil {
			return nil, fmt.Errorf("preparing the samples of %q: %w", id, err)
		}
		samples = append(samples, pair...)
	}
	return samples, nil
}

func seed(catalog providers.Catalog, id string) (providers.Provider, providers.Example, error) {
	p, known := catalog.Get(id)
	if !known || len(p.Examples) == 0 {
		return p, providers.Example{}, fmt.Errorf("looking up the provider %q: expected it with an example in the catalogue", id)
	}
	return p, p.Examples[0], nil
}

func samplesOf(p providers.Provider, example providers.Example, now time.Time) ([]Sample, error) {
	m := example.Message
	var secrets []signature.Secret
	if example.Secret != "" {
		secrets = []signature.Secret{signature.NewSecret("#1", example.Secret)}
	}
	if p.Tolerance > 0 {
		var err error
		if m, err = p.Scheme.Sign(m, secrets[0], now); err != nil {
			return nil, err
		}
	}
	v := p.Judge(m, secrets, now)
	genuine := Sample{Provider: p.ID, Message: m, Outcome: v.Outcome, Cover: v.Cover, Endpoint: true, Status: http.StatusOK}
	if v.Outcome != signature.Verified && v.Outcome != signature.Unsigned {
		return nil, fmt.Errorf("judging its first example: expected it to be genuine, got %q", v.Outcome)
	}
	if !p.Signs {
		return []Sample{genuine, wrongPath(genuine)}, nil
	}
	spoiled, err := spoil(p, genuine, secrets, now)
	return []Sample{genuine, spoiled}, err
}

// wrongPath sends a genuine delivery to a path that differs by one character.
func wrongPath(s Sample) Sample {
	target := []byte(s.Message.Target)
	last := len(target) - 1
	if n := strings.IndexByte(s.Message.Target, '?'); n > 0 {
		last = n - 1
	}
	if other(target[last]) != target[last] {
		target[last] = other(target[last])
	} else {
		target = slices.Insert(target, last+1, '0')
	}
	s.Message.URL = strings.TrimSuffix(s.Message.URL, s.Message.Target) + string(target)
	s.Message.Target, s.Message.Head = string(target), nil
	s.Spoiled, s.Why, s.Endpoint, s.Status = true, "sent to a wrong path", false, http.StatusNotFound
	return s
}

// spoil changes one character of the body that the signature covers.
func spoil(p providers.Provider, s Sample, secrets []signature.Secret, now time.Time) (Sample, error) {
	for at, c := range s.Message.Body {
		if other(c) == c {
			continue
		}
		m := s.Message
		m.Body = append([]byte(nil), s.Message.Body...)
		m.Body[at] = other(c)
		if v := p.Judge(m, secrets, now); v.Outcome == signature.Mismatch {
			s.Message, s.Outcome, s.Cover = m, v.Outcome, v.Cover
			s.Spoiled, s.Why, s.Status = true, "byte "+strconv.Itoa(at+1)+" of the body changed", http.StatusUnauthorized
			return s, nil
		}
	}
	return s, errors.New("spoiling its first example: no change of a digit in the body was noticed")
}

// other returns another digit for a digit; what is not a digit stays, so that
// the body remains what it was.
func other(c byte) byte {
	switch {
	case c >= '0' && c <= '8':
		return c + 1
	case c == '9':
		return '0'
	}
	return c
}
