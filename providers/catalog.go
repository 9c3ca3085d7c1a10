package providers

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
)

//go:embed catalog
var builtIn embed.FS

// Catalog is the set of known providers.
type Catalog struct {
	providers []Provider // in id order
	detector  detector
	queries   []string // see secretQueries; of any provider
}

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
	list, errs := readAll(fsys, builtInFile)
	if len(errs) > 0 {
		return Catalog{}, errs[0]
	}
	if len(list) == 0 {
		return Catalog{}, fmt.Errorf("read the catalogue: no file, expected at least one *.toml")
	}
	return newCatalog(list), nil
}

// With returns a copy of c with the providers of the *.toml files of own on
// top; one with the id of another replaces it, and Replaced says so. Their
// examples are optional. A file with a mistake is left out: the catalogue is
// good whatever the error, which names file and line of each.
func (c Catalog) With(own fs.FS) (Catalog, error) {
	list, errs := readAll(own, ownFile)
	for _, p := range c.providers {
		if i := slices.IndexFunc(list, func(o Provider) bool { return o.ID == p.ID }); i >= 0 {
			list[i].Replaces = true
		} else {
			list = append(list, p)
		}
	}
	return newCatalog(list), errors.Join(errs...)
}

// Replaced says of each of the user's own providers that stands in place of a
// built-in one that it does, by its file, in id order.
func (c Catalog) Replaced() (says []string) {
	for _, p := range c.providers {
		if p.Replaces {
			says = append(says, fmt.Sprintf("%s stands in place of the built-in provider %q", p.file, p.ID))
		}
	}
	return says
}

// CheckOwn tells what is wrong with the text of an own provider, as With would:
// with file and line. Examples are not looked at.
func CheckOwn(name string, data []byte) error {
	_, _, err := parseProvider(name, data, ownFile)
	return err
}

func newCatalog(list []Provider) Catalog {
	slices.SortFunc(list, func(a, b Provider) int { return strings.Compare(a.ID, b.ID) })
	var queries []string
	for _, p := range list {
		queries = append(queries, p.secretQueries()...)
	}
	for i := range list {
		list[i].queries = queries
	}
	return Catalog{list, newDetector(list), queries}
}

// readAll reads the files of a folder side by side. Errors are in file order.
func readAll(fsys fs.FS, whose owner) (list []Provider, errs []error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, []error{fmt.Errorf("list the catalogue: %w", err)}
	}
	read, failed := make([]Provider, len(names)), make([]error, len(names))
	workers := min(runtime.GOMAXPROCS(0), len(names))
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(names); i += workers {
				read[i], failed[i] = readProvider(fsys, names[i], whose)
			}
		})
	}
	all.Wait()
	seen := make(map[string]bool, len(names))
	for i, p := range read {
		switch {
		case failed[i] != nil:
			errs = append(errs, failed[i])
		case seen[p.ID]:
			errs = append(errs, fmt.Errorf("%s:1: id %q stands in another file too, expected it once", names[i], p.ID))
		default:
			seen[p.ID] = true
			list = append(list, p)
		}
	}
	return list, errs
}

// Get returns the provider with that id. The one of an unknown id has nothing
// but what MaskTarget and MaskHead need.
func (c Catalog) Get(id string) (Provider, bool) {
	i, found := slices.BinarySearchFunc(c.providers, id, func(p Provider, id string) int { return strings.Compare(p.ID, id) })
	if !found {
		return Provider{queries: c.queries}, false
	}
	return c.providers[i], true
}

// All returns every provider in id order.
func (c Catalog) All() []Provider { return slices.Clone(c.providers) }
