package console

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/rehearsal"
	"shopbell/providers"
	"shopbell/providers/signature"
)

type rehearseCommand struct {
	Plan   []string      `help:"Run only this plan; repeat it for several." placeholder:"NAME"`
	With   string        `help:"Id of a second capture of the same order, for the plan reorder." placeholder:"ID"`
	To     string        `help:"Send to this URL instead of the shop." placeholder:"URL"`
	Probe  string        `help:"Read the shop's state from this URL, or from this command, before and after; the endpoint's probe when left out." placeholder:"URL|COMMAND"`
	Secret string        `help:"Sign with this secret instead of the endpoint's first one: the secret itself, or env:NAME, file:PATH, keyring:NAME." placeholder:"SECRET"`
	Later  time.Duration `help:"How long the plan duplicate_later waits." default:"5s" placeholder:"TIME"`
	JUnit  string        `name:"junit" help:"Write a JUnit XML report to this file." placeholder:"FILE"`
	JSON   bool          `help:"Print one JSON object per plan."`
	ID     string        `arg:"" name:"id" help:"Id of a capture, or how it begins."`
}

// Run plays the plans with a capture against the shop. The answer is no when
// the shop fails one, and when none can tell anything.
func (c *rehearseCommand) Run(s *session) error {
	plans, err := c.plans()
	if err != nil {
		return err
	}
	catalog, kept, err := s.captures()
	if err != nil {
		return err
	}
	defer kept.close()
	r, err := c.rehearsal(s, catalog, kept)
	if err != nil {
		return err
	}
	send, closed, err := kept.rehearser()
	if err != nil {
		return err
	}
	defer closed()
	r.Send = func(ctx context.Context, of inspector.Capture, m signature.Message, patience time.Duration) (inspector.Delivery, error) {
		return send(ctx, of, inspector.ReplayOptions{To: c.To, Message: &m, Kind: inspector.Rehearsal, Patience: patience})
	}
	began, results := s.now(), []rehearsal.Result{}
	err = r.Run(s.ctx, plans, func(result rehearsal.Result) {
		results = append(results, result)
		if c.JSON {
			_ = s.out.object(result)
		} else {
			s.out.rehearsed(result)
		}
	})
	if err != nil {
		return err
	}
	if err := c.report(r.Capture, began, results); err != nil {
		return err
	}
	return s.conclude(results, c.JSON)
}

// warn tells that a shop elsewhere, perhaps one where people buy, gets all this.
// forward may be a path at shop, or an address of its own.
func (c *rehearseCommand) warn(s *session, shop, forward string) {
	if !strings.Contains(forward, "://") {
		forward = ""
	}
	if host, away := engine.Away(cmp.Or(c.To, forward, shop)); away && host != "" {
		s.err.line(clean("shopbell: " + host + " is not this machine; its orders are booked and changed by what is sent now"))
	}
}

func (c *rehearseCommand) plans() ([]rehearsal.Plan, error) {
	if c.Later < 0 {
		return nil, wrongUse(fmt.Sprintf("--later is %q, expected a span of time such as 5s", c.Later), "")
	}
	if c.To != "" {
		if err := settings.CheckURL("--to", c.To); err != nil {
			return nil, err
		}
	}
	var plans []rehearsal.Plan
	for _, name := range c.Plan {
		for name := range strings.SplitSeq(name, ",") {
			p := rehearsal.Plan(strings.TrimSpace(name))
			if !p.Known() {
				return nil, wrongUse(fmt.Sprintf("--plan %q, expected one of %v", name, rehearsal.Plans()), "")
			}
			plans = append(plans, p)
		}
	}
	if len(plans) == 0 {
		return rehearsal.Plans(), nil
	}
	return plans, nil
}

// rehearsal puts together all but the way to the shop.
func (c *rehearseCommand) rehearsal(s *session, catalog providers.Catalog, kept *archive) (*rehearsal.Rehearsal, error) {
	r := &rehearsal.Rehearsal{Later: c.Later, Now: s.now}
	var err error
	if r.Capture, err = kept.foundWhole(c.ID); err != nil {
		return nil, err
	}
	if c.With != "" {
		if r.Other, err = kept.foundWhole(c.With); err != nil {
			return nil, err
		}
	}
	chosen, err := s.settings(catalog)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(chosen.Endpoints, func(e settings.Endpoint) bool { return e.Name == r.Capture.Endpoint })
	var e settings.Endpoint
	if at >= 0 {
		e = chosen.Endpoints[at]
	}
	if err := c.keys(s, catalog, chosen, e, r); err != nil {
		return nil, err
	}
	c.warn(s, chosen.Shop.URL, e.Forward)
	if c.Probe == "" {
		c.Probe = e.Probe
	}
	if c.Probe != "" {
		r.Probe, err = rehearsal.NewProbe(c.Probe)
	}
	return r, err
}

