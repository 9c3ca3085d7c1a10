package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// elsewhere is the choice of an address that is typed.
const elsewhere = "\x00elsewhere"

// target is where a delivery is sent: one of several places, or an address.
type target struct {
	place    *choice
	address  *entry
	says     *look.Prose
	content  *fyne.Container
	onChange func()
}

func newTarget(s *sheet, onChange func()) *target {
	t := &target{onChange: onChange, says: look.NewProse("", look.ColorMuted)}
	t.place = newChoice(nil, nil, "", func(string) { t.show() })
	t.address = newEntry(s, "", "http://localhost:8080/webhooks")
	t.address.OnChanged = func(string) { t.show() }
	t.content = look.Column(6, t.place.object(), t.address, t.says)
	return t
}

// offer changes the places that can be chosen; an address is always one.
func (t *target) offer(places, names []string) {
	t.place.offer(append(slices.Clip(places), elsewhere), append(slices.Clip(names), lang.L("Another address…")), t.place.chosen)
	t.tell()
}

// typed tells whether the place is an address that is typed.
func (t *target) typed() bool { return t.place.chosen == elsewhere }

// url is the address that is typed, "" for one of the places.
func (t *target) url() (string, error) {
	if !t.typed() {
		return "", nil
	}
	return t.address.Text, settings.CheckURL(lang.L("the address"), t.address.Text)
}

func (t *target) show() {
	t.tell()
	if t.onChange != nil {
		t.onChange()
	}
}

// tell says how far a delivery goes.
func (t *target) tell() {
	setVisible(t.address, t.typed())
	t.says.SetText("")
	if address, err := t.url(); err == nil && address != "" {
		host, away := engine.Away(address)
		if away {
			t.says.Set(look.ColorCaution, look.Run{Text: lang.L("It leaves this machine: {{.Host}} gets it.", map[string]any{"Host": host})})
		} else {
			t.says.Set(look.ColorMuted, look.Run{Text: lang.L("It stays on this machine.")})
		}
	}
	setVisible(t.says, t.says.Text() != "")
}
