package console

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"shopbell/app/settings"
	"shopbell/providers"
	"shopbell/tunnel"
)

// catchAll is the name of the endpoint that serve opens when it is told of none.
const catchAll = "catch-all"

// settings are those of the file with the flags laid over them. Endpoints from
// flags are added to those of the file. Every secret can be read: an endpoint
// that cannot judge would hold what is genuine. Nothing is written before all of
// that is known to be right.
func (c *serveCommand) settings(s *session, catalog providers.Catalog) (settings.Settings, error) {
	chosen, err := s.settings(catalog)
	if err != nil {
		return chosen, err
	}
	added, err := c.endpoints(s, catalog, chosen.Endpoints)
	if err != nil {
		return chosen, err
	}
	// The flags by themselves first: what is wrong with them has no line in
	// the file.
	alone := settings.Default()
	c.lay(&alone, added)
	if err := settings.Check(alone, catalog); err != nil {
		return chosen, ofFlag(err)
	}
	c.lay(&chosen, added)
	if err := s.public(&chosen.Tunnel); err != nil {
		return chosen, err
	}
	if err := settings.Check(chosen, catalog); err != nil {
		return chosen, err
	}
	if _, err = s.vault().ResolveAll(chosen); err != nil || len(added) == 0 {
		return chosen, err
	}
	key, err := s.paths(true)
	if err != nil {
		return chosen, err
	}
	c.added = chosen.Endpoints[len(chosen.Endpoints)-len(added):]
	key.fill(c.added)
	return chosen, nil
}

// again lays the flags over a settings file that was changed meanwhile.
func (c *serveCommand) again(s *session) func(settings.Settings) (settings.Settings, error) {
	return func(chosen settings.Settings) (settings.Settings, error) {
		c.lay(&chosen, c.added)
		return chosen, s.public(&chosen.Tunnel)
	}
}

// given names the flags that hold settings, by their places.
func (c *serveCommand) given() map[string]string {
	given := c.SSH.given()
	for flag, held := range map[string]struct{ place, value string }{
		"--tunnel": {"tunnel.kind", c.Tunnel}, "--domain": {"tunnel.domain", c.Domain},
		"--listen": {"tunnel.listen", c.Listen}, "--shop": {"shop.url", c.Shop},
	} {
		if held.value != "" {
			given[held.place] = flag
		}
	}
	return given
}

// lay lays the flags over settings.
func (c *serveCommand) lay(chosen *settings.Settings, added []settings.Endpoint) {
	override(&chosen.Tunnel.Kind, c.Tunnel)
	override(&chosen.Tunnel.Domain, c.Domain)
	override(&chosen.Tunnel.Listen, c.Listen)
	c.SSH.lay(&chosen.Tunnel)
	override(&chosen.Shop.URL, c.Shop)
	chosen.Endpoints = append(slices.Clone(chosen.Endpoints), added...)
	if len(chosen.Endpoints) == 0 {
		chosen.Endpoints = []settings.Endpoint{c.shape(settings.Endpoint{Name: catchAll, Path: "/"})}
	}
}

// public looks whether a public tunnel has what it needs.
func (s *session) public(t *settings.Tunnel) error {
	if t.Kind == string(tunnel.KindSSH) && t.Server == "" && t.Service == "" {
		return wrongUse("the ssh tunnel needs a server, and the settings name none",
			"give --server USER@HOST for one of yours, or --service for one that needs no account: "+strings.Join(settings.Services(), ", "))
	}
	return s.ngrokToken(t)
}

// ngrokToken finds the token where ngrok's own agent looks for it, when the
// settings name none.
func (s *session) ngrokToken(t *settings.Tunnel) error {
	const variable = "NGROK_AUTHTOKEN"
	if t.Kind != string(tunnel.KindNgrok) || t.Authtoken != "" {
		return nil
	}
	if lookup(s.env, variable) == "" {
		return wrongUse("the ngrok tunnel needs a token, and the settings name none",
			"set "+variable+`, or write authtoken = "keyring:NAME" below [tunnel] in the settings; https://dashboard.ngrok.com has your token`)
	}
	t.Authtoken = "env:" + variable
	return nil
}

func override(value *string, flag string) {
	if flag != "" {
		*value = flag
	}
}

// endpoints makes the endpoints of --endpoint. The first of a provider is named
// like it, the next ones get a number.
func (c *serveCommand) endpoints(s *session, catalog providers.Catalog, have []settings.Endpoint) ([]settings.Endpoint, error) {
	if len(c.Endpoint) == 0 {
		return nil, nil
	}
	taken := map[string]bool{}
	for _, e := range have {
		taken[e.Name] = true
	}
	key, err := s.paths(false)
	if err != nil {
		return nil, err
	}
	var added []settings.Endpoint
	for _, flag := range c.Endpoint {
		id, reference, hasSecret := strings.Cut(flag, "=")
		if _, err := provider(catalog, id); err != nil {
			return nil, err
		}
		if _, err := settings.ParseReference(reference); hasSecret && err != nil {
			// The value is not repeated: it may be the secret itself.
			return nil, wrongUse(strings.Replace(err.Error(), "the text", fmt.Sprintf("what follows \"--endpoint %s=\"", id), 1),
				"put the secret into a variable, a file or the keyring: other programs on this machine can read a command line")
		}
		e := settings.Endpoint{Provider: id, Name: free(id, taken)}
		taken[e.Name] = true
		if hasSecret {
			e.Secrets = []settings.Reference{fromHere(reference)}
		}
		added = append(added, c.shape(e))
	}
	// Without a key yet these paths only stand in for the real ones.
	key.fill(added)
	return added, nil
}

// fromHere makes the path of a file: reference absolute. On the command line it
// is relative to where we are, in the settings to the settings file.
func fromHere(reference string) settings.Reference {
	if path, ok := strings.CutPrefix(reference, "file:"); ok {
		if whole, err := filepath.Abs(path); err == nil {
			return settings.Reference("file:" + whole)
		}
	}
	return settings.Reference(reference)
}

// shape gives an endpoint the policies of the flags.
func (c *serveCommand) shape(e settings.Endpoint) settings.Endpoint {
	e.Forward, e.Answer, e.Unverified = c.Forward, "shop", "hold"
	override(&e.Answer, c.Answer)
	override(&e.Unverified, c.Unverified)
	return e
}

// free is name, with the first number that makes it free.
func free(name string, taken map[string]bool) string {
	candidate := name
	for n := 2; taken[candidate]; n++ {
		candidate = fmt.Sprintf("%s %d", name, n)
	}
	return candidate
}
