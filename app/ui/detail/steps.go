package detail

import (
	"bytes"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// steps is the card of what was checked, in order, with the evidence; last what
// proves the diagnosis.
func steps(c shownCapture) fyne.CanvasObject {
	list := c.Verdict.Steps
	if len(list) == 1 && (tied(c) || handshakeSays(c.Capture) != "") {
		list = nil // the banner says it
	}
	list = append(list[:len(list):len(list)], proof(c.Verdict.Diagnosis)...)
	var parts []fyne.CanvasObject
	for i, step := range list {
		if i > 0 {
			parts = append(parts, widget.NewSeparator())
		}
		if c.provider.HidesBody() && !c.revealed {
			step.Evidence = withoutBody(step.Evidence, c.Message.Body)
		}
		parts = append(parts, look.Inset(14, 9, stepRow(step, c.Verdict.Outcome)))
	}
	if parts == nil {
		return nil
	}
	return look.Frame(look.Column(0, parts...))
}

// proof is the evidence of a diagnosis as a step: the bytes that prove it, or
// what the form of the signature tells where nothing was found.
func proof(d *signature.Diagnosis) []signature.Step {
	switch {
	case d == nil || d.Evidence == "":
		return nil
	case d.Cause == signature.Unexplained:
		return []signature.Step{{Name: shapeStep(), OK: true, Evidence: d.Evidence}}
	}
	return []signature.Step{{Name: lang.L("Proof"), OK: true, Evidence: d.Evidence}}
}

// shapeStep is the name of the step that tells what the form of a signature says.
func shapeStep() string { return lang.L("Form of the signature") }

func stepRow(s signature.Step, o signature.Outcome) fyne.CanvasObject {
	symbol, tone := "✓", signature.Good
	switch {
	case s.Name == shapeStep():
		symbol, tone = "–", signature.Neutral
	case !s.OK && o == signature.Stale:
		symbol, tone = "◐", signature.Caution
	case !s.OK:
		symbol, tone = "✕", signature.Bad
	case o == signature.Unsigned || o == signature.NoSecret:
		symbol, tone = "–", signature.Neutral
	}
	pair := look.Pair(look.NewProse(s.Name, ""), look.NewCodeRuns(evidence(s)...))
	return look.Beside(14, false, look.NewBadge(symbol, tone), pair, nil)
}

// evidence colours the lines of a step's evidence: labels and remarks are
// muted, values that differ stand out.
func evidence(s signature.Step) []look.Run {
	var runs []look.Run
	for i, line := range strings.Split(s.Evidence, "\n") {
		if i > 0 {
			runs = append(runs, look.Run{Text: "\n"})
		}
		label, value, cut := strings.Cut(line, " ")
		switch {
		case cut && !s.OK && (label == "expected" || label == "received") && !strings.Contains(value, " "):
			runs = append(runs, look.Run{Text: label + " ", Color: look.ColorMuted}, look.Run{Text: value, Color: look.ColorBad})
		case i > 0 && remark(line):
			runs = append(runs, look.Run{Text: line, Color: look.ColorMuted})
		default:
			runs = append(runs, look.Run{Text: line})
		}
	}
	for i := range runs {
		runs[i].Mono = true
	}
	return runs
}

// remark tells a sentence from a value: it has several words of letters.
func remark(line string) bool {
	words := strings.Fields(line)
	return len(words) >= 4 && !strings.ContainsAny(words[len(words)-1], "{}|\"")
}

// withoutBody hides the part of an evidence that quotes the body, because
// personal data may stand in it.
func withoutBody(text string, body []byte) string {
	start := bytes.TrimSpace(body)
	if len(start) == 0 {
		return text
	}
	n := strings.Index(text, string(start[:min(len(start), 8)]))
	if n < 0 {
		n = strings.IndexAny(text, "{[")
	}
	if n < 0 {
		return text
	}
	tail := ""
	if at := strings.LastIndex(text, " (body of "); at > n {
		tail = text[at:]
	}
	return text[:n] + dots + tail
}
