package ui

import (
	"runtime"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
)

// noPlainKeys keeps keys without a modifier out of the menu bar of a Mac, which
// would take them away from the text fields.
const noPlainKeys = runtime.GOOS == "darwin"

// stroke is one way to ask for a command by key: a letter, a key alone, or a
// chord. Letters and keys alone reach the window while no text field has the
// focus; chords always do, for the toolkit asks the menu bar first.
type stroke struct {
	letter rune // 0 is a key or a chord
	key    fyne.KeyName
	mod    fyne.KeyModifier // 0 is a key alone
}

func letter(r rune) stroke { return stroke{letter: r} }

func alone(key fyne.KeyName) stroke { return stroke{key: key} }

// ctrl is Ctrl and a key, Cmd and the key on a Mac.
func ctrl(key fyne.KeyName) stroke { return stroke{key: key, mod: fyne.KeyModifierShortcutDefault} }

// ctrlShift is ctrl with Shift.
func ctrlShift(key fyne.KeyName) stroke {
	return stroke{key: key, mod: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// shortcut is the stroke for an item of the menu bar, nil where it cannot be
// shown there. The toolkit fires chords by it and only shows the others.
func (s stroke) shortcut() fyne.Shortcut {
	switch {
	case s == ctrl(fyne.KeyZ):
		return &fyne.ShortcutUndo{} // what the toolkit makes of that chord
	case s.mod != 0:
		return &desktop.CustomShortcut{KeyName: s.key, Modifier: s.mod}
	case noPlainKeys:
		return nil
	case unicode.IsUpper(s.letter):
		return &desktop.CustomShortcut{KeyName: fyne.KeyName(s.letter), Modifier: fyne.KeyModifierShift}
	case s.letter != 0:
		return &desktop.CustomShortcut{KeyName: fyne.KeyName(unicode.ToUpper(s.letter))}
	}
	return &desktop.CustomShortcut{KeyName: s.key}
}

// label is the stroke as people write it; mod is the name of the main modifier.
func (s stroke) label(mod string) string {
	var parts []string
	if s.mod&fyne.KeyModifierShortcutDefault != 0 {
		parts = append(parts, mod)
	}
	if s.mod&fyne.KeyModifierShift != 0 || unicode.IsUpper(s.letter) {
		parts = append(parts, lang.L("Shift"))
	}
	key := keyName(s.key)
	if s.letter != 0 {
		key = string(unicode.ToUpper(s.letter))
	}
	return strings.Join(append(parts, key), "+")
}

// keyName is what is printed on a key.
func keyName(key fyne.KeyName) string {
	switch key {
	case fyne.KeyReturn:
		return lang.L("Enter")
	case fyne.KeyEscape:
		return lang.L("Esc")
	case fyne.KeyDelete:
		return lang.L("Delete")
	case fyne.KeyUp:
		return lang.L("Up")
	case fyne.KeyDown:
		return lang.L("Down")
	case fyne.KeyPageUp:
		return lang.L("Page Up")
	case fyne.KeyPageDown:
		return lang.L("Page Down")
	case fyne.KeyHome:
		return lang.L("Home")
	case fyne.KeyEnd:
		return lang.L("End")
	}
	return string(key)
}

// mainModifier is the name of the modifier of chords on this system.
func mainModifier() string {
	if runtime.GOOS == "darwin" {
		return "Cmd"
	}
	return lang.L("Ctrl")
}
