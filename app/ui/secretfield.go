package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers"
)

// secretField takes the secret of an endpoint: hidden in one line, or, for a
// public key, open in several.
type secretField struct {
	hidden, open *entry
	label        *look.Text
	hint         *look.Prose
	content      *fyne.Container
	kind         secretKind
	wanted       bool
}

func newSecretField(s *sheet) *secretField {
	f := &secretField{hidden: newSecretEntry(s, ""), open: newEntry(s, "", ""), label: bold("")}
	f.open.MultiLine = true
	f.open.OnSubmitted = nil // Enter is a new line there
	f.open.SetMinRowsVisible(4)
	f.hint = look.NewProse("", look.ColorMuted)
	f.content = look.Column(5, f.label, look.Column(0, f.hidden, f.open), f.hint)
	return f
}

// fit asks for what a provider needs; has tells that a secret is kept already.
func (f *secretField) fit(p providers.Provider, has bool) {
	f.kind, f.wanted = secretKindOf(p), p.Signs
	f.label.SetText(f.kind.label)
	placeholder := f.kind.placeholder
	if has {
		placeholder = lang.L("leave empty to keep the present one")
	}
	f.hidden.SetPlaceHolder(placeholder)
	f.open.SetPlaceHolder(placeholder)
	setVisible(f.hidden, f.wanted && !f.kind.public)
	setVisible(f.open, f.wanted && f.kind.public)
	f.hint.SetText(f.kind.hint)
	if !f.wanted {
		f.hint.SetText(unsignedHint(p))
	}
}

// entry is the one that is shown.
func (f *secretField) entry() *entry {
	if f.kind.public {
		return f.open
	}
	return f.hidden
}

// text is what was typed; white space in it is kept: the diagnosis names it.
func (f *secretField) text() string {
	if !f.wanted {
		return ""
	}
	return f.entry().Text
}

// clear forgets what was typed.
func (f *secretField) clear() {
	f.hidden.SetText("")
	f.open.SetText("")
}
