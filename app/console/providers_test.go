package console_test

import (
	"encoding/json"
	"strings"
	"testing"

	"shopbell/providers"
)

func TestProvidersListsTheWholeCatalogue(t *testing.T) {
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := run(t, nil, "providers")
	_, lines, _ := run(t, nil, "providers", "--json")
	all := catalog.All()
	if rows := strings.Count(table, "\n") - 1; rows != len(all) {
		t.Errorf("the table has %d rows, expected %d", rows, len(all))
	}
	decoder := json.NewDecoder(strings.NewReader(lines))
	for _, p := range all {
		var object struct{ ID, Docs, Scheme string }
		if err := decoder.Decode(&object); err != nil || object.ID != p.ID || object.Docs != p.Docs || object.Scheme != p.SchemeKind {
			t.Errorf("got %+v, %v, expected %s", object, err, p.ID)
		}
		if !strings.Contains(table, "\n"+p.ID+" ") {
			t.Errorf("the table lacks %s", p.ID)
		}
	}
}

func TestSecretsOfExamplesAreNotPrinted(t *testing.T) {
	_, all, _ := run(t, nil, "providers", "--json")
	for _, p := range some(t) {
		_, text, _ := run(t, nil, "providers", p.ID)
		for _, e := range p.Examples {
			if len(e.Secret) > 8 && strings.Contains(text+all, e.Secret) {
				t.Errorf("providers %s prints the secret of %s", p.ID, e.File)
			}
		}
	}
}
