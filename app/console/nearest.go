package console

import (
	"fmt"
	"strings"

	"shopbell/providers"
)

// provider returns the provider with that id. An unknown one is wrong use, with
// the nearest known id as advice.
func provider(catalog providers.Catalog, id string) (providers.Provider, error) {
	if p, ok := catalog.Get(id); ok {
		return p, nil
	}
	var ids []string
	for _, p := range catalog.All() {
		ids = append(ids, p.ID)
	}
	advice := `"shopbell providers" lists the known ones`
	if near := nearest(id, ids); near != "" {
		advice = fmt.Sprintf("did you mean %q? %s", near, advice)
	}
	return providers.Provider{}, wrongUse(fmt.Sprintf("no provider is called %q", id), advice)
}

// nearest returns the name that takes the fewest edits to reach from wish, ""
// when even that one is more than a slip of the fingers away.
func nearest(wish string, names []string) string {
	best, least := "", len(wish)/3+2
	for _, name := range names {
		if d := distance(strings.ToLower(wish), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of letters to add, remove or change from a to b. It
// looks at 64 bytes of each; nothing that long is a slip.
func distance(a, b string) int {
	a, b = a[:min(len(a), 64)], b[:min(len(b), 64)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
