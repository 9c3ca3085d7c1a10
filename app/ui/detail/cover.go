package detail

import (
	"bytes"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
	"shopbell/providers/signature"
)

// cover is what a signature protects of a body.
type cover struct {
	judged bool     // the signature matched; without that nothing is known
	whole  bool     // every byte
	json   []string // dotted paths
	form   []string // names of fields
}

// coverOf reads the parts that a verdict names.
func coverOf(v signature.Verdict) cover {
	c := cover{judged: v.Outcome == signature.Verified || v.Outcome == signature.Stale}
	if !c.judged {
		return c
	}
	for _, text := range v.Covered {
		part, err := signature.ParsePart(text)
		switch {
		case err != nil:
		case part.Kind == signature.PartBody, part.Kind == signature.PartForm && part.Name == "":
			c.whole = true
		case part.Kind == signature.PartJSON:
			c.json = append(c.json, part.Name)
		case part.Kind == signature.PartForm:
			c.form = append(c.form, part.Name)
		}
	}
	return c
}

// covers tells whether the value under keys is protected.
func (c cover) covers(keys []string, kind outline.WayKind) bool {
	switch {
	case !c.judged:
		return false
	case c.whole:
		return true
	case kind == outline.InJSON:
		return outline.Covers(c.json, keys)
	case kind == outline.InForm:
		return slices.Contains(c.form, outline.Every) || slices.Contains(c.form, keys[0])
	}
	return false
}

// spans is the protected places of a laid out body; raw is whether it is laid
// out as received.
func (c cover) spans(p prettied, kind rows.Kind, raw bool) []rows.Span {
	var found []outline.Span
	switch {
	case !c.judged:
	case c.whole:
		found = []outline.Span{{To: int32(min(len(p.text), rows.MaxDocument))}}
	case kind == rows.JSON && len(c.json) > 0:
		text := bytes.TrimPrefix(p.text, []byte("\ufeff"))
		if !signature.ValidJSON(text) {
			return nil
		}
		shift := int32(len(p.text) - len(text))
		for _, s := range outline.Ranges(text, c.json) {
			found = append(found, outline.Span{From: s.From + shift, To: s.To + shift})
		}
	case kind == rows.Form && raw:
		for _, f := range outline.Fields(p.text) {
			if c.covers([]string{f.Name}, outline.InForm) {
				found = append(found, f.Pair)
			}
		}
	default:
		for _, place := range p.places {
			if place.Kind == outline.InForm && c.covers(place.Keys, place.Kind) {
				found = append(found, place.Whole)
			}
		}
	}
	spans := make([]rows.Span, len(found))
	for i, s := range found {
		spans[i] = rows.Span(s)
	}
	return spans
}

// legend says what the marks mean. marked is whether any are seen, decoded
// whether what is shown was compressed as it was signed.
func (c cover) legend(marked, decoded bool) string {
	names := strings.Join(append(slices.Clone(c.json), c.form...), ", ")
	every := slices.Contains(c.json, outline.Every) || slices.Contains(c.form, outline.Every)
	switch {
	case !c.judged:
		return ""
	case c.whole && decoded:
		return lang.L("The signature covers the whole body as it was received, compressed.")
	case c.whole:
		return lang.L("The signature covers the whole body: no byte of it was changed on the way.")
	case names == "":
		return lang.L("The signature covers nothing of the body: any of it can be changed without the signature noticing.")
	case every && marked:
		return lang.L("Marked values are covered by the signature. Their names and their order are not.")
	case marked:
		return lang.L("Marked parts are covered by the signature. All else can be changed without the signature noticing.")
	case every:
		return lang.L("The signature covers the values of the body; they cannot be marked in this view.")
	}
	return lang.L("The signature covers {{.Names}} of the body; they cannot be marked in this view.", map[string]any{"Names": names})
}
