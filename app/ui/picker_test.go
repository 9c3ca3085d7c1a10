package ui

import (
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
)

// openFixed is a desk with the catalogue of the pictures.
func openFixed(t *testing.T) *desk {
	t.Helper()
	d := openDeskWith(t, "http://localhost:8080", nil, func(o *engine.Options) { o.Catalog = fixedCatalog(t) })
	d.rest()
	d.setTheme(themeLight)
	return d
}

func names(list []offer) (out []string) {
	for _, o := range list {
		out = append(out, o.name)
	}
	return out
}

func TestShopsProvidersComeFirst(t *testing.T) {
	got := names(offersOf(fixedCatalog(t), nil))
	want := []string{"Basecart", "Shopcart", "Keypay", "Stripy", "Twin", "Anchor", "Meterpost", "Hookside", "Nothing Signed"}
	if !slices.Equal(got, want) {
		t.Errorf("the order is %q, expected %q", got, want)
	}
}

func TestTypingFindsByNameIDAndCategory(t *testing.T) {
	all := offersOf(fixedCatalog(t), nil)
	for typed, want := range map[string]string{
		"str": "Stripy", "STRIPY": "Stripy", "signed": "Nothing Signed", "payments tw": "Twin", "shipping": "Meterpost", "cart": "Basecart",
		"stripy payments": "Stripy", " keypay ": "Keypay",
	} {
		if got := findOffers(all, typed); len(got) == 0 || got[0].name != want {
			t.Errorf("%q finds %q, expected %s first", typed, names(got), want)
		}
	}
	for _, typed := range []string{"stripy forms", strings.Repeat("a", 1000), "\x00"} {
		if got := findOffers(all, typed); len(got) > 0 {
			t.Errorf("%.20q finds %q", typed, names(got))
		}
	}
}

func TestEveryProviderIsFoundByItsIDAndName(t *testing.T) {
	all := offersOf(embedded(t), nil)
	for _, o := range all {
		for _, typed := range []string{o.id, o.name} {
			found := findOffers(all, typed)
			if i := slices.IndexFunc(found, func(f offer) bool { return f.id == o.id }); i < 0 || i > 2 {
				t.Errorf("%q finds %s at place %d", typed, o.id, i)
			}
		}
	}
}

func TestProviderIsChosenByKeyboardAlone(t *testing.T) {
	d := openFixed(t)
	d.newEndpoint()
	focused, ok := d.win.Canvas().Focused().(*pickEntry)
	if !ok || len(d.sheets) != 2 {
		t.Fatalf("the focus is on %T, %d sheets are open", d.win.Canvas().Focused(), len(d.sheets))
	}
	test.Type(focused, "pay")
	p := focused.picker
	if got := names(p.shown); len(got) != 3 || got[0] != "Keypay" || !p.rows.Visible() {
		t.Fatalf("it offers %q", got)
	}
	focused.TypedKey(key(fyne.KeyDown))
	focused.TypedKey(key(fyne.KeyDown))
	focused.TypedKey(key(fyne.KeyUp))
	if o, _ := p.marked(); o.name != p.shown[1].name {
		t.Errorf("the arrows marked %q", o.name)
	}
	test.Type(focused, " stripy")
	focused.TypedKey(key(fyne.KeyReturn))
	if len(d.sheets) != 1 {
		t.Fatalf("%d sheets are open, expected the form alone", len(d.sheets))
	}
	typing, ok := d.win.Canvas().Focused().(*entry)
	if !ok || !typing.Password {
		t.Errorf("the focus is on %T, expected the secret", d.win.Canvas().Focused())
	}
}

func TestPickerSaysWhenNothingFitsAndEscLeavesTheChoice(t *testing.T) {
	d := openFixed(t)
	f := d.openEndpoint("")
	f.provider.choose("twin")
	p := f.provider.open()
	if o, _ := p.marked(); o.id != "twin" {
		t.Errorf("the list begins at %q", o.id)
	}
	p.find.SetText("nobody at all")
	if !p.none.Visible() || !p.choose.Disabled() {
		t.Error("it does not say that nothing fits")
	}
	p.take()
	p.find.TypedKey(key(fyne.KeyEscape))
	if f.provider.chosen != "twin" || len(d.sheets) != 1 {
		t.Errorf("chosen is %q, %d sheets are open", f.provider.chosen, len(d.sheets))
	}
	f.provider.open().rows.TypedRune('s') // a letter in the list goes on in the field
	if typed, _ := d.win.Canvas().Focused().(*pickEntry); typed == nil || typed.Text != "s" {
		t.Error("a letter typed in the list is lost")
	}
}

func TestPickerTellsOfTheMarkedProvider(t *testing.T) {
	d := openFixed(t)
	p := d.openEndpoint("").provider.open()
	p.find.SetText("hookside")
	text := textOf(p.about)
	for _, want := range []string{"HMAC-SHA256", "covers the body", saysSecondary(), "Settings, Webhooks", "remember the ids", wordDocs()} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q: %s", want, text)
		}
	}
}

func TestProvidersAreListedAsTheyAreNow(t *testing.T) {
	d := openOwn(t, "")
	before := len(d.openEndpoint("").provider.open().all)
	d.own("mine.toml", `id = "mine"
name = "Mine"
category = "payments"
docs = "https://mine.example"
sure = "primary"
mark = "Mi"
colour = "#0f766e"
secret_where = "In my program."
`+strings.TrimSuffix(hmacIn("X-Mine"), sampled))
	d.wait("the own provider", func() bool {
		_, known := d.engine.Catalog().Get("mine")
		return known
	})
	if all := d.openEndpoint("").provider.open().all; len(all) != before+1 || all[0].id != "mine" || !all[0].own {
		t.Errorf("%d providers were offered, now %d, first %+v", before, len(all), all[0])
	}
}

// drawn is the sheet as drawn, without its edge, where the window shines through.
func (s *sheet) drawn() image.Image {
	const edge = 8
	c := s.popup.Content
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	from, size := image.Pt(int(at.X)+edge, int(at.Y)+edge), image.Pt(int(c.Size().Width)-2*edge, int(c.Size().Height)-2*edge)
	return part(s.window.win.Canvas().Capture(), image.Rectangle{Min: from, Max: from.Add(size)})
}

func TestPickerIsDrawn(t *testing.T) {
	d := openFixed(t)
	for _, size := range sizes {
		d.win.Resize(size.of)
		p := d.openEndpoint("").provider.open()
		p.find.SetText("pay")
		p.find.TypedKey(key(fyne.KeyDown))
		d.both("picker"+size.name, p.sheet.alone)
		p.find.SetText("nobody at all")
		d.both("picker-none"+size.name, p.sheet.alone)
		p.sheet.close()
		d.closeTop()
	}
}
