package ui

import (
	"testing"

	"shopbell/app/engine"
)

func TestShots(t *testing.T) {
	d := openDesk(t, nil)
	d.setTheme(themeLight)
	d.rest()
	d.shot("first")
	f := d.openEndpoint("")
	d.rest()
	d.shot("endpoint")
	f.sheet.close()
	_ = engine.ErrNoEndpoint
	for _, p := range d.engine.Catalog().All() {
		for _, ex := range p.Examples {
			if _, err := d.engine.SendSample(t.Context(), p.ID, ex.Event, ""); err != nil {
				t.Error(p.ID, ex.Event, err)
			}
		}
	}
	d.rest()
	d.list.rows.Select(1)
	d.rest()
	d.shot("light")
	d.setTheme(themeDark)
	d.shot("dark")
}
