package ui

import (
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// verdictLine tells the verdict that a delivery would get, or why there is none.
type verdictLine struct {
	badge *look.Badge
	title *look.Text
	says  *look.Prose
	panel *look.Panel
}

func newVerdictLine() *verdictLine {
	l := &verdictLine{badge: look.NewBadge("–", signature.Neutral), title: bold(""), says: look.NewProse("", look.ColorMuted)}
	l.title.Cut = true
	l.panel = look.Card(look.Beside(10, false, l.badge, look.Column(3, l.title, l.says), nil))
	return l
}

// show shows the verdict of what is about to be sent.
func (l *verdictLine) show(v signature.Verdict) {
	l.badge.Set(v.Outcome.Symbol(v.Cover), v.Tone())
	l.title.SetText(lang.L("Its verdict will be: {{.Word}}", map[string]any{"Word": verdictWord(v)}))
	l.says.SetText(v.Title() + ". " + v.Says())
	setVisible(l.says, true)
	l.panel.Refresh()
}

// wait tells that the verdict is being looked for, fail why there is none.
func (l *verdictLine) wait() { l.plain(lang.L("Judging…"), "") }

func (l *verdictLine) fail(why string) { l.plain(lang.L("It can't be made like this"), why) }

func (l *verdictLine) plain(title, says string) {
	l.badge.Set("–", signature.Neutral)
	l.title.SetText(title)
	l.says.SetText(says)
	setVisible(l.says, says != "")
	l.panel.Refresh()
}
