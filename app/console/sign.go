package console

import (
	"errors"
	"fmt"

	"shopbell/providers"
	"shopbell/providers/signature"
)

type signCommand struct {
	Provider string  `required:"" help:"Sign as this provider does." placeholder:"ID"`
	Secret   *string `help:"Secret to sign with, or env:NAME, file:PATH, keyring:NAME. Where a provider signs with a private key, that key: PEM or JWK. Bare 32 bytes are the seed of an Ed25519 key, never its public half." placeholder:"S"`
	At       string  `help:"Sign as of this time: RFC 3339 or Unix seconds. Now when left out." placeholder:"TIME"`
	URL      string  `help:"The public URL that the request is for." placeholder:"URL"`
	File     string  `arg:"" help:"File of a raw HTTP request, or - for standard input."`
}

// Run prints the request with fresh signature headers; its body is byte for
// byte the one that was read.
func (c *signCommand) Run(s *session) error {
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	p, err := provider(catalog, c.Provider)
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
	secret, err := c.secret(s, p)
	if err != nil {
		return err
	}
	signed, err := p.Scheme.Sign(m, secret, now)
	switch {
	case errors.Is(err, signature.ErrUnsigned):
		s.err.line(fmt.Sprintf("%s documents no signature: the request is printed unchanged", p.Name))
		signed = m
	case err != nil:
		return wrongUse(fmt.Sprintf("signing %q for %s: %v", c.File, p.ID, err), "")
	}
	s.out.exact(signed.Raw())
	return s.out.err()
}

// secret reads --secret, which every provider that signs needs.
func (c *signCommand) secret(s *session, p providers.Provider) (signature.Secret, error) {
	if c.Secret == nil {
		if p.Signs {
			return signature.Secret{}, wrongUse(fmt.Sprintf("sign needs --secret for %s", p.ID), p.SecretWhere)
		}
		return signature.Secret{}, nil
	}
	return s.one(*c.Secret)
}
