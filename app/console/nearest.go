package console

import (
	"fmt"

	"shopbell/app/settings"
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
	if near := settings.Nearest(id, ids); near != "" {
		advice = fmt.Sprintf("did you mean %q? %s", near, advice)
	}
	return providers.Provider{}, wrongUse(fmt.Sprintf("no provider is called %q", id), advice)
}
