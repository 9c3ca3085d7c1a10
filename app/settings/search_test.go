package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const withSearches = `# ours
[shop]
url = "http://localhost:9000"

# every morning
[[search]]
name = "failed" # short
query = 'outcome:mismatch since:1d'

[[search]]
name = "big"
query = "size:>1M"
`

func TestSavedSearchesAreReadInTheirOrder(t *testing.T) {
	got := read(t, withSearches).Searches
	want := []Search{{"failed", "outcome:mismatch since:1d"}, {"big", "size:>1M"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, expected %v", got, want)
	}
	if got := read(t, "search = [{name='a', query='x y'}]").Searches; len(got) != 1 || got[0].Query != "x y" {
		t.Errorf("inline tables give %v", got)
	}
}

func TestSavingASearchChangesNothingElse(t *testing.T) {
	path := file(t, withSearches)
	f := Edit(path)
	if err := f.PutSearch("mine", Search{"mine", `endpoint:"a \"b\"" \`}); err != nil {
		t.Fatal(err)
	}
	added := withSearches + "\n[[search]]\nname = \"mine\"\nquery = \"endpoint:\\\"a \\\\\\\"b\\\\\\\"\\\" \\\\\"\n"
	wantText(t, path, added)
	if err := f.PutSearch("failed", Search{"failed today", "outcome:mismatch since:1d"}); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, strings.Replace(added, `"failed" # short`, `"failed today" # short`, 1))
	if err := f.RemoveSearch("mine"); err != nil {
		t.Fatal(err)
	}
	if err := f.RemoveSearch("big"); err != nil {
		t.Fatal(err)
	}
	if err := f.RemoveSearch("big"); err == nil {
		t.Error("what is not there was removed")
	}
	if s := read(t, contentOf(t, path)); len(s.Searches) != 1 || s.Searches[0].Name != "failed today" || s.Shop.URL != "http://localhost:9000" {
		t.Errorf("left is %+v", s)
	}
}

func TestSavedSearchesAreMoved(t *testing.T) {
	path := file(t, withSearches)
	f := Edit(path)
	if err := f.PutSearch("c", Search{"c", "c"}); err != nil {
		t.Fatal(err)
	}
	if err := f.MoveSearch("c", 0); err != nil {
		t.Fatal(err)
	}
	got := read(t, contentOf(t, path)).Searches
	if fmt.Sprint(got) != "[{c c} {failed outcome:mismatch since:1d} {big size:>1M}]" {
		t.Errorf("got %v", got)
	}
	if err := f.MoveSearch("c", 3); err == nil {
		t.Error("it was moved beyond the end")
	}
	if err := f.MoveSearch("nobody", 0); err == nil {
		t.Error("what is not there was moved")
	}
}

func TestASearchThatWouldNotLoadIsNotSaved(t *testing.T) {
	path := file(t, withSearches)
	f := Edit(path)
	for name, s := range map[string]Search{
		"no name": {"", "x"}, "long name": {strings.Repeat("ł", 61), "x"}, "line end": {"a\nb", "x"}, "space": {" a", "x"},
		"no query": {"a", " \t"}, "taken": {"big", "x"},
	} {
		if err := f.PutSearch("new", s); err == nil {
			t.Errorf("%s: it was saved", name)
		}
	}
	wantText(t, path, withSearches)
	if err := f.PutSearch("new", Search{strings.Repeat("ł", 60), "x"}); err != nil {
		t.Errorf("60 characters: %v", err)
	}
	if err := f.Set("search", "name", "x"); err == nil {
		t.Error("a key of a list was set")
	}
}

func TestTheFiftyFirstSearchIsRefused(t *testing.T) {
	f := Edit(file(t, ""))
	for i := range MaxSearches {
		if err := f.PutSearch("", Search{fmt.Sprintf("s%d", i), "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.PutSearch("", Search{"more", "x"}); err == nil || !strings.Contains(err.Error(), "at most 50") {
		t.Errorf("got %v", err)
	}
}

func TestAWrongQueryIsNamedWithItsLine(t *testing.T) {
	s := read(t, withSearches)
	err := s.CheckSearches(func(query string) error {
		if query == "size:>1M" {
			return errors.New("search value is not known")
		}
		return nil
	})
	var p *Problem
	if !errors.As(err, &p) || p.Line != 12 || p.Place != "search[1].query" || !strings.Contains(p.Says, `"big"`) || !strings.Contains(p.Says, "not known") {
		t.Errorf("got %v", err)
	}
}

// FuzzPutSearch saves whatever search to whatever file loads: the file then
// says exactly what was asked for, or it is untouched and there is an error.
func FuzzPutSearch(f *testing.F) {
	f.Add(withSearches, "failed", "new \"name\"", `endpoint:"x" \ ż`)
	f.Add("search = [{name='a', query='b'}, # c\n]", "a", "b", "c")
	f.Add("shop.url = 'http://a'\r\n", "", "x", "\x00\r\n\t")
	f.Fuzz(func(t *testing.T, text, name, newName, query string) {
		before, _, err := parse("f", []byte(text), nil)
		if err != nil {
			return
		}
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := Search{newName, query}
		wanted := before
		wanted.Searches = append([]Search(nil), before.Searches...)
		if i := searchAt(wanted.Searches, name); i >= 0 {
			wanted.Searches[i] = s
		} else {
			wanted.Searches = append(wanted.Searches, s)
		}
		edited(t, path, text, wanted, Edit(path).PutSearch(name, s), check(&wanted, nil) == nil)
	})
}
