package console

import (
	"fmt"
	"slices"
	"strings"

	"shopbell/providers"
)

// hasSample tells whether an event of p can be sent; "" is the first one.
func hasSample(p providers.Provider, event string) error {
	events := p.SampleEvents()
	if event == "" && len(events) > 0 || slices.Contains(events, event) {
		return nil
	}
	var names []string
	for _, e := range events {
		names = append(names, fmt.Sprintf("%q", e))
	}
	return wrongUse(fmt.Sprintf("%s has no sample of event %q", p.ID, event), "there are: "+strings.Join(names, ", "))
}
