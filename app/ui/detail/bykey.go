package detail

import (
	"fyne.io/fyne/v2"

	"shopbell/inspector/exchange"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// TurnTo shows a tab.
func (p *Pane) TurnTo(tab int) { p.bar.choose(tab) }

// Tab is the number of the tab that is shown.
func (p *Pane) Tab() int { return p.bar.chosen }

// WayIn is what gets the focus when the user goes to the pane.
func (p *Pane) WayIn() fyne.Focusable { return p.bar }

// Curl returns what makes the request a command for curl, on any goroutine. As
// with Raw, exact tells that the secrets which it carries are there.
func (p *Pane) Curl() func() (command string, exact bool, err error) {
	m, revealed, provider, hide := p.capture.Message, p.revealed && p.hide == nil, p.provider, p.hide
	return func() (command string, exact bool, err error) {
		if revealed {
			command, err = exchange.Curl(m)
			return command, true, err
		}
		return MaskedCurl(m, provider, hide)
	}
}

// MaskedCurl makes a request a command for curl, without secrets that the
// provider sends along. hide takes personal data out of its body, whose header
// has none any more then; nil leaves it in. exact tells that nothing had to go.
func MaskedCurl(m signature.Message, p providers.Provider, hide func([]byte) []byte) (command string, exact bool, err error) {
	if hide == nil {
		p.Personal = nil // personal data is the user's own to copy
	}
	m, exact = exchange.Mask(m, p)
	if hide != nil {
		m.Body, m.Head, exact = hide(m.Body), nil, false
	}
	command, err = exchange.Curl(m)
	return command, exact, err
}
