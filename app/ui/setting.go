package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/settings"
)

// setting is one key of the config file as a field of the Settings sheet.
type setting struct {
	field *field
	// key says which one it is; its Value is not used.
	key   settings.Change
	input fyne.CanvasObject
	put   func(settings.Settings) // shows what they say
	typed func() any              // what stands in the field, as settings.Change has it
	lock  func()                  // makes it read-only

	kept   any // what typed was when put was called last
	edited bool
}

// place is where the key is found in the file, for an endpoint without which one.
func (s *setting) place() string { return s.key.Table + "." + s.key.Key }

// change is what the field asks for.
func (s *setting) change() settings.Change {
	c := s.key
	c.Value = s.typed()
	return c
}

// show puts what now says into a field that the user has left alone.
func (s *setting) show(now settings.Settings) {
	if s.edited && s.typed() != s.kept {
		return
	}
	s.put(now)
	s.kept, s.edited = s.typed(), false
}

// keyOf is a key of a table that is there once.
func keyOf(table, key string) settings.Change { return settings.Change{Table: table, Key: key} }

// textSetting is a key that is typed. What is empty takes the key away if it is
// optional, so that the default holds.
func (s *settingsSheet) textSetting(key settings.Change, name, placeholder, hint string, optional bool, get func(settings.Settings) string) *setting {
	e := newEntry(s.sheet, "", placeholder)
	f := &setting{key: key, input: e, lock: e.Disable}
	f.put = func(now settings.Settings) {
		e.OnChanged = nil
		e.SetText(get(now))
		e.OnChanged = func(string) { s.edit(f) }
	}
	f.typed = func() any {
		text := strings.TrimSpace(e.Text)
		if text == "" && optional {
			return nil
		}
		return text
	}
	return s.add(f, name, hint)
}

// numberSetting is a key whose value is a whole number; what is none is written
// as it is, and refused in the words of the file.
func (s *settingsSheet) numberSetting(key settings.Change, name, hint string, get func(settings.Settings) int) *setting {
	f := s.textSetting(key, name, "", hint, false, func(now settings.Settings) string { return strconv.Itoa(get(now)) })
	text := f.typed
	f.typed = func() any {
		if n, err := strconv.Atoi(text().(string)); err == nil {
			return n
		}
		return text()
	}
	f.kept = f.typed()
	return f
}

// choiceSetting is a key that is one of some words.
func (s *settingsSheet) choiceSetting(key settings.Change, name, hint string, values, labels []string, get func(settings.Settings) string) *setting {
	f := &setting{key: key}
	c := newChoice(values, labels, "", func(string) { s.edit(f) })
	s.choices = append(s.choices, c)
	f.input, f.lock = c.object(), c.button.Disable
	f.put = func(now settings.Settings) { c.set(get(now)) }
	f.typed = func() any { return c.chosen }
	return s.add(f, name, hint)
}

// checkSetting is a key that is true or false.
func (s *settingsSheet) checkSetting(key settings.Change, name, label, hint string, get func(settings.Settings) bool) *setting {
	c := widget.NewCheck(label, nil)
	f := &setting{key: key, input: c, lock: c.Disable}
	f.put = func(now settings.Settings) {
		c.OnChanged = nil
		c.SetChecked(get(now))
		c.OnChanged = func(bool) { s.edit(f) }
	}
	f.typed = func() any { return c.Checked }
	return s.add(f, name, hint)
}

// tokenSetting takes the ngrok token, of which only the place is ever shown.
func (s *settingsSheet) tokenSetting() *setting {
	e := newSecretEntry(s.sheet, "")
	f := &setting{key: keyOf("tunnel", "authtoken"), input: e, lock: e.Disable}
	f.put = func(now settings.Settings) {
		e.OnChanged = nil
		e.SetText("")
		e.OnChanged = func(string) { s.edit(f) }
		e.SetPlaceHolder(lang.L("paste the authtoken here, or env:NAME, or file:PATH"))
		if f.field == nil {
			return
		}
		hint := lang.L("From dashboard.ngrok.com, Your Authtoken. It is kept in the keyring of this machine, never in the config file.")
		if ref := string(now.Tunnel.Authtoken); ref != "" {
			hint = lang.L("A token is kept at {{.Place}}. What is typed here takes its place.", map[string]any{"Place": ref})
		}
		f.field.explain(hint)
	}
	f.typed = func() any { return e.Text }
	f = s.add(f, lang.L("ngrok authtoken"), "")
	f.put(s.base)
	return f
}

// add makes the field of f, read-only where something else than the file holds
// the key.
func (s *settingsSheet) add(f *setting, name, hint string) *setting {
	f.put(s.base)
	f.kept = f.typed()
	if given := s.window.engine.Given(f.place()); given != "" && f.key.Table != "endpoint" {
		f.lock()
		hint = lang.L("Given with {{.Flag}}, so it cannot be changed here.", map[string]any{"Flag": given})
	}
	f.field = newField(name, f.input, hint)
	s.fields = append(s.fields, f)
	return f
}
