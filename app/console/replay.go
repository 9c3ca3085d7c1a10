package console

import (
	"errors"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/settings"
	"shopbell/inspector"
)

type replayCommand struct {
	To     string `help:"Send to this URL instead of the shop." placeholder:"URL"`
	Edit   string `help:"Send this raw HTTP request instead of what was captured; - for standard input." placeholder:"FILE"`
	Resign bool   `help:"Sign afresh with the endpoint's first secret, as of now."`

	FreshID bool          `name:"fresh-id" help:"Send it under a new delivery id of the same shape, signed afresh where the provider signs."`
	Pace    time.Duration `help:"Wait so long between an answer and the next delivery, such as 500ms." placeholder:"TIME"`

	JSON bool     `help:"Print one JSON object per delivery."`
	IDs  []string `arg:"" name:"id" help:"Ids of captures, or how they begin; they are sent in this order."`
}

// Run sends each capture again, in the given order, and prints each delivery.
// One that the shop did not take makes the answer no; the others are sent all
// the same.
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
	ids, err := kept.findAll(c.IDs)
	if err != nil {
		return err
	}
	if err := c.possible(kept, ids); err != nil {
		return err
	}
	print, taken := records{out: s.out, json: c.JSON}, true
	err = inspector.InTurn(s.ctx, len(ids), c.Pace, func(n int) error {
		d, err := kept.replay(ids[n], options)
		if errors.Is(err, inspector.ErrCannotSign) && c.Resign {
			return wrongUse("--resign: "+oneLine(err), "leave --resign out")
		}
		if err == nil {
			print.delivery(d)
			taken = taken && delivered(d)
		}
		return err
	})
	if err != nil {
		return err
	}
	if !taken {
		return errNo
	}
	return s.out.err()
}

// possible makes sure, before anything is sent, that all can be done.
func (c *replayCommand) possible(kept *archive, ids []ulid.ULID) error {
	if c.Resign {
		if err := kept.signable(ids); err != nil {
			return err
		}
	}
	if c.FreshID {
		return kept.freshable(ids)
	}
	return nil
}

func (c *replayCommand) options(s *session) (inspector.ReplayOptions, error) {
	o := inspector.ReplayOptions{To: c.To, Resign: c.Resign, Fresh: c.FreshID}
	if c.Pace < 0 {
		return o, wrongUse(fmt.Sprintf("--pace is %q, expected a span of time such as 500ms", c.Pace), "")
	}
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
