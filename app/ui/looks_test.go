package ui

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/settings"
)

func TestThemeOfEarlierVersionsMovesIntoTheFileOnce(t *testing.T) {
	d := openDesk(t, nil)
	d.app.Preferences().SetString(themeKey, themeDark)
	d.migrateTheme()
	d.wait("the move", func() bool { return d.app.Preferences().String(themeKey) == "" })
	if d.looks.Theme != themeDark || !strings.Contains(d.configText(), `theme = "dark"`) {
		t.Errorf("the window wears %+v, the file is\n%s", d.looks, d.configText())
	}
	d.app.Preferences().SetString(themeKey, themeLight) // the file wins from now on
	d.migrateTheme()
	if d.looks.Theme != themeDark || d.app.Preferences().String(themeKey) != "" {
		t.Errorf("the old preference came back: %+v", d.looks)
	}
}

func TestThemeThatCannotBeWrittenSaysSoAndGoesBack(t *testing.T) {
	d := openDesk(t, nil)
	if err := os.Mkdir(d.engine.File(), 0o700); err != nil {
		t.Fatal(err)
	}
	d.setTheme(themeDark)
	if d.looks.Theme != themeDark {
		t.Error("the theme waits for the disk")
	}
	d.wait("the failure", func() bool { return strings.Contains(d.Window.notice.text, "theme could not be written") })
	d.wait("the theme of the file", func() bool { return d.looks.Theme == themeSystem })
}

func TestSizeOfTextIsThatOfTheFile(t *testing.T) {
	d := openDesk(t, nil)
	for _, c := range []struct {
		scale   int
		density string
		text    float32
		row     float32
	}{{100, densityComfortable, 14, 56}, {150, densityComfortable, 21, 84}, {80, densityCompact, 11.2, 36.8}} {
		d.wear(settings.Window{Theme: themeLight, Scale: c.scale, Density: c.density})
		if got := d.list.rows.Theme().Size("text"); got != c.text {
			t.Errorf("at %d %% text is %v, expected %v", c.scale, got, c.text)
		}
		if got := d.list.rows.RowHeight; got != c.row {
			t.Errorf("at %d %% rows are %v, expected %v", c.scale, got, c.row)
		}
	}
}

func TestSmallWindowHoldsTogetherWithLargeAndSmallText(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	for _, c := range []struct {
		name string
		look settings.Window
	}{
		{"text-150", settings.Window{Theme: themeLight, Scale: 150, Density: densityComfortable}},
		{"text-80", settings.Window{Theme: themeDark, Scale: 80, Density: densityCompact}},
	} {
		d.wear(c.look)
		if least := d.win.Content().MinSize(); least.Width > 900 || least.Height > 600 {
			t.Errorf("%s: the window needs %v, expected no more than 900x600", c.name, least)
		}
		d.shot(c.name)
	}
}
