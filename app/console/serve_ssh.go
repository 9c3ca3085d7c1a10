package console

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/tunnel"
)

// sshFlags are the flags of serve for --tunnel ssh.
type sshFlags struct {
	Service   string `help:"Service for --tunnel ssh that needs no account: localhost.run, pinggy, serveo, srv.us." placeholder:"NAME"`
	Server    string `help:"Your own server for --tunnel ssh." placeholder:"USER@HOST"`
	Bind      string `help:"What the SSH server is to listen on; left out, it chooses a port." placeholder:"[HOST:]PORT"`
	Key       string `help:"File of the private key for the SSH server; left out, the agent's and those of ~/.ssh." placeholder:"FILE"`
	HostKey   string `help:"Fingerprint of the SSH server's key, in place of known_hosts." placeholder:"SHA256:..."`
	PublicURL string `help:"Address under which your SSH server is reached, for example https://hooks.example.com." placeholder:"URL"`
}

// lay lays the flags over settings. What those say of another server goes.
func (f *sshFlags) lay(t *settings.Tunnel) {
	if f.Service != "" && f.Service != t.Service || f.Server != "" && f.Server != t.Server {
		t.Service, t.Server, t.Bind, t.Run, t.URL, t.HostKey = "", "", "", "", "", ""
	}
	override(&t.Service, f.Service)
	override(&t.Server, f.Server)
	override(&t.Bind, f.Bind)
	override(&t.HostKey, f.HostKey)
	override(&t.URL, f.PublicURL)
	if whole, err := filepath.Abs(f.Key); f.Key != "" && err == nil {
		t.Key = whole // relative to where we are, in the settings to their file
	}
	if strings.HasPrefix(f.Key, "~/") { // which shells leave behind "--key="
		t.Key = f.Key
	}
}

// given names the flags that hold settings, by their places.
func (f *sshFlags) given() map[string]string {
	given := map[string]string{}
	for flag, held := range map[string]struct{ place, value string }{
		"--service": {"tunnel.service", f.Service}, "--server": {"tunnel.server", f.Server}, "--bind": {"tunnel.bind", f.Bind},
		"--key": {"tunnel.key", f.Key}, "--host-key": {"tunnel.host_key", f.HostKey}, "--public-url": {"tunnel.url", f.PublicURL},
	} {
		if held.value != "" {
			given[held.place] = flag
		}
	}
	return given
}

// online waits for the tunnel. A person at the terminal is asked about a server
// whose key nobody knows.
func online(s *session, running *engine.Engine) error {
	err := running.Online(s.ctx)
	for {
		var told *tunnel.Error
		if !errors.As(err, &told) || told.HostKey == nil {
			return err
		}
		refusal := &failure{exitFailed, err.Error(), engine.TrustAdvice(*told.HostKey, "--host-key")}
		p := s.person(false)
		if p == nil || !s.err.screen || !p.trusts(s.ctx, *told.HostKey) {
			return refusal
		}
		running.Trust(*told.HostKey)
		err = running.TryAgain(s.ctx)
	}
}

// trusts asks about a host key; the end of ctx is a no.
func (p *person) trusts(ctx context.Context, key tunnel.HostKey) bool {
	p.s.err.line("the host key of " + clean(key.Host) + " is not known:")
	p.s.err.line("  " + clean(key.Type) + " " + p.s.err.bold(clean(key.Fingerprint)))
	p.s.err.line("  compare it with the one that the server's owner publishes")
	answered := make(chan string, 1)
	go func() {
		answer, err := p.ask("trust it and connect? yes or no", false)
		if err != nil {
			answer = "" // nobody answers: no
		}
		answered <- answer
	}()
	select {
	case answer := <-answered:
		answer = strings.ToLower(answer)
		return answer == "yes" || answer == "y"
	case <-ctx.Done():
		p.s.err.line("")
		return false
	}
}
