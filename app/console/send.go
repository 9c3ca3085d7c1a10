package console

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"shopbell/app/localapi"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

type sendCommand struct {
	Provider string  `required:"" help:"Whose sample to send." placeholder:"ID"`
	Event    string  `help:"Event of the sample; the first one of the catalogue when left out." placeholder:"E"`
	Endpoint string  `help:"Send it to this endpoint of the Shopbell that runs." placeholder:"NAME" xor:"where"`
	To       string  `help:"Send it to this URL." placeholder:"URL" xor:"where"`
	Secret   *string `help:"Secret to sign with, or env:NAME, file:PATH, keyring:NAME. When left out: the endpoint's in the settings, else the sample's own." placeholder:"S"`
	Fresh    bool    `help:"Give the sample a new delivery id, so that it is no duplicate."`

	Set    []string `sep:"none" help:"Change a value before it is signed: json:PATH=VALUE, form:NAME=VALUE, header:NAME=VALUE, query:NAME=VALUE, or PATH=VALUE of the body. May be given several times." placeholder:"PATH=VALUE"`
	Spoil  string   `help:"Make it wrong, so that it must be refused: tampered_body, tampered_signature, missing_signature, stale_timestamp, other_secret, renamed_header. Then a 4xx is the good answer." placeholder:"KIND"`
	Repeat int      `default:"1" help:"Send it so many times, 1 to 1000, each signed anew." placeholder:"N"`
	Rate   float64  `default:"10" help:"With --repeat: how many a second, up to 200." placeholder:"R"`

	Reveal bool `help:"Print personal data in the answer instead of hiding it."`
	JSON   bool `help:"Print the answer as one JSON object."`
}

// sendJSON is the object of "send --json".
type sendJSON struct {
	URL     string              `json:"url"`
	Event   string              `json:"event"`
	Status  int                 `json:"status"`
	Millis  int64               `json:"ms"`
	Headers map[string][]string `json:"headers"`
	Body    string              `json:"body"`
	// Encoding is "text" or "base64".
	Encoding string `json:"body_encoding"`
	// Expected is the outcome that whoever checks a spoiled one comes to.
	Expected signature.Outcome `json:"expected,omitempty"`
}

// Run sends a sample as the provider would and prints the answer. Anything but
// a 2xx is a no; of a spoiled sample, anything but a 4xx.
func (c *sendCommand) Run(s *session) error {
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	p, err := provider(catalog, c.Provider)
	if err != nil {
		return err
	}
	if err := hasSample(p, c.Event); err != nil {
		return err
	}
	address, name, err := c.address(s, p)
	if err != nil {
		return err
	}
	sample, err := c.sample(p)
	if err != nil {
		return err
	}
	sample.URL = address
	if sample.Secret, sample.Verifies, err = c.secret(s, catalog, p, name); err != nil {
		return err
	}
	if c.Repeat > 1 {
		return c.many(s, p, sample)
	}
	sample.Now = s.now()
	m, err := c.made(p, sample)
	if err != nil {
		return err
	}
	answer, err := post(s.ctx, m, s.authority())
	if err != nil {
		return refused(err.Error(), "see whether something answers there")
	}
	if err := c.print(s, catalog, p, m, answer); err != nil {
		return err
	}
	if !c.good(answer.status) {
		return errNo
	}
	return nil
}

// good tells whether a status is the answer that the sample should get.
func (c *sendCommand) good(status int) bool {
	if c.Spoil != "" {
		return status >= 400 && status <= 499
	}
	return status >= 200 && status <= 299
}

// authority is the certificate authority that the local tunnel made for itself
// in the data folder, if it serves HTTPS.
func (s *session) authority() string {
	dir, err := s.dataDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "ca", "shopbell-ca.pem")
}

// address is where the sample goes, and the name of the endpoint there if it
// is one of ours.
func (c *sendCommand) address(s *session, p providers.Provider) (address, name string, err error) {
	if c.To != "" {
		return c.To, "", settings.CheckURL("--to", c.To)
	}
	endpoints, err := s.endpointsRunning()
	if err != nil {
		return "", "", err
	}
	found := slices.IndexFunc(endpoints, func(e localapi.EndpointStatus) bool {
		return c.Endpoint == "" && e.Provider == p.ID || c.Endpoint != "" && e.Name == c.Endpoint
	})
	if found < 0 && c.Endpoint == "" {
		found = slices.IndexFunc(endpoints, func(e localapi.EndpointStatus) bool { return e.Provider == "" })
	}
	if found < 0 {
		return "", "", noEndpoint(c.Endpoint, p.ID, endpoints)
	}
	return endpoints[found].URL, endpoints[found].Name, nil
}

func noEndpoint(name, id string, endpoints []localapi.EndpointStatus) error {
	var names []string
	for _, e := range endpoints {
		names = append(names, fmt.Sprintf("%q", e.Name))
	}
	says := fmt.Sprintf("no running endpoint is for %s", id)
	if name != "" {
		says = fmt.Sprintf("no running endpoint is called %q", name)
	}
	return refused(says, "running are: "+strings.Join(names, ", "))
}

// secret is the one of --secret, else the first of the endpoint in the
// settings, else that of the sample, of which alone a public key is known.
func (c *sendCommand) secret(s *session, catalog providers.Catalog, p providers.Provider, name string) (signs, verifies signature.Secret, err error) {
	if c.Secret != nil {
		signs, err = s.one(*c.Secret)
		return signs, verifies, err
	}
	if name != "" && p.Signs {
		chosen, err := s.settings(catalog)
		if err != nil {
			return signs, verifies, err
		}
		if e, err := endpoint(chosen, name); err == nil && len(e.Secrets) > 0 {
			secrets, err := s.vault().ResolveEndpoint(chosen, name)
			if err != nil {
				return signs, verifies, err
			}
			return secrets[0], verifies, nil
		}
	}
	signs, verifies, err = p.SampleKeys()
	if p.Signs && err == nil {
		s.err.line("signed with the secret of the sample; --secret takes yours")
	}
	return signs, verifies, err
}

func (c *sendCommand) print(s *session, catalog providers.Catalog, p providers.Provider, m signature.Message, answer answered) error {
	event, mask := p.Event(m).Text, masker(catalog, p.ID, c.Reveal)
	if c.JSON {
		text, encoding := bodyText(mask(answer.body))
		return s.out.object(sendJSON{m.URL, event, answer.status, answer.took.Milliseconds(), answer.header, text, encoding, c.expected()})
	}
	tone := signature.Bad
	if c.good(answer.status) {
		tone = signature.Good
	}
	s.out.line(fmt.Sprintf("%s %s sent to %s%s", p.ID, clean(event), clean(inspector.ShownPath(m.URL)), c.spoiledInWords()))
	s.out.line(s.out.paint(tone, fmt.Sprintf("%d %s", answer.status, http.StatusText(answer.status))) +
		fmt.Sprintf(" in %d ms", answer.took.Milliseconds()))
	if len(answer.body) > 0 {
		s.out.body("Answer", answer.body, mask)
	}
	return s.out.err()
}

// endpointsRunning are the endpoints of the Shopbell that runs on the data folder.
func (s *session) endpointsRunning() ([]localapi.EndpointStatus, error) {
	dir, err := s.dataDir()
	if err != nil {
		return nil, err
	}
	api, err := localapi.Dial(dir)
	if errors.Is(err, localapi.ErrNotRunning) {
		return nil, refused(oneLine(err), "start \"shopbell serve\", or name an address with --to")
	}
	if err != nil {
		return nil, err
	}
	status, err := api.Status(s.ctx)
	return status.Endpoints, err
}
