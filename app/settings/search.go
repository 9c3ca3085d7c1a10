package settings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Limits on saved searches: what fits a sidebar.
const (
	MaxSearches   = 50
	MaxSearchName = 60 // characters
)

// Search is one [[search]] table: a search that the user saved under a name.
type Search struct {
	Name  string `toml:"name"`
	Query string `toml:"query"` // in the grammar of the search field, see Settings.CheckSearches
}

// pairs returns what stands in the file for s.
func (s Search) pairs() []pair {
	return []pair{{"name", tomlText(s.Name)}, {"query", tomlText(s.Query)}}
}

func (d *decoder) searches(place string, v value) {
	d.list(place, v, func(t *table, at string) {
		var s Search
		d.each(t, "[[search]]", at, searchKeys, func(key, place string, v value) {
			switch key {
			case "name":
				d.text(place, v, &s.Name)
			case "query":
				d.text(place, v, &s.Query)
			}
		})
		d.settings.Searches = append(d.settings.Searches, s)
	})
}

// checkSearches checks all but the grammar of the queries.
func checkSearches(s *Settings) *finding {
	names := map[string]string{}
	for i, search := range s.Searches {
		place := "search[" + strconv.Itoa(i) + "]"
		if i == MaxSearches {
			return &finding{place, fmt.Sprintf("search %s is number %d, expected at most %d searches", quote(search.Name), i+1, MaxSearches), "Remove the ones that you do not use."}
		}
		if f := checkName(place+".name", search.Name, MaxSearchName, "search", "sidebar"); f != nil {
			return f
		}
		if strings.TrimSpace(search.Query) == "" {
			return &finding{place + ".query", fmt.Sprintf("query of search %s is empty, expected a search such as \"outcome:mismatch since:1h\"", quote(search.Name)),
				"Write what you would type into the search field, or remove the table."}
		}
		if first, taken := names[search.Name]; taken {
			where := "an earlier search"
			if n := s.line(first); n > 0 {
				where = fmt.Sprintf("the search of line %d", n)
			}
			return &finding{place + ".name", fmt.Sprintf("name %s is also that of %s, expected one of its own", quote(search.Name), where),
				"Give each search another name."}
		}
		names[search.Name] = place
	}
	return nil
}

// CheckSearches has the query of each saved search read by valid, which knows
// the grammar, and returns a *Problem that names the first that is wrong.
func (s Settings) CheckSearches(valid func(query string) error) error {
	for i, search := range s.Searches {
		if err := valid(search.Query); err != nil {
			return s.problem(&finding{"search[" + strconv.Itoa(i) + "].query", fmt.Sprintf("query of search %s cannot be read: %v", quote(search.Name), oneLine(err.Error())),
				"Try it in the search field, which says what it takes."})
		}
	}
	return nil
}

// PutSearch changes the saved search called name, or adds s at the end when
// there is none.
func (f *File) PutSearch(name string, s Search) error {
	return f.edit("search "+quote(name), func(p *patch, now *Settings) error {
		i := searchAt(now.Searches, name)
		if i < 0 {
			p.addItem("search", s.pairs())
			now.Searches = append(now.Searches, s)
			return nil
		}
		p.changeItem(p.doc.root.get("search").value.items[i].table, now.Searches[i].pairs(), s.pairs())
		now.Searches[i] = s
		return nil
	})
}

// RemoveSearch removes the saved search called name; comments above it stay.
func (f *File) RemoveSearch(name string) error {
	return f.edit("search "+quote(name), func(p *patch, now *Settings) error {
		i := searchAt(now.Searches, name)
		if i < 0 {
			return fmt.Errorf("removing search %s: the file has none of that name", quote(name))
		}
		p.dropTable("search", i)
		now.Searches = slices.Delete(now.Searches, i, i+1)
		return nil
	})
}

// MoveSearch puts the saved search called name at a place in the list, from 0.
// Names and queries move between the tables; comments stay where they are.
func (f *File) MoveSearch(name string, to int) error {
	return f.edit("search "+quote(name), func(p *patch, now *Settings) error {
		moved, err := MovedSearch(now.Searches, name, to)
		if err != nil {
			return err
		}
		for i, s := range moved {
			if s != now.Searches[i] {
				p.changeItem(p.doc.root.get("search").value.items[i].table, now.Searches[i].pairs(), s.pairs())
			}
		}
		now.Searches = moved
		return nil
	})
}

// MovedSearch returns searches with the one called name at a place, from 0.
func MovedSearch(searches []Search, name string, to int) ([]Search, error) {
	i := searchAt(searches, name)
	if i < 0 || to < 0 || to >= len(searches) {
		return nil, fmt.Errorf("moving search %s to place %d: there are %d searches, expected one of that name and a place among them", quote(name), to, len(searches))
	}
	s := searches[i]
	return slices.Insert(slices.Delete(slices.Clone(searches), i, i+1), to, s), nil
}

func searchAt(searches []Search, name string) int {
	return slices.IndexFunc(searches, func(s Search) bool { return s.Name == name })
}
