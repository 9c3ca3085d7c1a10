package signature

import (
	"slices"
	"strings"
	"time"
)

// Facts are what a scheme tells of itself without a message.
type Facts struct {
	// Cover and Covered are those of a verified delivery in the first form.
	Cover   Cover
	Covered []string
	// At is where a signature or a token may stand.
	At []Part
	// Timestamp is where its time stands; the zero Part when it has none.
	Timestamp Part
	// Name says what the scheme is: "HMAC-SHA256 in the header X-Signature".
	Name string
}

// describer is a scheme that knows its facts.
type describer interface{ Facts() Facts }

// FactsOf returns what s tells of itself; the zero Facts for a scheme that
// knows nothing.
func FactsOf(s Scheme) Facts {
	if d, ok := s.(describer); ok {
		return d.Facts()
	}
	return Facts{}
}

// Facts of s.
func (s Shared) Facts() Facts {
	f := s.Layout.facts()
	name := s.Algorithm.inWords(s.Keyed)
	if _, named := s.Algorithm.named(); named {
		name = "the hash that it names"
	}
	f.Name = name + " in " + f.Name
	return f
}

func (l *Layout) facts() Facts {
	f := Facts{At: l.At, Timestamp: l.Timestamp.At, Name: placesInWords(l.At)}
	f.Cover, f.Covered = l.covers(l.Templates[0], l.Equals)
	if f.Cover == CoverBody && l.looseAlways(l.Templates[0]) {
		f.Cover = CoverFields
	}
	return f
}

// Facts of t.
func (t Token) Facts() Facts {
	at, _ := t.places()
	f := Facts{Cover: CoverNone, At: at, Name: "a token in " + placesInWords(at)}
	if t.Basic {
		f.Name = "Basic authentication"
	}
	return f
}

// Facts of e: those of its first scheme, with the places of all.
func (e Either) Facts() Facts {
	f := FactsOf(e.Schemes[0])
	f.At = slices.Clone(f.At)
	for _, s := range e.Schemes[1:] {
		f.At = append(f.At, FactsOf(s).At...)
	}
	return f
}

func placesInWords(at []Part) string {
	words := make([]string, len(at))
	for i, p := range at {
		words[i] = p.inWords()
	}
	return strings.Join(words, " or ")
}

func schemeInWords(s Scheme) string { return FactsOf(s).Name }

// WithTolerance returns a copy of s that lets its timestamp be d off, both
// ways; chosen says whose number it is. A scheme without a timestamp stays as
// it is, and changed is false.
func WithTolerance(s Scheme, d time.Duration, chosen string) (tolerant Scheme, changed bool) {
	switch s := s.(type) {
	case Shared:
		return s.WithTolerance(d, chosen), !s.Timestamp.At.IsZero()
	case PublicKey:
		return s.WithTolerance(d, chosen), !s.Timestamp.At.IsZero()
	case JWT:
		return s.WithTolerance(d, chosen), !s.Timestamp.At.IsZero()
	case JWS:
		return s.WithTolerance(d, chosen), !s.Timestamp.At.IsZero()
	case HTTPSignature:
		return s.WithTolerance(d, chosen), !s.Timestamp.At.IsZero()
	case Either:
		schemes := make([]Scheme, len(s.Schemes))
		for i, one := range s.Schemes {
			var did bool
			schemes[i], did = WithTolerance(one, d, chosen)
			changed = changed || did
		}
		return Either{schemes}, changed
	}
	return s, false
}

// Prefer returns a copy of s that signs in the form called variant, as
// Verdict.Variant names it. An unknown variant changes nothing.
func Prefer(s Scheme, variant string) Scheme {
	switch s := s.(type) {
	case Shared:
		return s.Prefer(variant)
	case PublicKey:
		return s.Prefer(variant)
	case Either:
		return s.Prefer(variant)
	}
	return s
}

// hasVariant tells whether one of the forms of s is called variant.
func hasVariant(s Scheme, variant string) bool {
	var l Layout
	switch s := s.(type) {
	case Shared:
		l = s.Layout
	case PublicKey:
		l = s.Layout
	}
	return slices.ContainsFunc(l.Templates, func(t Template) bool { return t.Variant() == variant })
}
