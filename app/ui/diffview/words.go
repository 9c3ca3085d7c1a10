package diffview

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector/compare"
	"shopbell/providers/signature"
)

// headings are the names of both sides above the rows.
func headings(s Subject) fyne.CanvasObject {
	side := func(h Heading) fyne.CanvasObject {
		title := look.NewStyled(h.Title, "", "", fyne.TextStyle{Bold: true})
		says := look.NewStyled(h.Says, look.ColorMuted, look.SizeSmall, fyne.TextStyle{})
		title.Cut, says.Cut = true, true
		return look.Column(2, title, says)
	}
	return &fyne.Container{Layout: halves{}, Objects: []fyne.CanvasObject{side(s.Left), side(s.Right)}}
}

// banner is what the comparison came to, and what it means for a signature.
func banner(r *compare.Report) fyne.CanvasObject {
	tone, symbol, title := result(r)
	words := look.Column(3,
		look.NewRuns(look.ToneColor(tone), look.Run{Text: title, Bold: true}),
		look.NewProse(strings.Join(says(r), " "), ""))
	return look.Banner(look.ToneSoft(tone), look.Beside(12, true, look.NewBareBadge(symbol, tone), words, nil))
}

// result is the result with its tone and symbol.
func result(r *compare.Report) (tone signature.Tone, symbol, title string) {
	switch {
	case r.Result() == compare.Equal:
		return signature.Good, "✓", lang.L("Equal, byte for byte")
	case r.Result() == compare.SameMeaning:
		return signature.Caution, "≈", lang.L("Formatting only: the same meaning, written in another way")
	case r.Body == compare.Equal:
		return signature.Caution, "~", lang.L("The bodies are equal, the heads differ")
	case r.Body == compare.SameMeaning:
		return signature.Caution, "~", lang.L("The bodies mean the same, written in another way; the heads differ")
	}
	return signature.Bad, "~", lang.L("The bodies differ")
}

// says are the sentences below the result.
func says(r *compare.Report) []string {
	var list []string
	if r.Counts.Meaningful() > 0 {
		list = append(list, countWords(r.Counts)+".")
	}
	if r.Forms != 0 {
		list = append(list, lang.L("Written differently: {{.Ways}}.", map[string]any{"Ways": formWords(r.Forms)}))
	}
	if r.First >= 0 {
		list = append(list, lang.L("The bytes differ from offset {{.First}} on; the last {{.Tail}} are the same.", map[string]any{"First": r.First, "Tail": r.Tail}))
	}
	if r.Body == compare.Different && r.BodyView() == nil {
		list = append(list, lang.L("The body is hidden; show hidden values to see how it differs."))
	}
	if r.A.Cut || r.B.Cut {
		list = append(list, lang.L("A body was cut at the limit of what is kept: the rest is not compared."))
	}
	return append(list, signatureSays(r)...)
}

// countWords are the numbers of differences, as a list of facts.
func countWords(c compare.Counts) string {
	var words []string
	add := func(n int, word string) {
		if n > 0 {
			words = append(words, word)
		}
	}
	add(c.Removed, lang.L("{{.Count}} removed", map[string]any{"Count": c.Removed}))
	add(c.Added, lang.L("{{.Count}} added", map[string]any{"Count": c.Added}))
	add(c.Changed, lang.L("{{.Count}} changed", map[string]any{"Count": c.Changed}))
	add(c.Moved, lang.L("{{.Count}} moved", map[string]any{"Count": c.Moved}))
	return strings.Join(words, ", ")
}

// signatureSays tell which differences a signature covers.
func signatureSays(r *compare.Report) []string {
	all := r.Counts.Meaningful() + r.Counts.Formatted
	if r.Result() == compare.Equal || r.A.Message.Method == "" && r.B.Message.Method == "" {
		return nil
	}
	var list []string
	switch {
	case len(r.A.Covered)+len(r.B.Covered) == 0:
		return []string{lang.L("No signature covers anything here.")}
	case r.Breaks() && r.Body == compare.SameMeaning:
		list = append(list, lang.L("The signature covers the bytes of the body: that of one side would break on the other."))
	case r.Signed == 0:
		list = append(list, lang.L("The signature covers none of these differences."))
	case r.SignedMore:
		list = append(list, lang.L("The signature covers at least {{.Signed}} of {{.All}} differences.", map[string]any{"Signed": r.Signed, "All": all}))
	default:
		list = append(list, lang.L("The signature covers {{.Signed}} of {{.All}} differences.", map[string]any{"Signed": r.Signed, "All": all}))
	}
	if !r.A.Proved && !r.B.Proved {
		list = append(list, lang.L("Neither verified: this is what the provider's scheme would cover."))
	}
	return list
}

// formWords are the ways of writing in the user's language.
func formWords(f compare.Forms) string {
	var words []string
	for _, way := range []struct {
		form compare.Forms
		word string
	}{
		{compare.KeyOrder, lang.L("order of keys")}, {compare.White, lang.L("white space")}, {compare.Escapes, lang.L("escapes")},
		{compare.NumberForm, lang.L("form of numbers")}, {compare.ByteOrder, lang.L("byte order mark")}, {compare.LineEnds, lang.L("line ends")},
		{compare.NameCase, lang.L("letter case of the name")}, {compare.HeaderOrder, lang.L("order of headers")}, {compare.Comments, lang.L("comments")},
		{compare.Prefixes, lang.L("namespace prefixes")}, {compare.Sections, lang.L("markup")}, {compare.Length, lang.L("length of the body")},
	} {
		if f&way.form != 0 {
			words = append(words, way.word)
		}
	}
	return strings.Join(words, ", ")
}

// note is what stands at the end of a row.
func note(l compare.Line) string {
	var words []string
	switch {
	case l.To != "":
		words = append(words, lang.L("moved"))
	case l.Sign == compare.Moved && l.HasA && l.HasB:
		words = append(words, lang.L("other order"))
	}
	if l.Forms != 0 {
		words = append(words, formWords(l.Forms))
	}
	if l.Signed {
		words = append(words, lang.L("signed"))
	}
	return strings.Join(words, " · ")
}

// placeText is where the selected row stands, and what is to be said of it.
func placeText(l compare.Line) string {
	text := l.Place
	if l.To != "" {
		text += " ↔ " + l.To
	}
	if says := note(l); says != "" {
		text += " · " + says
	}
	return text
}

// spoken is a row as a sentence.
func spoken(l compare.Line) string {
	word := map[compare.Sign]string{
		compare.Same: lang.L("same"), compare.Formatted: lang.L("formatting"), compare.Removed: lang.L("removed"),
		compare.Added: lang.L("added"), compare.Changed: lang.L("changed"), compare.Moved: lang.L("moved"),
	}[l.Sign]
	return strings.Join([]string{word, l.A, l.B, note(l)}, ", ")
}
