package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
)

// hit does what the toolkit does with a stroke: chords fire the item of the
// menu bar that has them, grey or not; all else goes to the part with the focus,
// or to the window when there is none.
func (d *desk) hit(s stroke) bool {
	c := d.win.Canvas()
	switch {
	case s.mod != 0:
		return fire(s.shortcut(), d.win.MainMenu().Items)
	case s.letter != 0 && c.Focused() != nil:
		c.Focused().TypedRune(s.letter)
	case s.letter != 0:
		c.OnTypedRune()(s.letter)
	case c.Focused() != nil:
		c.Focused().TypedKey(key(s.key))
	default:
		c.OnTypedKey()(key(s.key))
	}
	return true
}

func fire(chord fyne.Shortcut, menus []*fyne.Menu) bool {
	for _, m := range menus {
		for _, i := range m.Items {
			if i.Shortcut != nil && i.Shortcut.ShortcutName() == chord.ShortcutName() && i.Action != nil {
				i.Action()
				return true
			}
			if i.ChildMenu != nil && fire(chord, []*fyne.Menu{i.ChildMenu}) {
				return true
			}
		}
	}
	return false
}

// noting makes the commands say that they were asked for in place of doing it.
func (d *desk) noting() (last *string) {
	last = new(string)
	for i := range d.commands {
		c := &d.commands[i]
		c.why, c.do = nil, func() { *last = c.name }
	}
	return last
}

func TestEveryCommandIsReachedByEachOfItsKeys(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	last := d.noting()
	for i := range d.commands {
		c := &d.commands[i]
		if len(c.keys) == 0 {
			t.Errorf("%s has no key", c.name)
		}
		for _, s := range c.keys {
			d.win.Canvas().Unfocus()
			if *last = ""; !d.hit(s) || *last != c.name {
				t.Errorf("%s does %q, expected %q", s.label("Ctrl"), *last, c.name)
			}
		}
	}
}

func TestKeysHoldWhereverTheFocusIs(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	last := d.noting()
	for name, place := range map[string]fyne.Focusable{
		"the sidebar": d.side.fixed[1], "a button": d.top.gear.full, "the tabs": d.detail.pane.WayIn(), "the list": d.list.rows,
	} {
		for _, s := range []stroke{letter('r'), letter('p'), letter('y'), letter('Y'), letter('/'), letter('?'), letter('2'), alone(fyne.KeyDelete), alone(fyne.KeyF5), alone(fyne.KeyF6), alone(fyne.KeyEscape)} {
			d.win.Canvas().Focus(place)
			if *last = ""; !d.hit(s) || *last == "" {
				t.Errorf("%s does nothing while the focus is in %s", s.label("Ctrl"), name)
			}
		}
	}
	d.win.Canvas().Focus(d.list.search.entry)
	for _, s := range []stroke{letter('r'), letter('?'), alone(fyne.KeyDelete), alone(fyne.KeyHome)} {
		if *last = ""; d.hit(s) && *last != "" {
			t.Errorf("%s does %q while somebody types", s.label("Ctrl"), *last)
		}
	}
}

func TestNoTwoCommandsShareAKey(t *testing.T) {
	d := openDesk(t, nil)
	owner := map[stroke]string{}
	for _, c := range d.commands {
		for _, s := range c.keys {
			if owner[s] != "" {
				t.Errorf("%s is the key of %q and %q", s.label("Ctrl"), owner[s], c.name)
			}
			owner[s] = c.name
		}
		if c.name == "" || !strings.HasSuffix(c.says, ".") || c.do == nil {
			t.Errorf("%+v is no whole command", c)
		}
	}
	for chord, name := range owner { // those of the toolkit's text fields
		for _, taken := range []fyne.KeyName{fyne.KeyC, fyne.KeyV, fyne.KeyX, fyne.KeyA, fyne.KeyY} {
			if chord == ctrl(taken) {
				t.Errorf("%q takes %s from the text fields", name, chord.label("Ctrl"))
			}
		}
	}
}

func TestCommandsAreInTheMenuBarTheSheetOfKeysAndThePalette(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.openKeys()
	sheet := textOf(d.sheets[0].body)
	d.sheets[0].close()
	p := d.openPalette()
	for i, c := range d.commands {
		if d.menu.items[i].Label != c.name {
			t.Errorf("%q is %q in the menu bar", c.name, d.menu.items[i].Label)
		}
		if !strings.Contains(sheet, c.says) || !strings.Contains(sheet, c.label()) {
			t.Errorf("the sheet of keys lacks %q", c.says)
		}
		if c.id == cmdPalette {
			continue
		}
		p.find.SetText(c.plainName())
		if found, want := p.marked(), c.label(); found == nil || found.name != c.plainName() || found.key != want {
			t.Errorf("the palette finds %+v for %q", found, c.plainName())
		}
	}
}

