package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// TestSettingsAreDrawn compares every page with its picture, light and dark.
func TestSettingsAreDrawn(t *testing.T) {
	d := openSettingsScene(t)
	d.win.Resize(fyne.NewSize(840, 660))
	for _, theme := range []string{themeLight, themeDark} {
		d.wear(settings.Window{Theme: theme, Scale: 100, Density: densityComfortable})
		s := d.newSettings()
		for _, p := range s.sections {
			s.open(p)
			d.win.Canvas().Unfocus()
			s.folder.set("/home/anna/.local/share/shopbell")
			test.AssertImageMatches(t, filepath.Join("settings", strings.ToLower(p.name)+"-"+theme+".png"), s.sheet.drawn())
		}
		s.page(t, "Endpoints")
		s.endpoints.say("Basecart", "✓ Verified. The shop answered 200 in 12 ms.", look.ColorGood)
		s.endpoints.say("Keypay", "◐ Partly covered. The shop gave no answer: nothing answers on localhost:8080. Start it, or change its address on the page Shop.", look.ColorCaution)
		test.AssertImageMatches(t, filepath.Join("settings", "tested-"+theme+".png"), s.sheet.drawn())
		s.page(t, "Keep")
		s.typeInto(t, "keep.days", "many")
		s.sheet.say("Nothing was changed. Writing the config file: the disk is full.")
		d.win.Canvas().Unfocus()
		test.AssertImageMatches(t, filepath.Join("settings", "wrong-"+theme+".png"), s.sheet.drawn())
		s.sheet.close()
	}
}

// openSettingsScene is a desk whose figures and paths are the same at every run.
func openSettingsScene(t *testing.T) *desk {
	t.Helper()
	d := openDeskWith(t, "http://localhost:8080", func(e *engine.Engine) {
		for _, name := range []string{"Basecart", "Keypay"} {
			ep := settings.Endpoint{Name: name, Provider: strings.ToLower(name), Path: "/" + strings.ToLower(name) + "/9f1c07de55b04a0e"}
			if err := e.PutEndpoint(t.Context(), "", ep, nil); err != nil {
				t.Fatal(err)
			}
		}
	}, func(o *engine.Options) {
		o.Catalog = fixedCatalog(t)
		o.Given = map[string]string{"data": "--data"}
	})
	d.pose(false)
	return d
}

func TestSettingsWithoutEndpointsAreDrawn(t *testing.T) {
	d := openFixed(t)
	d.win.Resize(fyne.NewSize(840, 660))
	s := d.newSettings()
	for _, name := range []string{"Endpoints", "Forwarding"} {
		s.page(t, name)
		d.both(filepath.Join("settings", strings.ToLower(name)+"-empty"), s.sheet.drawn)
	}
}
