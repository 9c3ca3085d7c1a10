package console

import (
	"cmp"
	"fmt"
	"slices"

	"shopbell/inspector"
	"shopbell/inspector/exchange"
	"shopbell/providers"
)

type exportCommand struct {
	As     string   `help:"Form: raw, an HTTP request as it was received; curl, a command for a POSIX shell that sends it; or har, an HTTP Archive with the answers." enum:"raw,curl,har" required:"" placeholder:"raw|curl|har"`
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
	var captures []inspector.Capture
	hidden := false
	for _, id := range ids {
		capture, err := kept.show(id)
		if err != nil {
			return err
		}
		capture, exact := c.masked(catalog, capture)
		captures, hidden = append(captures, capture), hidden || !exact
	}
	text, err := c.form(s.version, captures)
	if err != nil {
		return err
	}
	s.out.exact(text)
	if hidden && !c.Redact {
		s.err.line("secrets that the provider sends along are hidden; --reveal leaves them in")
	}
	return s.out.err()
}

// masked is a capture without what is to be hidden; exact tells that nothing of
// its request is.
func (c *exportCommand) masked(catalog providers.Catalog, capture inspector.Capture) (masked inspector.Capture, exact bool) {
	if c.Reveal {
		return capture, true
	}
	p, _ := catalog.Get(cmp.Or(capture.Verdict.Provider, capture.Provider))
	if !c.Redact {
		p.Personal = nil
	}
	capture.Message, exact = exchange.Mask(capture.Message, p)
	capture.Deliveries = slices.Clone(capture.Deliveries)
	for i := range capture.Deliveries {
		d := &capture.Deliveries[i]
		d.Body, d.Header = p.Mask(d.Body), p.MaskHeader(d.Header)
	}
	return capture, exact
}

// form is captures in the form that was asked for.
func (c *exportCommand) form(version string, captures []inspector.Capture) ([]byte, error) {
	switch c.As {
	case "raw":
		return captures[0].Message.Raw(), nil
	case "har":
		return exchange.HAR(version, captures)
	}
	var text []byte
	for _, capture := range captures {
		command, err := exchange.Curl(capture.Message)
		if err != nil {
			return nil, err
		}
		text = append(text, command...)
	}
	return text, nil
}
