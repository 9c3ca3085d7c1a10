package console

import (
	"errors"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/providers/signature"
	"shopbell/tunnel"
)

type doctorCommand struct {
	JSON bool `help:"Print one JSON object per finding."`
}

// Run examines the set-up and prints what it found.
func (c *doctorCommand) Run(s *session) error {
	x, err := s.examination()
	if err != nil {
		return err
	}
	good := true
	for _, f := range x.Examine(s.ctx) {
		good = good && f.Health != engine.Bad
		if err := s.printFinding(f, c.JSON); err != nil {
			return err
		}
	}
	if !good {
		return errNo
	}
	return s.out.err()
}

func (s *session) printFinding(f engine.Finding, asJSON bool) error {
	if asJSON {
		return s.out.object(f)
	}
	mark, tone := "✓", signature.Good
	switch f.Health {
	case engine.Warning:
		mark, tone = "!", signature.Caution
	case engine.Bad:
		mark, tone = "✕", signature.Bad
	}
	s.out.line(s.out.paint(tone, mark) + " " + s.out.bold(f.Check) + "  " + clean(f.Says))
	if f.Do != "" {
		s.out.line("    " + clean(f.Do))
	}
	return s.out.err()
}

func (s *session) examination() (x engine.Examination, err error) {
	if x.File, x.Optional, err = s.configFile(); err != nil {
		return x, err
	}
	if x.DataDir, err = s.dataDir(); err != nil {
		return x, err
	}
	if x.Catalog, err = s.catalog(); err != nil {
		return x, err
	}
	x.Vault, x.Now = s.vault(), s.now
	x.Running, err = s.running(x.DataDir)
	return x, err
}

// running asks the Shopbell that runs on a data folder, nil when none does.
func (s *session) running(dataDir string) (*engine.Running, error) {
	api, err := localapi.Dial(dataDir)
	if errors.Is(err, localapi.ErrNotRunning) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	status, err := api.Status(s.ctx)
	if err != nil {
		return nil, err
	}
	t := status.Tunnel
	return &engine.Running{
		PID: status.PID, Shop: engine.Shop{URL: status.Shop.URL}, Counts: status.Counts,
		Tunnel: tunnel.Status{
			Kind: tunnel.Kind(t.Kind), State: tunnel.State(t.State), URL: t.URL, Since: t.Since, Error: t.Error, Advice: t.Advice, Code: t.Code, Notes: t.Notes,
		},
	}, nil
}
