package console

import (
	"fmt"
	"strings"
	"time"

	"shopbell/app/localapi"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

type listCommand struct {
	Query []string `arg:"" optional:"" help:"Words and field:value, as in the window's search; put -- before a word that begins with -."`
	Limit int      `help:"Print at most this many; 0 is all." default:"50" placeholder:"N"`
	JSON  bool     `help:"Print one JSON object per line."`
}

// Run prints captures, newest first.
func (c *listCommand) Run(s *session) error {
	if c.Limit < 0 {
		return wrongUse(fmt.Sprintf("--limit is %d, expected 0 or more", c.Limit), "")
	}
	kept, err := s.archive()
	if err != nil {
		return err
	}
	defer kept.close()
	query := strings.Join(c.Query, " ")
	if c.JSON {
		return kept.each(query, c.Limit, true, func(row localapi.Row) error { return s.out.object(row) })
	}
	var rows [][]cell
	err = kept.each(query, c.Limit, false, func(row localapi.Row) error {
		rows = append(rows, listRow(row))
		return nil
	})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		s.err.line("no captures")
		return nil
	}
	s.out.table([]string{"ID", "RECEIVED", "ENDPOINT", "EVENT", "VERDICT", "SHOP", "SIZE", "AGAIN"}, rows)
	return s.out.err()
}

func listRow(row localapi.Row) []cell {
	c := row.Summary
	tone, shop := shopOf(c)
	if !row.Next.IsZero() {
		shop += ", next " + clock(row.Next)
	}
	return []cell{
		plain(c.ID.String()), plain(c.Received.Local().Format(time.DateTime)), plain(endpointOf(c)), plain(c.Event),
		toned(c.Outcome.Tone(c.Cover), mark(c)), toned(tone, shop), plain(fmt.Sprint(c.Size)), toned(againOf(c)),
	}
}

func endpointOf(c inspector.Summary) string {
	if c.Endpoint == "" {
		return "no endpoint"
	}
	return c.Endpoint
}

// shopOf is what the shop last said, or why nothing was asked of it.
func shopOf(c inspector.Summary) (signature.Tone, string) {
	switch {
	case c.State == inspector.Waiting && c.Attempts > 0 && c.Status != 0:
		return signature.Bad, fmt.Sprintf("%d, waiting ×%d", c.Status, c.Attempts)
	case c.State == inspector.Waiting && c.Attempts > 0:
		return signature.Bad, fmt.Sprintf("no answer, waiting ×%d", c.Attempts)
	case c.Status >= 200 && c.Status < 300:
		return signature.Good, fmt.Sprint(c.Status)
	case c.Status != 0:
		return signature.Bad, fmt.Sprint(c.Status)
	case c.State == inspector.Held:
		return signature.Bad, "held"
	case c.State == inspector.Waiting:
		return signature.Caution, "waiting"
	case c.Attempts > 0:
		return signature.Bad, "no answer"
	}
	return signature.Neutral, "not asked"
}
