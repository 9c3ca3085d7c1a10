package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// token is the class of a piece of text, for its colour only: a lexer may be
// wrong about hostile text, but it never changes or hides a byte.
type token uint8

const (
	plainText token = iota
	key
	stringText
	number
	word
	punct
	strange
)

func (t token) color() fyne.ThemeColorName {
	switch t {
	case key:
		return look.ColorCodeKey
	case stringText:
		return look.ColorCodeString
	case number:
		return look.ColorCodeNumber
	case word:
		return look.ColorCodeWord
	case punct:
		return look.ColorCodePunct
	case strange:
		return look.ColorCodeStrange
	}
	return theme.ColorNameForeground
}

// emitter takes the tokens of a text in order; nil when only the state after
// the text is asked for.
type emitter func(from, to int, t token)

func (e emitter) emit(from, to int, t token) {
	if e != nil && to > from {
		e(from, to, t)
	}
}

// carries tells whether the lexer's state goes on from line to line.
func (k Kind) carries() bool { return k == XML || k == HTTP }

// lex finds the tokens of text, a line or a part of one, beginning in state,
// and returns the state after it. State 0 is the start of a document.
func lex(k Kind, state uint8, text []byte, e emitter) uint8 {
	switch k {
	case JSON:
		return lexJSON(state, text, e)
	case XML:
		return lexXML(state, text, e)
	case Form:
		return lexForm(state, text, e)
	case Fields:
		return lexFields(text, e)
	case HTTP:
		return lexHTTP(state, text, e)
	case Hex:
		return lexHex(text, e)
	}
	e.emit(0, len(text), plainText)
	return 0
}
