package console

import (
	"time"

	"shopbell/app/localapi"
	"shopbell/providers/signature"
)

// diagnoseWithin bounds the search for the reason of a failure. A person waits
// for it at the command line, so it may take longer than beside live traffic.
const diagnoseWithin = 5 * time.Second

type verifyCommand struct {
	Provider string   `help:"Who sent it; \"shopbell providers\" lists the known ones." placeholder:"ID"`
	Secret   []string `help:"Secret to check with, or env:NAME, file:PATH, keyring:NAME. May be repeated." placeholder:"S" sep:"none"`
	Endpoint string   `help:"Take provider and secrets from this endpoint of the settings, and look among the secrets of the others for the reason of a failure." placeholder:"NAME"`
	At       string   `help:"Judge as of this time: RFC 3339 or Unix seconds. Now when left out." placeholder:"TIME"`
	URL      string   `help:"The public URL that the sender called." placeholder:"URL"`
	Offline  bool     `help:"Fetch no public keys from the provider."`
	JSON     bool     `help:"Print one JSON object."`
	File     string   `arg:"" help:"File of a raw HTTP request, or - for standard input."`
}

// Run prints the verdict on one request. Only "verified" is a yes.
func (c *verifyCommand) Run(s *session) error {
	judge, err := c.judge(s)
	if err != nil {
		return err
	}
	now, err := instant(c.At, s.now())
	if err != nil {
		return err
	}
	m, err := s.message(c.File, c.URL)
	if err != nil {
		return err
	}
	if !c.Offline {
		judge.provider.Scheme = signature.WithKeys(judge.provider.Scheme, new(signature.Fetcher).Fetch)
	}
	v := judge.provider.Judge(m, judge.secrets, now)
	v.Diagnosis = judge.catalog.Diagnose(s.ctx, judge.provider, signature.Inquiry{
		Endpoint: c.Endpoint, Message: m, Own: judge.secrets, Others: judge.others, Now: now, Within: diagnoseWithin,
	})
	if err := c.print(s, v); err != nil {
		return err
	}
	if v.Outcome != signature.Verified {
		return errNo
	}
	return nil
}

func (c *verifyCommand) print(s *session, v signature.Verdict) error {
	if c.JSON {
		return s.out.object(localapi.NewVerdictJSON(v))
	}
	s.out.verdict(v)
	return s.out.err()
}