// keys finds out who sends the capture and what it is signed with.
func (c *rehearseCommand) keys(s *session, catalog providers.Catalog, chosen settings.Settings, e settings.Endpoint, r *rehearsal.Rehearsal) error {
	id := r.Capture.Provider
	if e.Provider != "" {
		id = e.Provider
	}
	p, known := catalog.Get(id)
	if !known {
		return refused(fmt.Sprintf("the provider of capture %s is not known", r.Capture.ID), "a rehearsal needs to know how its deliveries are signed; give its endpoint a provider")
	}
	r.Provider = p
	if e.Tolerance != 0 {
		r.Provider = p.WithTolerance(e.Tolerance)
	}
	if c.Secret != "" {
		var err error
		r.Signs, err = s.one(c.Secret)
		return err
	}
	if len(e.Secrets) == 0 {
		return nil
	}
	secrets, err := s.vault().ResolveEndpoint(chosen, e.Name)
	if err == nil {
		r.Signs = secrets[0]
	}
	return err
}

// foundWhole returns the one capture whose id begins with text.
func (a *archive) foundWhole(text string) (inspector.Capture, error) {
	id, err := a.find(text)
	if err != nil {
		return inspector.Capture{}, err
	}
	return a.show(id)
}

// rehearser sends what takes the place of captures, through the Shopbell that
// runs or from here.
func (a *archive) rehearser() (send func(context.Context, inspector.Capture, inspector.ReplayOptions) (inspector.Delivery, error), closed func(), err error) {
	if a.api != nil {
		return func(ctx context.Context, c inspector.Capture, o inspector.ReplayOptions) (inspector.Delivery, error) {
			return a.api.Replay(ctx, c.ID, orderOf(o))
		}, func() {}, nil
	}
	sender, err := a.s.inspectorFor(a.store, "")
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, c inspector.Capture, o inspector.ReplayOptions) (inspector.Delivery, error) {
		return sender.Replay(ctx, c.ID, o)
	}, func() { _ = sender.Close() }, nil
}

// report writes the JUnit file.
func (c *rehearseCommand) report(of inspector.Capture, began time.Time, results []rehearsal.Result) error {
	if c.JUnit == "" {
		return nil
	}
	var b bytes.Buffer
	if err := rehearsal.WriteJUnit(&b, "rehearsal of "+of.Event+" "+of.ID.String(), began, results); err != nil {
		return err
	}
	return writeFile(c.JUnit, b.Bytes(), true)
}

// rehearsed prints the result of one plan for a person.
func (t *terminal) rehearsed(r rehearsal.Result) {
	tone, symbol := signature.Good, "✓"
	switch r.Verdict {
	case rehearsal.Fail:
		tone, symbol = signature.Bad, "✕"
	case rehearsal.Unknown:
		tone, symbol = signature.Caution, "?"
	}
	t.line(t.paint(tone, fmt.Sprintf("%s %-30s", symbol, r.Plan.Title())) + "  " + clean(r.Reason))
}

// conclude says how the shop did.
func (s *session) conclude(results []rehearsal.Result, quiet bool) error {
	counts := map[rehearsal.Verdict]int{}
	for _, r := range results {
		counts[r.Verdict]++
	}
	says := fmt.Sprintf("The shop passes %d of %d plans", counts[rehearsal.Pass], len(results))
	if n := counts[rehearsal.Fail]; n > 0 {
		says = fmt.Sprintf("The shop fails %d of %d plans", n, len(results))
	}
	if n := counts[rehearsal.Unknown]; n > 0 {
		says += fmt.Sprintf("; of %d nobody can tell", n)
	}
	if !quiet {
		s.out.line("")
		s.out.line(s.out.bold(says + "."))
	}
	if counts[rehearsal.Fail] > 0 || counts[rehearsal.Pass] == 0 {
		return errNo
	}
	return s.out.err()
}
