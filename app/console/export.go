package console

import (
	"cmp"
	"fmt"

	"shopbell/inspector"
	"shopbell/inspector/exchange"
	"shopbell/providers"
)

type exportCommand struct {
	As     string   `help:"Form: raw, an HTTP request as it was received; or curl, a command for a POSIX shell that sends it." enum:"raw,curl" required:"" placeholder:"raw|curl"`
	Redact bool     `help:"Hide personal data." xor:"hide"`
	Reveal bool     `help:"Leave in the secrets that the provider sends along." xor:"hide"`
	IDs    []string `arg:"" name:"id" help:"Ids of captures, or how they begin."`
}

// Run prints captures in a form for other programs.
func (c *exportCommand) Run(s *session) error {
	if c.As == "raw" && len(c.IDs) > 1 {
		return wrongUse(fmt.Sprintf("--as raw with %d captures, expected one", len(c.IDs)), "nothing would tell where one request ends and the next begins")
	}
	catalog, kept, err := s.captures()
	if err != nil {
		return err
	}
	defer kept.close()
	ids, err := kept.findAll(c.IDs)
	if err != nil {
		return err
	}
	hidden := false
	for _, id := range ids {
		capture, err := kept.show(id)
		if err != nil {
			return err
		}
		text, exact, err := c.form(catalog, capture)
		if err != nil {
			return err
		}
		hidden = hidden || !exact
		s.out.exact(text)
	}
	if hidden && !c.Redact {
		s.err.line("secrets that the provider sends along are hidden; --reveal leaves them in")
	}
	return s.out.err()
}

// form is a capture in the form that was asked for; exact tells that nothing of
// it is hidden.
func (c *exportCommand) form(catalog providers.Catalog, capture inspector.Capture) (text []byte, exact bool, err error) {
	m, exact := capture.Message, true
	if !c.Reveal {
		p, _ := catalog.Get(cmp.Or(capture.Verdict.Provider, capture.Provider))
		if !c.Redact {
			p.Personal = nil
		}
		m, exact = exchange.Mask(m, p)
	}
	if c.As == "raw" {
		return m.Raw(), exact, nil
	}
	command, err := exchange.Curl(m)
	return []byte(command), exact, err
}
