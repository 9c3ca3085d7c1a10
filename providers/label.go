package providers

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"shopbell/providers/signature"
)

// maxLabel bounds a label in bytes; whatever is longer was not made to be read.
const maxLabel = 300

// labelRule makes a name out of a message. It applies when its conditions
// hold, every part of its text is there, and its words, if it has any, know
// the text. The first rule that applies counts.
type labelRule struct {
	When    conditions         `toml:"when"`
	Text    signature.Template `toml:"text"`
	Words   map[string]string  `toml:"words"`
	Derived bool               `toml:"derived"`
}

type labelRules []labelRule

// label returns the text of the first rule that applies. Values of parts
// called by one of the hidden names are replaced by dots.
func (rs labelRules) label(f *signature.Fields, hidden personal) (Label, bool) {
	for _, r := range rs {
		if !r.When.hold(f) {
			continue
		}
		text, ok := r.fill(f, hidden)
		if ok && r.Words != nil {
			text, ok = r.Words[text]
		}
		if ok {
			return Label{Text: text, Derived: r.Derived}, true
		}
	}
	return Label{}, false
}

func (r labelRule) fill(f *signature.Fields, hidden personal) (string, bool) {
	var b strings.Builder
	for _, part := range r.Text {
		v := f.Get(part)
		if v.Times == 0 || v.Null || v.Text == "" {
			return "", false
		}
		if part.Kind == signature.PartJSON || part.Kind == signature.PartForm {
			if hidden.hidesPath(part.Name) {
				v.Text = dots
			}
		}
		b.WriteString(v.Text)
	}
	return oneLine(b.String()), true
}

// lookInside reads a body that was encoded twice by its inner JSON.
func lookInside(m signature.Message) *signature.Fields {
	f, _ := signature.ReadFields(m).Inner()
	return f
}

// oneLine replaces what would break a line on screen; the text stays distinct
// enough to be an id because only unprintable characters fall together.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '·'
	}, text)
}

func clip(text string) string {
	if len(text) <= maxLabel {
		return text
	}
	cut := maxLabel
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// check tells what is wrong with a rule, nil if nothing is.
func (r labelRule) check() error {
	if len(r.Text) == 0 {
		return errors.New("text is missing, expected a text like \"{json:type}\"")
	}
	for _, p := range r.Text {
		if p.Kind != signature.PartLiteral && !askableKind(p.Kind) {
			return fmt.Errorf("text %q, expected parts of the message only", r.Text)
		}
	}
	return nil
}
