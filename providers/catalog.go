package providers

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

//go:embed catalog
var builtIn embed.FS

// Catalog is the set of known providers.
type Catalog struct{ providers []Provider }

// Embedded returns the catalogue that is built in.
func Embedded() (Catalog, error) {
	sub, err := fs.Sub(builtIn, "catalog")
	if err != nil {
		return Catalog{}, fmt.Errorf("open the catalogue: %w", err)
	}
	return Load(sub)
}

// Load reads every *.toml of fsys, and the examples that they name. An unknown
// key or a wrong value is an error that names file and line.
func Load(fsys fs.FS) (Catalog, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return Catalog{}, fmt.Errorf("list the catalogue: %w", err)
	}
	var c Catalog
	for _, name := range names {
		p, err := readProvider(fsys, name)
		if err != nil {
			return Catalog{}, err
		}
		if _, twice := c.Get(p.ID); twice {
			return Catalog{}, fmt.Errorf("%s: id %q stands in another file too, expected it once", name, p.ID)
		}
		c.providers = append(c.providers, p)
	}
	if len(c.providers) == 0 {
		return Catalog{}, fmt.Errorf("read the catalogue: no file, expected at least one *.toml")
	}
	slices.SortFunc(c.providers, func(a, b Provider) int { return strings.Compare(a.ID, b.ID) })
	return c, nil
}

// Get returns the provider with that id.
func (c Catalog) Get(id string) (Provider, bool) {
	for _, p := range c.providers {
		if p.ID == id {
			return p, true
		}
	}
	return Provider{}, false
}

// All returns every provider in id order.
func (c Catalog) All() []Provider { return slices.Clone(c.providers) }

// Detect returns the providers that m could come from, likeliest first. A
// header counts more than a key in the body, which others may use too.
func (c Catalog) Detect(m signature.Message) []Provider {
	type candidate struct {
		p     Provider
		score int
	}
	f := lookInside(m)
	var found []candidate
	for _, p := range c.providers {
		if score := p.detect.score(f); score > 0 {
			found = append(found, candidate{p, score})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return b.score - a.score })
	out := make([]Provider, 0, len(found))
	for _, f := range found {
		out = append(out, f.p)
	}
	return out
}
