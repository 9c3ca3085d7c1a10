package engine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shopbell/providers"
)

// lookForProviders is how often the folder of the user's own providers is
// looked at: reading its list costs some microseconds.
const lookForProviders = 2 * time.Second

// OwnProviders returns the folder of the user's own providers: beside file,
// the settings.
func OwnProviders(file string) string { return filepath.Join(filepath.Dir(file), "providers") }

// Catalog returns the known providers, the user's own among them.
func (e *Engine) Catalog() providers.Catalog {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.catalog
}

// ProviderProblem says what is wrong with the user's own provider files, nil when
// nothing is; a file with an error leaves the others in force.
func (e *Engine) ProviderProblem() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ownErr
}

// watchProviders reads the user's own providers whenever a file of theirs
// changes.
func (e *Engine) watchProviders() {
	// Nothing was seen yet: a file may have changed since the start read them.
	seen := ""
	e.every(lookForProviders, func() {
		if now := fingerprint(e.options.OwnProviders); now != seen {
			seen = now
			e.readProviders()
		}
	})
}

// readProviders puts the built-in providers and the user's own in force.
func (e *Engine) readProviders() {
	catalog, err := providers.WithOwn(e.options.OwnProviders)
	e.editing.Lock()
	defer e.editing.Unlock()
	if set := e.inspect.SetCatalog(catalog); set != nil {
		// An endpoint's provider is gone: what was known stays in force.
		err, catalog = errors.Join(err, set), e.Catalog()
	}
	e.mu.Lock()
	e.catalog, e.ownErr = catalog, err
	e.mu.Unlock()
	if err != nil {
		e.options.Log.Warn("reading own providers", "error", err)
	}
	for _, says := range catalog.Replaced() {
		e.options.Log.Warn("reading own providers: " + says)
	}
	e.feed.Changed()
}

// fingerprint changes whenever a file of dir or of a folder in it does.
func fingerprint(dir string) string {
	if dir == "" {
		return ""
	}
	var b strings.Builder
	files := 0
	_ = fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // what can't be read is reported when it is read
		}
		if files++; files > maxOwnFiles {
			return fs.SkipAll
		}
		if d.IsDir() && strings.Count(path, "/") > 1 {
			return fs.SkipDir // deeper than anybody keeps examples
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			b.WriteString(path + info.ModTime().String() + info.Mode().String() + time.Duration(info.Size()).String())
		}
		return nil
	})
	return b.String()
}

// maxOwnFiles bounds a look at the folder: somebody may have named his home.
const maxOwnFiles = 2000
