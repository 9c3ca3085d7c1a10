package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/providers/signature"
	"shopbell/tunnel"
)

// noticeTime is how long the news of a success stands.
const noticeTime = 5 * time.Second

// offerTime is how long news with a button stands.
const offerTime = 15 * time.Second

// notice is the line below the top bar that tells of a failure, or of what was
// just done, until it is put away. What stands (a secret that cannot be read)
// comes back when a passing message is put away.
type notice struct {
	content *fyne.Container
	onShown func() // it came or went, so that what is below has to move
	panel   *look.Panel
	badge   *look.Badge
	says    *look.Prose
	act     *look.Button // what can be done about it, hidden without
	later   func(time.Duration, func())
	mask    func(string) string // takes personal data out of what is shown
	text    string
	said    int // counts the messages
	lasting string
	dropped string // the lasting text that was put away
}

func newNotice() *notice {
	n := &notice{mask: func(text string) string { return text }, badge: look.NewBadge("!", signature.Caution), says: look.NewProse("", "")}
	put := look.Quiet("", look.IconCross, n.putAway)
	put.Label = lang.L("Put the message away")
	n.act = look.Secondary("", "", nil)
	n.act.Compact = true
	n.act.Hide()
	line := container.NewBorder(nil, nil, padded(n.badge, 0, 2), container.NewHBox(n.act, put), padded(n.says, 10, 4))
	n.panel = look.Bar(line, 14, 4)
	n.content = container.New(stacked{}, n.panel, hairline())
	n.content.Hide()
	return n
}

// fail tells that what failed, and why, with advice where there is some.
func (n *notice) fail(what string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	n.say(lang.L("{{.What}}: {{.Why}}", map[string]any{"What": what, "Why": reason(err)}), signature.Bad)
}

// tell says what was done, for a short while.
func (n *notice) tell(text string) { n.pass(text, noticeTime) }

// offer says what was done, for a while, with a button beside it.
func (n *notice) offer(text, button string, act func()) {
	n.pass(text, offerTime)
	n.act.OnTapped = act
	n.act.Show()
	n.act.SetText(button)
	n.panel.Refresh()
	n.onShown()
}

// pass says what was done until some time has passed.
func (n *notice) pass(text string, long time.Duration) {
	n.say(text, signature.Good)
	said := n.said
	n.later(long, func() {
		if n.said == said && n.text == text {
			n.putAway()
		}
	})
}

// standing shows what is wrong for the time being.
func (n *notice) standing(problems []string) {
	lasting := strings.Join(problems, "\n")
	if lasting == n.lasting {
		return
	}
	n.lasting = lasting
	if lasting != "" && lasting != n.dropped {
		n.say(lasting, signature.Caution)
	} else if lasting == "" && n.text != "" {
		n.putAway()
	}
}

func (n *notice) say(text string, tone signature.Tone) {
	n.text = text
	n.said++
	symbol := "!"
	if tone == signature.Good {
		symbol = "✓"
	}
	n.badge.Set(symbol, tone)
	n.says.SetText(n.mask(text))
	n.act.Hide()
	n.panel.Fill = look.ToneSoft(tone)
	n.content.Show()
	n.panel.Refresh()
	n.onShown()
}

// show says the same once more, after what is masked has changed.
func (n *notice) show() { n.says.SetText(n.mask(n.text)) }

func (n *notice) putAway() {
	if n.text == n.lasting {
		n.dropped = n.lasting
	}
	n.text = ""
	n.content.Hide()
	n.onShown()
	if n.lasting != "" && n.lasting != n.dropped {
		n.say(n.lasting, signature.Caution)
	}
}

// reason is an error as a sentence, with its advice.
func reason(err error) string {
	text, advice := err.Error(), ""
	var t *tunnel.Error
	var p *settings.Problem
	switch {
	case errors.As(err, &t):
		advice = t.Advice
	case errors.As(err, &p):
		advice = p.Advice
	}
	if advice != "" {
		return sentence(text) + " " + sentence(advice)
	}
	return sentence(text)
}

// sentence begins text with a capital and ends it.
func sentence(text string) string {
	text = upperFirst(strings.TrimSpace(text))
	if text == "" || strings.ContainsRune(".?!…", []rune(text)[len([]rune(text))-1]) {
		return text
	}
	return text + "."
}
