package ui

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// page opens the page of that name.
func (s *settingsSheet) page(t *testing.T, name string) *settingsSection {
	t.Helper()
	for _, p := range s.sections {
		if p.name == name {
			p.item.Tapped(nil)
			return p
		}
	}
	t.Fatalf("there is no page %q", name)
	return nil
}

// fieldOf is the field of a key, such as "keep.days".
func (s *settingsSheet) fieldOf(t *testing.T, place string) *setting {
	t.Helper()
	for _, f := range s.fields {
		if f.place() == place {
			return f
		}
	}
	t.Fatalf("there is no field for %s", place)
	return nil
}

// typeInto types text into the field of a key, as a person does.
func (s *settingsSheet) typeInto(t *testing.T, place, text string) *setting {
	t.Helper()
	f := s.fieldOf(t, place)
	f.input.(*entry).SetText(text)
	return f
}

func (s *settingsSheet) choose(t *testing.T, place, value string) {
	t.Helper()
	f := s.fieldOf(t, place)
	button := f.input.(*fyne.Container).Objects[0].(*look.Button)
	button.OnTapped()
	menu := s.window.win.Canvas().Overlays().Top()
	if menu == nil {
		t.Fatalf("%s offers nothing", place)
	}
	s.window.win.Canvas().Overlays().Remove(menu)
	for _, c := range s.choices {
		if c.button == button {
			c.choose(value)
			return
		}
	}
	t.Fatalf("%s has no choice", place)
}

