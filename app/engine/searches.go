package engine

import (
	"errors"
	"fmt"
	"slices"

	"shopbell/app/settings"
	"shopbell/inspector"
)

// ErrNoSearch is what the methods on saved searches answer when none has that
// name.
var ErrNoSearch = errors.New("no saved search of that name")

// checkSearches has the queries of the saved searches read.
func (e *Engine) checkSearches(s settings.Settings) error {
	return s.CheckSearches(func(query string) error {
		_, err := inspector.ParseQuery(query, e.options.Now())
		return err
	})
}

// PutSearch saves a search, in place of the one called name if there is one.
func (e *Engine) PutSearch(name string, search settings.Search) error {
	return e.editSearches(func(list []settings.Search) ([]settings.Search, error) {
		if i := searchAt(list, name); i >= 0 {
			list[i] = search
			return list, nil
		}
		return append(list, search), nil
	}, func(f *settings.File) error { return f.PutSearch(name, search) })
}

// RemoveSearch forgets a saved search.
func (e *Engine) RemoveSearch(name string) error {
	return e.editSearches(func(list []settings.Search) ([]settings.Search, error) {
		i := searchAt(list, name)
		if i < 0 {
			return nil, fmt.Errorf("remove search %q: %w", name, ErrNoSearch)
		}
		return slices.Delete(list, i, i+1), nil
	}, func(f *settings.File) error { return f.RemoveSearch(name) })
}

// MoveSearch puts a saved search at a place in the list, from 0.
func (e *Engine) MoveSearch(name string, to int) error {
	return e.editSearches(func(list []settings.Search) ([]settings.Search, error) {
		return settings.MovedSearch(list, name, to)
	}, func(f *settings.File) error { return f.MoveSearch(name, to) })
}

// editSearches changes the list of searches here and in the file.
func (e *Engine) editSearches(change func([]settings.Search) ([]settings.Search, error), write func(*settings.File) error) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	next := e.Settings()
	list, err := change(slices.Clone(next.Searches))
	if err != nil {
		return err
	}
	next.Searches = list
	return e.apply(next, write)
}

func searchAt(list []settings.Search, name string) int {
	return slices.IndexFunc(list, func(s settings.Search) bool { return s.Name == name })
}
