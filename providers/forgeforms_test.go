package providers

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// Bytes are moved between the parts of every signed text, so that the text stays
// the same: no such delivery may verify without a caveat.
func TestNoPartOfASignedTextCanBeMovedIntoAnother(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		for _, f := range waysOf(s.p.Scheme) {
			if !s.signedAs(f) {
				continue
			}
			s.forge(t, f, f, s.e.Message, s.e.secrets())
			if m, ok := s.hostile(f); ok {
				s.forge(t, f, f, m, s.e.secrets())
			}
		}
	})
}

// A provider with several forms signs with one secret: what it signed in one
// must not verify as another one with other parts.
func TestNoDeliveryVerifiesInAnotherFormWithOtherParts(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		forms := waysOf(s.p.Scheme)
		for _, f := range forms {
			if !s.signedAs(f) {
				continue
			}
			for _, g := range forms {
				if reflect.DeepEqual(f, g) || !reflect.DeepEqual(f.family, g.family) || f.whole() && g.whole() {
					continue
				}
				s.forge(t, f, g, s.e.Message, s.e.secrets())
				if m, ok := s.hostile(f); ok {
					s.forge(t, f, g, m, s.e.secrets())
				}
			}
		}
	})
}

// whole tells whether f signs one part and nothing else but white space: read
// as another part, it says the same.
func (f form) whole() bool {
	n := 0
	for _, p := range f.template {
		if p.Kind != signature.PartLiteral || strings.TrimSpace(p.Name) != "" {
			n++
		}
	}
	return n == 1 && len(f.template.Parts()) == 1 && f.template[0].Kind != signature.PartSecret
}

// signedAs tells whether the delivery verifies in form f alone.
func (s spoilable) signedAs(f form) bool {
	v := only(s.p.Scheme, f).Verify(s.e.Message, s.e.secrets(), s.e.At)
	return v.Outcome == signature.Verified
}

// only is the scheme of f without other forms.
func only(s signature.Scheme, f form) signature.Scheme {
	switch s := s.(type) {
	case signature.Either:
		for _, one := range s.Schemes {
			if forms := waysOf(one); slices.ContainsFunc(forms, func(g form) bool { return reflect.DeepEqual(f, g) }) {
				return only(one, f)
			}
		}
	case signature.Shared:
		s.Templates = []signature.Template{f.template}
		return s
	case signature.PublicKey:
		s.Templates = []signature.Template{f.template}
		return s
	}
	return s
}

// hostile is a genuine delivery whose body holds what another cut would need:
// separators with a time between them. Only a shared secret can sign it here.
func (s spoilable) hostile(f form) (signature.Message, bool) {
	shared, ok := only(s.p.Scheme, f).(signature.Shared)
	if !ok || !slices.ContainsFunc(f.template, func(p signature.Part) bool { return p.Kind == signature.PartBody && len(p.Filters) == 0 }) {
		return signature.Message{}, false
	}
	var inside strings.Builder
	for _, p := range f.template {
		switch stamp, _ := f.value(signature.Part{Kind: signature.PartTimestamp}, s.e.Message); {
		case p.Kind == signature.PartLiteral:
			inside.WriteString(p.Name)
		case p.Kind == signature.PartTimestamp:
			inside.WriteString(stamp)
		}
	}
	m := s.e.Message
	m.Body = []byte(`{"a":"x` + inside.String() + `y","b":"` + inside.String() + inside.String() + `"}`)
	if strings.ContainsAny(inside.String(), "\"\n\\") {
		m.Body = []byte(strings.Repeat(inside.String(), 3))
	}
	m, err := shared.Sign(m, s.e.secrets()[0], s.e.At)
	return m, err == nil && s.p.Judge(m, s.e.secrets(), s.e.At).Outcome == signature.Verified
}