func (d *desk) configText() string {
	d.t.Helper()
	text, err := os.ReadFile(d.engine.File())
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// TestEveryKeyOfTheConfigFileIsInTheSettings looks for a field for each key of
// the struct; the keys that make an endpoint what it is are in its own form.
func TestEveryKeyOfTheConfigFileIsInTheSettings(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed", typedSecret)
	d.closeTop()
	s := d.newSettings()
	shown := []string{"keep.encrypt"} // in words: it cannot be changed
	for _, f := range s.fields {
		shown = append(shown, f.place())
	}
	shown = append(shown, "endpoint.name", "endpoint.provider", "endpoint.path", "endpoint.secrets", "endpoint.forward", "endpoint.verify_token", "endpoint.learn_secret", "endpoint.probe")
	shown = append(shown, "search.name", "search.query") // in the sidebar
	for _, key := range settings.Keys() {
		if !slices.Contains(shown, key) {
			t.Errorf("the settings have no field for %s", key)
		}
	}
}

func TestAppliedSettingsAreInTheFileAndHold(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed", typedSecret)
	d.closeTop()
	s := d.newSettings()
	if !s.apply.Disabled() {
		t.Error("nothing was changed and it can be applied")
	}
	s.typeInto(t, "keep.days", "7")
	s.typeInto(t, "keep.size", "500MB")
	s.typeInto(t, "limits.wait", "5s")
	s.typeInto(t, "endpoint.tolerance", "10m")
	s.choose(t, "window.theme", themeDark)
	s.choose(t, "window.language", "cs")
	s.choose(t, "endpoint.unverified", "forward")
	s.submit()
	d.wait("the settings", func() bool { return d.preparing != nil && d.preparing != s && d.preparing.news.Visible() })
	s = d.preparing // the one in the other language
	for _, want := range []string{"days = 7\n", "size = \"500MB\"", "wait = \"5s\"", "tolerance = \"600s\"", "theme = \"dark\"", "language = \"cs\"", "unverified = \"forward\""} {
		if !strings.Contains(d.configText(), want) {
			t.Errorf("the file has no %s:\n%s", want, d.configText())
		}
	}
	now := d.engine.Settings()
	if now.Keep.Days != 7 || now.Keep.Size != 500_000_000 || now.Endpoints[0].Unverified != "forward" || d.looks.Theme != themeDark {
		t.Errorf("in force are %+v, the window wears %+v", now, d.looks)
	}
	if !s.apply.Disabled() {
		t.Error("what was applied can be applied again")
	}
}

func TestWrongValueIsExplainedAsInTheFileAndCannotBeApplied(t *testing.T) {
	d := openDesk(t, nil)
	s := d.newSettings()
	for place, text := range map[string]string{
		"keep.days": "many", "keep.size": "two", "limits.body": "1TB", "limits.wait": "soon",
		"shop.url": "localhost:8080", "tunnel.domain": "https://x", "tunnel.listen": "here",
	} {
		f := s.fieldOf(t, place)
		before := f.input.(*entry).Text
		s.typeInto(t, place, text)
		key := strings.Split(place, ".")[1]
		if says := f.field.wrong.Text(); !f.field.wrong.Visible() || !strings.HasPrefix(strings.ToLower(says), key+" is ") || !s.apply.Disabled() {
			t.Errorf("%s = %s: it says %q", place, text, says)
		}
		s.typeInto(t, place, before)
		if f.field.wrong.Visible() || f.edited {
			t.Errorf("%s: typed back, it still says %q", place, f.field.wrong.Text())
		}
	}
}

func TestWhatIsTypedBeforeTheAnswerStays(t *testing.T) {
	d := openDesk(t, nil)
	s := d.newSettings()
	s.typeInto(t, "keep.days", "7")
	s.typeInto(t, "limits.wait", "5s")
	s.submit()
	s.typeInto(t, "keep.days", "70")
	d.wait("the settings", func() bool { return s.news.Visible() })
	f := s.fieldOf(t, "keep.days")
	if got := f.input.(*entry).Text; got != "70" || !f.edited || s.apply.Disabled() || s.fieldOf(t, "limits.wait").edited {
		t.Errorf("the field holds %q, edited: %v", got, f.edited)
	}
	if now := d.engine.Settings(); now.Keep.Days != 7 {
		t.Errorf("in force are %+v", now.Keep)
	}
}

func TestFailedWriteIsSaidAndNothingIsHalfApplied(t *testing.T) {
	d := openDesk(t, nil)
	if err := os.Mkdir(d.engine.File(), 0o700); err != nil {
		t.Fatal(err)
	}
	s := d.newSettings()
	s.typeInto(t, "keep.days", "7")
	s.choose(t, "window.theme", themeDark)
	s.submit()
	d.wait("the failure", func() bool { return s.sheet.wrong.Visible() })
	if now := d.engine.Settings(); now.Keep.Days == 7 || now.Window.Theme == themeDark || d.looks.Theme == themeDark {
		t.Errorf("in force are %+v", now)
	}
	if !s.fieldOf(t, "keep.days").edited || s.apply.Disabled() {
		t.Error("what was typed is gone")
	}
}

func TestTokenGoesToTheKeyringAndIsNeverShown(t *testing.T) {
	d, _ := openDeskOnline(t)
	s := d.newSettings()
	const token = "2token_that_nobody_may_see"
	s.typeInto(t, "tunnel.authtoken", token)
	s.submit()
	d.wait("the settings", func() bool { return s.news.Visible() })
	if strings.Contains(d.configText(), token) || !strings.Contains(d.configText(), `authtoken = "keyring:ngrok"`) {
		t.Errorf("the file is\n%s", d.configText())
	}
	if kept, err := d.keyring.Get("ngrok"); err != nil || kept != token {
		t.Errorf("the keyring has %q, %v", kept, err)
	}
	if f := s.fieldOf(t, "tunnel.authtoken"); f.typed() != "" || !strings.Contains(f.field.hint.Text(), "keyring:ngrok") {
		t.Errorf("the field holds %q and says %q", f.typed(), f.field.hint.Text())
	}
	if f := s.typeInto(t, "tunnel.authtoken", "env:"); !f.field.wrong.Visible() || !s.apply.Disabled() {
		t.Error("a reference without a name is taken")
	}
}

func TestFileChangedOutsideShowsUpWhereNothingWasTyped(t *testing.T) {
	d := openDesk(t, nil)
	s := d.newSettings()
	s.typeInto(t, "keep.size", "1GB")
	text := "[shop]\nurl = \"http://127.0.0.1:9\"\n[keep]\ndays = 3\n[window]\ntheme = \"dark\"\nscale = 130\ndensity = \"compact\"\n"
	if err := os.WriteFile(d.engine.File(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d.wait("the days", func() bool { return s.fieldOf(t, "keep.days").typed() == 3 })
	if d.looks.Theme != themeDark || d.looks.Scale != 130 {
		t.Errorf("the window wears %+v", d.looks)
	}
	if f := s.fieldOf(t, "keep.size"); f.typed() != "1GB" || !f.edited || s.apply.Disabled() {
		t.Error("what was typed is gone")
	}
	if err := os.WriteFile(d.engine.File(), []byte(text+"nights = 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.wait("the problem", func() bool { return strings.Contains(d.Window.notice.text, "nights") })
	if !s.trouble.Visible() || !strings.Contains(s.trouble.Text(), "nights") {
		t.Errorf("the sheet says %q", s.trouble.Text())
	}
	if says := d.Window.notice.text; !strings.Contains(says, ":9:") || !strings.Contains(says, "stay in force") {
		t.Errorf("the notice says %q", says)
	}
}

func TestEndpointIsTestedFromTheSettings(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed", typedSecret)
	d.closeTop()
	s := d.newSettings()
	s.page(t, "Endpoints")
	p := s.endpoints
	p.tests["tweed"].OnTapped()
	d.wait("the result", func() bool { return strings.Contains(p.results["tweed"].Text(), "The shop answered 200") })
	if says := p.results["tweed"].Text(); !strings.HasPrefix(says, "✓ Verified.") {
		t.Errorf("it says %q", says)
	}
}

func TestCompactingSaysWhatItGaveBack(t *testing.T) {
	d := openDesk(t, nil)
	said := ""
	d.compact(func(before, after int64, err error) { said = bytesText(before) })
	d.wait("compacting", func() bool { return said != "" })
}

func TestGivenValuesAreReadOnlyAndSaySo(t *testing.T) {
	d := openDeskWith(t, "http://127.0.0.1:9", nil, func(o *engine.Options) {
		o.Given = map[string]string{"shop.url": "--shop", "tunnel.kind": "--tunnel", "data": "--data"}
	})
	s := d.newSettings()
	if f := s.fieldOf(t, "shop.url"); !f.input.(*entry).Disabled() || !strings.Contains(f.field.hint.Text(), "--shop") {
		t.Errorf("the shop's field says %q", f.field.hint.Text())
	}
	if f := s.fieldOf(t, "tunnel.kind"); !f.input.(*fyne.Container).Objects[0].(*look.Button).Disabled() {
		t.Error("the kind can be chosen")
	}
}

func TestSettingsFitASmallWindowAndLargeText(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed", typedSecret)
	d.closeTop()
	d.win.Resize(fyne.NewSize(900, 600))
	d.wear(settings.Window{Theme: themeLight, Scale: 150, Density: densityComfortable})
	s := d.newSettings()
	for _, p := range s.sections {
		s.open(p)
		if size := s.sheet.popup.Content.Size(); size.Width > 900 || size.Height > 600 {
			t.Errorf("%s needs %v", p.name, size)
		}
		if least := s.right.Content.MinSize().Width; least > s.right.Size().Width {
			t.Errorf("%s is %v wide in %v", p.name, least, s.right.Size().Width)
		}
	}
}