func TestWhatCannotBeDoneIsGreyAndSaysWhy(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	p := d.openPalette()
	p.find.SetText("replay")
	if i := p.marked(); !i.off || i.about != "Select a capture first." || !p.take.Disabled() {
		t.Errorf("it offers %+v", i)
	}
	p.find.TypedKey(key(fyne.KeyReturn))
	if len(d.sheets) != 1 || p.sheet.wrong.Text() != "Select a capture first." {
		t.Errorf("it says %q", p.sheet.wrong.Text())
	}
	p.find.TypedKey(key(fyne.KeyEscape))
	d.list.rows.Select(0)
	if i := d.menu.items[d.commandAt(t, "Release")]; !i.Disabled {
		t.Error("what is not held can be released")
	}
}

func (d *desk) commandAt(t *testing.T, name string) int {
	t.Helper()
	for i, c := range d.commands {
		if c.name == name {
			return i
		}
	}
	t.Fatalf("no command %q", name)
	return -1
}

func TestPaletteGoesToEndpointsAndCaptures(t *testing.T) {
	d := openScene(t)
	d.refresh.setHidden(false)
	d.hit(ctrl(fyne.KeyK))
	find, ok := d.win.Canvas().Focused().(*walkEntry)
	if !ok {
		t.Fatalf("the focus is on %T", d.win.Canvas().Focused())
	}
	test.Type(find, "everif")
	find.TypedKey(key(fyne.KeyReturn))
	if d.list.scope != (scope{kind: scopeEndpoint, endpoint: "Everifin"}) {
		t.Errorf("the list shows %+v", d.list.scope)
	}
	d.choose(scope{})
	d.rest()
	rows := d.list.listing.recent(100)
	want := rows[len(rows)-1]
	for _, typed := range []string{want.ID.String(), strings.ToLower(want.ID.String()[10:])} {
		d.unselect()
		p := d.openPalette()
		p.find.SetText(typed)
		p.submit()
		if id, _ := d.chosen(); id != want.ID {
			t.Errorf("%q opens %s, expected %s", typed, id, want.ID)
		}
	}
	p := d.openPalette()
	for _, typed := range []string{"nothing is called so", strings.Repeat("a", 1000), "\x00", "%"} {
		p.find.SetText(typed)
		if p.submit(); !p.none.Visible() || len(d.sheets) != 1 {
			t.Errorf("%.20q finds %d things", typed, len(p.shown))
		}
	}
}

func TestTypingTheFirstLettersOfWordsFindsACommand(t *testing.T) {
	for typed, want := range map[string]string{
		"cc": "Copy as cURL", "copy raw": "Copy as Raw HTTP", "curl": "Copy as cURL", "del": "Delete", "pf": "Pause Forwarding",
		"rep": "Replay", "npane": "Next Pane", "np": "Next Pane", "thm": "", "add end": "Add Endpoint", "endp": "Add Endpoint",
	} {
		best, name := 0, ""
		for _, n := range []string{"Add Endpoint", "Copy as cURL", "Copy as Raw HTTP", "Delete", "Pause Forwarding", "Replay", "Release", "Next Pane", "Next Capture"} {
			if score := fuzzy(strings.ToLower(n), typed); score > best {
				best, name = score, n
			}
		}
		if name != want {
			t.Errorf("%q finds %q, expected %q", typed, name, want)
		}
	}
}

func TestF6GoesFromPaneToPane(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	want := []fyne.Focusable{d.side.fixed[0], d.list.rows, d.detail.pane.WayIn(), d.top.pause.full, d.side.fixed[0]}
	d.win.Canvas().Unfocus()
	for i, w := range want {
		if d.hit(alone(fyne.KeyF6)); d.win.Canvas().Focused() != w {
			t.Fatalf("step %d leads to %T", i, d.win.Canvas().Focused())
		}
	}
	d.win.Canvas().Focus(d.list.search.entry)
	if d.hit(alone(fyne.KeyF6)); d.win.Canvas().Focused() != d.detail.pane.WayIn() {
		t.Errorf("from the search it leads to %T", d.win.Canvas().Focused())
	}
	d.win.Canvas().Focus(d.list.rows)
	d.hit(alone(fyne.KeyReturn))
	if d.win.Canvas().Focused() != d.detail.pane.WayIn() {
		t.Errorf("Enter leads to %T", d.win.Canvas().Focused())
	}
	d.hit(letter('6'))
	if d.detail.pane.Tab() != 5 {
		t.Errorf("tab %d is shown", d.detail.pane.Tab())
	}
}
