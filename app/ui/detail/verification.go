package detail

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// previewLines is how much of the body the first tab shows.
const previewLines = 12

// verification is the first tab: what the signature proves, and why.
type verification struct {
	actions Actions
	scroll  *look.Scrolled
	preview *rows.CodeView
	frame   *look.Panel
	parts   *fyne.Container
}

func newVerification(a Actions) *verification {
	v := &verification{actions: a, preview: rows.NewCode(), parts: look.Column(16)}
	v.scroll = look.NewScrolled(look.Inset(0, 14, v.parts))
	v.preview.OnOverscroll = v.scroll.Scrolled
	v.frame = look.Frame(v.preview)
	v.frame.Hide()
	return v
}

// show builds the tab; again is true for the capture that is shown already.
func (v *verification) show(c shownCapture, again bool) {
	if !again {
		v.frame.Hide() // the body in it is another capture's
	}
	parts := []fyne.CanvasObject{v.banner(c)}
	if c.Again != nil {
		parts = append(parts, v.again(c.Capture))
	}
	for _, part := range []fyne.CanvasObject{
		steps(c), covered(c.Verdict), tried(c.Verdict), notes(c.Capture), userNote(c.Capture), v.frame, advice(c.provider),
	} {
		if part != nil {
			parts = append(parts, part)
		}
	}
	v.parts.Objects = parts
	v.scroll.SetContent(look.Inset(0, 14, v.parts), again)
}

// showPreview shows the first lines of the body.
func (v *verification) showPreview(p page) {
	head := p.doc.Head(previewLines, 16<<10)
	v.frame.Hidden = len(head.Bytes()) == 0
	v.preview.Rows = head.Lines()
	v.preview.SetDocument(head)
	if end := int32(len(head.Bytes())); p.legend != "" {
		marks := make([]rows.Span, 0, len(p.covered))
		for _, s := range p.covered {
			if s.From < end {
				marks = append(marks, rows.Span{From: s.From, To: min(s.To, end)})
			}
		}
		v.preview.SetMarks(rows.Covered, marks)
	}
	v.scroll.Refresh()
}

// again is the card for a capture that repeats an earlier one.
func (v *verification) again(c inspector.Capture) fyne.CanvasObject {
	title, says, tone := againWords(c.Again.Kind)
	if title == "" {
		title = string(c.Again.Kind)
	}
	symbol := "!"
	if tone == signature.Neutral {
		symbol = "–"
	}
	button := look.Secondary(lang.L("Show the earlier one"), "", func() { v.actions.Open(c.Again.Of) })
	button.Hidden = v.actions.Open == nil
	if v.actions.CompareEarlier == nil {
		return callout(tone, symbol, title, look.NewProse(says, ""), button)
	}
	beside := look.Secondary(lang.L("Compare with the original"), "", func() { v.actions.CompareEarlier(c) })
	return callout(tone, symbol, title, look.NewProse(says, ""), look.Wrap(8, button, beside))
}

// callout is a banner: symbol, title, text, and a button that may be hidden.
func callout(tone signature.Tone, symbol, title string, text fyne.CanvasObject, button fyne.CanvasObject) fyne.CanvasObject {
	words := look.Column(3,
		look.NewRuns(look.ToneColor(tone), look.Run{Text: title, Bold: true}), text)
	lead := look.Beside(12, true, look.NewBareBadge(symbol, tone), words, nil)
	room := float32(280)
	if several, is := button.(*fyne.Container); is && len(several.Objects) > 1 {
		room = 460 // else two buttons squeeze the sentence
	}
	return look.Banner(look.ToneSoft(tone), look.Aside(14, room, lead, button))
}

// covered says what a matching signature protects.
func covered(v signature.Verdict) fyne.CanvasObject {
	if v.Outcome != signature.Verified && v.Outcome != signature.Stale {
		return nil
	}
	var parts []look.Run
	if len(v.Covered) == 0 {
		parts = append(parts, look.Run{Text: lang.L("nothing"), Bold: true})
	}
	for i, part := range v.Covered {
		if i > 0 {
			parts = append(parts, look.Run{Text: ", ", Color: look.ColorMuted})
		}
		parts = append(parts, look.Run{Text: partWord(part), Bold: true})
	}
	place := map[string]any{"Parts": partsPlace}
	runs := around(lang.L("Covered: {{.Parts}}.", place)+" ", parts...)
	if open := uncovered(v); open != "" {
		runs = append(runs, around(lang.L("Not covered: {{.Parts}}.", place), look.Run{Text: open, Bold: true})...)
	}
	return look.NewRuns("", runs...)
}

// partsPlace stands in a sentence where its parts go, as no sentence has it.
const partsPlace = "\x00"

// around is a muted sentence with parts in their place.
func around(sentence string, parts ...look.Run) []look.Run {
	before, after, _ := strings.Cut(sentence, partsPlace)
	runs := append([]look.Run{{Text: before, Color: look.ColorMuted}}, parts...)
	return append(runs, look.Run{Text: after, Color: look.ColorMuted})
}

// tried says what the diagnosis looked at.
func tried(v signature.Verdict) fyne.CanvasObject {
	if v.Diagnosis == nil || len(v.Diagnosis.Tried) == 0 {
		return nil
	}
	return look.NewRuns(look.ColorMuted, look.Run{Text: lang.L("Tried: {{.List}}.", map[string]any{"List": strings.Join(v.Diagnosis.Tried, ", ")})})
}

// notes are the sentences on what is odd about the message.
func notes(c inspector.Capture) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, note := range c.Notes {
		if note == handshakeSays(c) {
			continue // the banner says it
		}
		lines = append(lines, look.Beside(12, false, look.NewBadge("!", signature.Neutral), look.NewProse(note, ""), nil))
	}
	if lines == nil {
		return nil
	}
	return look.Card(look.Column(8, lines...))
}

func userNote(c inspector.Capture) fyne.CanvasObject {
	if c.Note == "" {
		return nil
	}
	return look.Card(look.Column(4, look.SectionTitle(lang.L("Your note")), look.NewProse(c.Note, "")))
}

// advice is what a user should know of the provider's signature.
func advice(p providers.Provider) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if p.Name != "" && p.Advice != "" {
		parts = append(parts, look.SectionTitle(lang.L("About {{.Provider}}", map[string]any{"Provider": p.Name})), look.NewProse(p.Advice, look.ColorMuted))
	}
	if p.Sure == "secondary" {
		parts = append(parts, look.NewProse(lang.L("Known from others' documentation, not from the provider's own."), look.ColorMuted))
	}
	if link := look.WebLink(lang.L("Provider's documentation"), p.Docs); link != nil {
		parts = append(parts, link)
	}
	if parts == nil {
		return nil
	}
	return look.Column(4, parts...)
}
