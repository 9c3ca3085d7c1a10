package console

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// volleyJSON is the object of "send --repeat N --json".
type volleyJSON struct {
	URL      string            `json:"url"`
	Sent     int               `json:"sent"`
	Failed   int               `json:"failed"`
	Statuses map[string]int    `json:"statuses"`
	Millis   int64             `json:"ms"`
	Error    string            `json:"error,omitempty"`
	Expected signature.Outcome `json:"expected,omitempty"`
}

// sample is the sample as the flags want it, before it is signed.
func (c *sendCommand) sample(p providers.Provider) (providers.Simulation, error) {
	out := providers.Simulation{Event: c.Event, Spoil: signature.Spoiling(c.Spoil), Fresh: c.Fresh}
	switch {
	case c.Repeat < 1 || c.Repeat > engine.MaxVolley:
		return out, wrongUse(fmt.Sprintf("--repeat is \"%d\", expected 1 to %d", c.Repeat, engine.MaxVolley), "")
	case !(c.Rate > 0 && c.Rate <= engine.MaxVolleyRate):
		return out, wrongUse(fmt.Sprintf("--rate is \"%v\", expected more than 0 and at most %d", c.Rate, engine.MaxVolleyRate), "")
	case c.Spoil != "" && !slices.Contains(signature.Spoilings(), out.Spoil):
		return out, wrongUse(fmt.Sprintf("--spoil is %q", c.Spoil), "there are: "+spoilingsInWords(signature.Spoilings()))
	}
	if len(c.Set) == 0 {
		return out, nil
	}
	m, err := p.Sample(c.Event)
	if err != nil {
		return out, err
	}
	for _, text := range c.Set {
		part, value, err := signature.ParseSetting(text, m)
		if err == nil {
			m, err = signature.SetValue(m, part, value)
		}
		if err != nil {
			return out, wrongUse("--set: "+err.Error(), "")
		}
	}
	out.Message = &m
	return out, nil
}

// made is one delivery, signed just now.
func (c *sendCommand) made(p providers.Provider, sample providers.Simulation) (signature.Message, error) {
	m, err := p.Simulate(sample)
	if errors.Is(err, signature.ErrCannotSpoil) {
		sample.Spoil = ""
		ways := spoilingsInWords(p.Spoilings(sample))
		if ways == "" {
			return m, wrongUse("--spoil: "+err.Error(), "")
		}
		return m, wrongUse("--spoil: "+err.Error(), "for this one there are: "+ways)
	}
	if err != nil {
		return m, wrongUse(err.Error(), "--secret takes what signs: the shared secret, or the private key")
	}
	return m, nil
}

func spoilingsInWords(ways []signature.Spoiling) string {
	var words []string
	for _, how := range ways {
		words = append(words, string(how))
	}
	return strings.Join(words, ", ")
}

func (c *sendCommand) expected() signature.Outcome {
	if c.Spoil == "" {
		return ""
	}
	return signature.Spoiling(c.Spoil).Expected()
}

func (c *sendCommand) spoiledInWords() string {
	if c.Spoil == "" {
		return ""
	}
	return fmt.Sprintf(", spoiled by %s: expected %s", c.Spoil, c.expected())
}

// many sends the sample as often as --repeat says and prints one line.
func (c *sendCommand) many(s *session, p providers.Provider, sample providers.Simulation) error {
	sample.Now = s.now()
	if _, err := c.made(p, sample); err != nil {
		return err // once is enough to know
	}
	good := true
	v := engine.Volley{Count: c.Repeat, Rate: c.Rate}
	tally, err := v.Send(s.ctx, func(ctx context.Context) engine.Shot {
		sample := sample
		sample.Now = s.now()
		m, err := p.Simulate(sample)
		if err != nil {
			return engine.Shot{Err: err}
		}
		answer, err := post(ctx, m, s.authority())
		return engine.Shot{Status: answer.status, Err: err}
	})
	for status := range tally.Statuses {
		good = good && c.good(status)
	}
	if wrong := c.printTally(s, p, sample.URL, tally); wrong != nil {
		return wrong
	}
	switch {
	case err != nil:
		return err
	case tally.Failed > 0:
		return refused(fmt.Sprintf("%d of %d got no answer: %s", tally.Failed, tally.Count, oneLine(tally.Failure)), "see whether something answers there")
	case !good:
		return errNo
	}
	return nil
}

func (c *sendCommand) printTally(s *session, p providers.Provider, address string, t engine.Tally) error {
	if c.JSON {
		out := volleyJSON{URL: address, Sent: t.Sent, Failed: t.Failed, Statuses: map[string]int{}, Millis: t.Took.Milliseconds(), Expected: c.expected()}
		for status, n := range t.Statuses {
			out.Statuses[strconv.Itoa(status)] = n
		}
		if t.Failure != nil {
			out.Error = oneLine(t.Failure)
		}
		return s.out.object(out)
	}
	var answers []string
	for _, status := range slices.Sorted(maps.Keys(t.Statuses)) {
		answers = append(answers, fmt.Sprintf("%d times %d", t.Statuses[status], status))
	}
	s.out.line(fmt.Sprintf("%s: %d of %d sent to %s%s", p.ID, t.Sent, t.Count, clean(inspector.ShownPath(address)), c.spoiledInWords()))
	if len(answers) > 0 {
		s.out.line(fmt.Sprintf("answered %s in %d ms", strings.Join(answers, ", "), t.Took.Milliseconds()))
	}
	return s.out.err()
}
