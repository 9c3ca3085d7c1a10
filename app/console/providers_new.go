package console

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// inferWithin bounds the search for a scheme. A person waits for it; all of
// the forms take two to five seconds, with a public key more.
const inferWithin = 15 * time.Second

type providersNewCommand struct {
	ID       string `help:"Id of the provider in commands and settings: small letters, digits, underscores." placeholder:"ID"`
	Name     string `help:"Its name." placeholder:"NAME"`
	Docs     string `help:"The https address of its page on webhooks." placeholder:"URL"`
	Category string `help:"A word like payments." placeholder:"WORD" default:"own"`
	Secret   string `help:"The secret, or the public key, that verifies the delivery; or env:NAME, file:PATH, keyring:NAME." placeholder:"S"`
	URL      string `help:"The public URL that the sender called." placeholder:"URL"`
	At       string `help:"When the delivery arrived: RFC 3339 or Unix seconds. Only for the record." placeholder:"TIME"`
	Print    bool   `help:"Print the file instead of writing it."`
	File     string `arg:"" help:"A genuine delivery: file of a raw HTTP request, or - for standard input."`
}

// Run finds how a delivery is signed and writes a catalogue file that
// verifies it.
func (c *providersNewCommand) Run(s *session) error {
	m, err := s.message(c.File, c.URL)
	if err != nil {
		return err
	}
	at, err := instant(c.At, s.now())
	if err != nil {
		return err
	}
	if err := c.ask(s); err != nil {
		return err
	}
	if err := c.check(s); err != nil {
		return err
	}
	secret, err := s.one(c.Secret)
	if err != nil {
		return err
	}
	found, err := c.infer(s, m, secret, at)
	if err != nil {
		return err
	}
	own := providers.Own{ID: c.ID, Name: c.Name, Docs: c.Docs, Category: c.Category, At: at, Found: found}
	if c.Print {
		s.out.write([]byte(providers.OwnFile(own)))
		return s.out.err()
	}
	return c.keep(s, own, m, secret)
}

// ask asks for what the flags leave out, where there is somebody to ask.
func (c *providersNewCommand) ask(s *session) error {
	person := s.person(c.File == "-")
	for _, q := range []struct {
		value            *string
		flag, text, hint string
		hidden           bool
	}{
		{&c.ID, "--id", "Id (small letters, digits, underscores)", "acme_pay", false},
		{&c.Name, "--name", "Name", "Acme Pay", false},
		{&c.Docs, "--docs", "Address of its page on webhooks (https)", "https://acme.example/docs/webhooks", false},
		{&c.Secret, "--secret", "Secret, or env:NAME, file:PATH, keyring:NAME", "env:ACME_SECRET", true},
	} {
		if *q.value != "" {
			continue
		}
		if person == nil {
			return wrongUse("providers new needs "+q.flag, "for example "+q.flag+" "+q.hint)
		}
		text, err := person.ask(q.text, q.hidden)
		if err != nil {
			return err
		}
		*q.value = text
	}
	return nil
}

// check looks at the answers before the search, which takes a while.
func (c *providersNewCommand) check(s *session) error {
	own := providers.Own{ID: c.ID, Name: c.Name, Docs: c.Docs, Category: c.Category, Found: providers.Inferred{Scheme: signature.Token{Basic: true}}}
	if err := providers.CheckOwn(own.ID+".toml", []byte(providers.OwnFile(own))); err != nil {
		return wrongUse(err.Error(), "give another value for what it names")
	}
	if c.Print {
		return nil
	}
	dir, err := s.ownDir()
	if err != nil {
		return err
	}
	return absent(filepath.Join(dir, c.ID+".toml"))
}

func absent(file string) error {
	if _, err := os.Lstat(file); err == nil {
		return refused(fmt.Sprintf("%s is there already", file), "remove it first, or choose another --id")
	}
	return nil
}

func (c *providersNewCommand) infer(s *session, m signature.Message, secret signature.Secret, at time.Time) (providers.Inferred, error) {
	ctx, cancel := context.WithTimeout(s.ctx, inferWithin)
	defer cancel()
	found, ok := providers.Infer(ctx, m, secret, at)
	if ok {
		return found, nil
	}
	advice := strings.Join(found.Notes, "; ")
	return providers.Inferred{}, refused(found.Says, advice+". Check that the secret is the one of this delivery and that its body is byte for byte as received; where the URL is signed, give --url")
}

// keep writes the file and the delivery beside it, and judges the delivery by
// what was written.
func (c *providersNewCommand) keep(s *session, own providers.Own, m signature.Message, secret signature.Secret) error {
	dir, err := s.ownDir()
	if err != nil {
		return err
	}
	own.Delivery = "examples/" + own.ID + "-delivery.http"
	file := filepath.Join(dir, own.ID+".toml")
	text := providers.OwnFile(own)
	if err := providers.CheckOwn(own.ID+".toml", []byte(text)); err != nil {
		return wrongUse(err.Error(), "give another value for what it names")
	}
	kept, err := unarmed(own, m)
	if err != nil {
		return err
	}
	if err := absent(file); err != nil {
		return err
	}
	for _, f := range []struct {
		path string
		data []byte
		over bool
	}{
		{filepath.Join(dir, filepath.FromSlash(own.Delivery)), kept.Raw(), true},
		{filepath.Join(dir, "provider.schema.json"), providers.Schema(), true},
		{file, []byte(text), false},
	} {
		if err := writeFile(f.path, f.data, f.over); err != nil {
			return err
		}
	}
	return c.prove(s, own, file, m, secret)
}

// unarmed is the delivery as it may stand in a file: with another token where
// it brings the secret itself.
func unarmed(own providers.Own, m signature.Message) (signature.Message, error) {
	token, is := own.Found.Scheme.(signature.Token)
	if !is {
		return m, nil
	}
	return token.Sign(m, signature.NewSecret("sample", "sample:token"), own.At)
}

// prove judges the delivery with the provider as it now stands in the catalogue.
func (c *providersNewCommand) prove(s *session, own providers.Own, file string, m signature.Message, secret signature.Secret) error {
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	p, ok := catalog.Get(own.ID)
	if !ok {
		return fmt.Errorf("reading %s: the provider is not in the catalogue", file)
	}
	v := p.Judge(m, []signature.Secret{secret}, own.At)
	if v.Outcome != signature.Verified && v.Outcome != signature.Stale {
		return errors.New("the written file does not verify the delivery: outcome " + string(v.Outcome))
	}
	s.out.line("Wrote " + clean(file))
	s.out.line("  " + clean(own.Found.Says))
	for _, note := range own.Found.Notes {
		s.out.line("  " + clean(note))
	}
	s.out.verdict(v)
	s.out.line("Use it: shopbell serve --endpoint " + own.ID + "=" + reference(c.Secret))
	return s.out.err()
}

// reference is how to name a secret on a command line without repeating it.
func reference(given string) string {
	if strings.HasPrefix(given, "env:") || strings.HasPrefix(given, "file:") || strings.HasPrefix(given, "keyring:") {
		return given
	}
	return "env:NAME"
}
