package console

import (
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/app/settings"
	"shopbell/inspector"
)

type replayCommand struct {
	To     string   `help:"Send to this URL instead of the shop." placeholder:"URL"`
	Edit   string   `help:"Send this raw HTTP request instead of what was captured; - for standard input." placeholder:"FILE"`
	Resign bool     `help:"Sign afresh with the endpoint's first secret, as of now."`
	JSON   bool     `help:"Print one JSON object per delivery."`
	IDs    []string `arg:"" name:"id" help:"Ids of captures, or how they begin."`
}

// Run sends each capture again and prints each delivery. One that the shop did
// not take makes the answer no; the others are sent all the same.
func (c *replayCommand) Run(s *session) error {
	options, err := c.options(s)
	if err != nil {
		return err
	}
	kept, err := s.archive()
	if err != nil {
		return err
	}
	defer kept.close()
	ids := make([]ulid.ULID, len(c.IDs))
	for i, text := range c.IDs {
		if ids[i], err = kept.find(text); err != nil {
			return err
		}
	}
	if c.Resign {
		if err := kept.signable(ids); err != nil {
			return err
		}
	}
	print, taken := records{out: s.out, json: c.JSON}, true
	for _, id := range ids {
		d, err := kept.replay(id, options)
		if errors.Is(err, inspector.ErrCannotSign) {
			return wrongUse("--resign: "+oneLine(err), "leave --resign out")
		}
		if err != nil {
			return err
		}
		print.delivery(d)
		taken = taken && delivered(d)
	}
	if !taken {
		return errNo
	}
	return s.out.err()
}

func (c *replayCommand) options(s *session) (inspector.ReplayOptions, error) {
	o := inspector.ReplayOptions{To: c.To, Resign: c.Resign}
	if c.To != "" {
		if err := settings.CheckURL("--to", c.To); err != nil {
			return o, err
		}
	}
	if c.Edit == "" {
		return o, nil
	}
	if len(c.IDs) > 1 {
		return o, wrongUse(fmt.Sprintf("--edit with %d captures, expected one", len(c.IDs)), "")
	}
	m, err := s.message(c.Edit, "")
	o.Message = &m
	return o, err
}
