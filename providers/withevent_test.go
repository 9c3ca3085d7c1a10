package providers_test

import (
	"testing"

	"shopbell/providers"
)

func TestAnotherEventStandsWhereTheProviderReadsIt(t *testing.T) {
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, p := range catalog.All() {
		for _, e := range p.Examples {
			other, ok := p.WithEvent(e.Message, "shopbell.unknown_event")
			if !ok {
				continue
			}
			changed++
			if got := p.Event(other).Text; got == p.Event(e.Message).Text {
				t.Errorf("%s: the event is still %q", e.File, got)
			}
		}
	}
	if changed < 200 {
		t.Errorf("%d examples took another event, expected most of them", changed)
	}
}
