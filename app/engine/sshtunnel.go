package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"shopbell/app/settings"
	"shopbell/tunnel"
)

// sshOptions are what the tunnel of t is opened with. Whether a host key is
// trusted is the user's word, see Trust.
func (e *Engine) sshOptions(t settings.Tunnel) (tunnel.SSHOptions, error) {
	o, err := reachSSH(t, e.options.DataDir, e.vault())
	o.Trust, o.Log = e.trusts, e.options.Log
	o.KeepaliveInterval, o.KeepaliveTimeout = e.options.SSH.KeepaliveInterval, e.options.SSH.KeepaliveTimeout
	return o, err
}

// reachSSH lays the keys of t over what its service says. What Shopbell keeps of
// its own is in the data folder: the host keys that were trusted here, and a key
// to log in with at services, which know nobody.
func reachSSH(t settings.Tunnel, dataDir string, vault settings.Vault) (tunnel.SSHOptions, error) {
	s := serviceOf(t.Service)
	o := tunnel.SSHOptions{
		Server: cmp.Or(t.Server, s.Server), Bind: cmp.Or(t.Bind, s.Bind), Run: cmp.Or(t.Run, s.Run), Domains: s.Domains,
		KeyFile: vault.KeyFile(t), HostKey: t.HostKey, KnownHosts: filepath.Join(dataDir, "ssh", "known_hosts"),
	}
	if end, told := strings.CutPrefix(t.URL, "https://*"); told {
		o.Domains = []string{strings.TrimRight(end, "/")}
	} else if t.URL != "" {
		o.Domains, o.URL = nil, t.URL
	}
	if o.KeyFile == "" && (t.Service != "" || len(o.Domains) > 0) {
		o.OwnKey = filepath.Join(dataDir, "ssh", "id_ed25519")
	}
	if o.Server == "" {
		return o, &tunnel.Error{Says: "the SSH tunnel needs a server, and the settings name none",
			Advice: "Name one under [tunnel] server, or under service one that needs no account: " + strings.Join(settings.Services(), ", ") + "."}
	}
	return o, nil
}

// serviceOf is what is known of a service, zero for none.
func serviceOf(name string) tunnel.SSHService {
	for _, s := range tunnel.SSHServices() {
		if s.Name == name {
			return s
		}
	}
	return tunnel.SSHService{}
}

// choosesPort tells whether the server chooses where it listens.
func choosesPort(bind string) bool {
	return bind == "" || bind == "0" || strings.HasSuffix(bind, ":0")
}

// GoSSH opens an SSH tunnel in place of the present one, at a service or at a
// server of one's own, and writes the choice into the config file. An empty url
// is the one that the service or the server gives. A server whose key nobody
// knows is a *tunnel.Error with that key: see Trust. On an error the present
// tunnel stays.
func (e *Engine) GoSSH(ctx context.Context, service, server, url string) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	changes := sshChanges(e.Settings().Tunnel, service, server, url)
	next, err := e.Settings().With(e.Catalog(), changes...)
	if err != nil {
		return err
	}
	e.stopDialling()
	e.tuning.Lock()
	defer e.tuning.Unlock()
	ctx, cancel := context.WithTimeout(ctx, dialWait)
	defer cancel()
	e.makeRoom(next.Tunnel)
	if err := e.dial(ctx, next.Tunnel, "", nil); err != nil {
		e.resume()
		return err
	}
	e.mu.Lock()
	e.chosen.Tunnel = next.Tunnel
	e.mu.Unlock()
	return e.write(func(f *settings.File) error { return f.Change(changes...) })
}

// sshChanges are those of the config file that choose a server. What was said
// of another server goes.
func sshChanges(now settings.Tunnel, service, server, url string) []settings.Change {
	changes := []settings.Change{{Table: "tunnel", Key: "kind", Value: string(tunnel.KindSSH)}}
	set := func(key, value string) {
		c := settings.Change{Table: "tunnel", Key: key}
		if value != "" {
			c.Value = value
		}
		changes = append(changes, c)
	}
	set("service", service)
	set("server", server)
	set("url", url)
	if now.Service != service || now.Server != server {
		for _, key := range []string{"bind", "run", "host_key"} {
			set(key, "")
		}
	}
	return changes
}

// meet remembers the host key that an attempt at the tunnel of the settings met
// and did not know.
func (e *Engine) meet(err error) {
	var told *tunnel.Error
	e.mu.Lock()
	defer e.mu.Unlock()
	e.unknown = nil
	if errors.As(err, &told) {
		e.unknown = told.HostKey
	}
}

// UnknownHost is the key, confirmed by nobody, because of which the last attempt
// at the tunnel of the settings ended; nil when there is none. Each attempt has
// a pointer of its own.
func (e *Engine) UnknownHost() *tunnel.HostKey {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.unknown
}

// Trust notes that the user takes key for that of its host. It holds from the
// next attempt on, and is kept in the data folder once that has seen the key.
func (e *Engine) Trust(key tunnel.HostKey) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.trusted = key
}

func (e *Engine) trusts(key tunnel.HostKey) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return key == e.trusted
}

// TryAgain opens the tunnel of the settings once more and returns why it is not
// online then, nil when it is.
func (e *Engine) TryAgain(ctx context.Context) error {
	attempt := e.newDial()
	defer context.AfterFunc(ctx, e.stopDialling)()
	e.tune(attempt)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return e.notOnlineBecause()
}

// TrustAdvice says how a host key is trusted without a window; flag names a flag
// that does it too, "" when there is none.
func TrustAdvice(key tunnel.HostKey, flag string) string {
	if flag != "" {
		flag = "give " + flag + " " + key.Fingerprint + ", or "
	}
	return fmt.Sprintf("Compare the fingerprint with the one that the server's owner publishes; if it is the same, %swrite host_key = %q below [tunnel] in the settings.", flag, key.Fingerprint)
}
