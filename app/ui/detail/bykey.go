package detail

import (
	"fyne.io/fyne/v2"

	"shopbell/inspector/exchange"
)

// TabNames are the names of the pane's tabs, in their order.
func TabNames() []string { return tabNames() }

// TurnTo shows a tab.
func (p *Pane) TurnTo(tab int) { p.bar.choose(tab) }

// Tab is the number of the tab that is shown.
func (p *Pane) Tab() int { return p.bar.chosen }

// WayIn is what gets the focus when the user goes to the pane.
func (p *Pane) WayIn() fyne.Focusable { return p.bar }

// Curl returns what makes the request a command for curl, on any goroutine. As
// with Raw, exact tells that the secrets which it carries are there.
func (p *Pane) Curl() func() (command string, exact bool, err error) {
	m, revealed, only, hide := p.capture.Message, p.revealed && p.hide == nil, p.provider, p.hide
	if hide == nil {
		only.Personal = nil // personal data is the user's own to copy
	}
	return func() (command string, exact bool, err error) {
		if exact = revealed; !revealed {
			m, exact = exchange.Mask(m, only)
		}
		if hide != nil { // the header is masked in what the pane was given
			m.Body, m.Head, exact = hide(m.Body), nil, false
		}
		command, err = exchange.Curl(m)
		return command, exact, err
	}
}
