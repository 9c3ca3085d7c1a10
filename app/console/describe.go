package console

import (
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// providerJSON is a provider in "providers --json".
type providerJSON struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	Category     string          `json:"category"`
	Docs         string          `json:"docs"`
	Sure         string          `json:"sure"`
	Scheme       string          `json:"scheme"`
	Signs        bool            `json:"signs"`
	Own          bool            `json:"own"`
	Replaces     bool            `json:"replaces_built_in,omitempty"`
	Cover        signature.Cover `json:"cover"`
	Covered      []string        `json:"covered"`
	SecretWhere  string          `json:"secret_where"`
	Advice       string          `json:"advice"`
	Tolerance    float64         `json:"tolerance_seconds"`
	OwnTolerance bool            `json:"own_tolerance"`
	AnswerWithin float64         `json:"answer_within_seconds"`
	Examples     []exampleJSON   `json:"examples"`
}

// exampleJSON is an example in "providers --json".
type exampleJSON struct {
	File   string    `json:"file"`
	Event  string    `json:"event"`
	Origin string    `json:"origin"`
	At     time.Time `json:"at"`
	URL    string    `json:"url"`
}

func describe(p providers.Provider) providerJSON {
	v := judged(p)
	d := providerJSON{
		ID: p.ID, Name: p.Name, Category: p.Category, Docs: p.Docs, Sure: p.Sure,
		Scheme: p.SchemeKind, Signs: p.Signs, Own: p.Own, Replaces: p.Replaces, Cover: v.Cover, Covered: list(v.Covered),
		SecretWhere: p.SecretWhere, Advice: p.Advice,
		Tolerance: p.Tolerance.Seconds(), OwnTolerance: p.OwnTolerance,
		AnswerWithin: p.AnswerWithin.Seconds(), Examples: []exampleJSON{},
	}
	for _, e := range p.Examples {
		d.Examples = append(d.Examples, exampleJSON{e.File, e.Event, e.Origin, e.At.UTC(), e.URL})
	}
	return d
}

// list is items, an empty list instead of null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
