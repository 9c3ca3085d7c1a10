package engine

import (
	"cmp"
	"context"
	"errors"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"shopbell/app/settings"
	"shopbell/tunnel"
)

const (
	// localPort is asked for first, so that the address in the docs is mostly true.
	localPort = 8787
	// portKey is under which the store remembers the local port.
	portKey = "tunnel.local.port"
	// tokenName is the name of the ngrok token in the keyring.
	tokenName = "ngrok"
	// dialWait bounds an attempt to go online that someone is waiting for; the
	// vendor's library alone would try for ever.
	dialWait = 30 * time.Second
)

// listen opens the listener on this machine. It stays open beside a public
// tunnel, so that samples and scripts here need no detour through the internet.
func (e *Engine) listen(ctx context.Context, t settings.Tunnel) (*tunnel.Tunnel, error) {
	port := localPort
	if kept, err := e.store.Recall(ctx, portKey); err == nil && kept != "" {
		port, _ = strconv.Atoi(kept) // a spoiled number is 0: the system chooses
	}
	local, err := tunnel.Local(tunnel.LocalOptions{
		Addr: t.Listen, Port: port, HTTPS: t.HTTPS, CADir: filepath.Join(e.options.DataDir, "ca"),
	})
	if err != nil || t.Listen != "" {
		return local, err
	}
	if err := e.rememberPort(ctx, local.Addr()); err != nil {
		local.Close()
		return nil, err
	}
	return local, nil
}

func (e *Engine) rememberPort(ctx context.Context, addr net.Addr) error {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return err
	}
	return e.store.Remember(ctx, portKey, port)
}

// serve answers what t accepts, and tells of its changes, until t is closed.
func (e *Engine) serve(t *tunnel.Tunnel) {
	if e.life.Err() != nil {
		t.Close() // Close has been here and saw another one
		return
	}
	changed, done := t.Subscribe()
	ctx, cancel := context.WithCancel(e.life)
	e.run(func() { e.pass(ctx, changed) })
	e.run(func() {
		defer e.feed.Changed()
		defer cancel()
		defer done()
		if err := e.inspect.Serve(t); err != nil && !errors.Is(err, net.ErrClosed) {
			e.options.Log.Error("serving a tunnel ended", "error", err)
		}
	})
}

// Tunnel returns the status of the tunnel in use: the public one where there
// is or should be one, else the local listener.
func (e *Engine) Tunnel() tunnel.Status {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.public != nil:
		return e.public.Status()
	case e.dialing != nil:
		return *e.dialing
	case e.local != nil:
		return e.local.Status()
	}
	return tunnel.Status{Kind: tunnel.KindLocal, State: tunnel.Connecting}
}

// Local returns the status of the local listener.
func (e *Engine) Local() tunnel.Status { return e.localTunnel().Status() }

func (e *Engine) localTunnel() *tunnel.Tunnel {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.local
}

// Online waits until the first attempt to open the tunnel of the settings has
// ended and returns why it failed, nil when it is open. A server that cannot be
// reached is tried on; after 30 s Online says so.
func (e *Engine) Online(ctx context.Context) error {
	enough := time.After(dialWait)
	for waiting := true; waiting; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-e.tried:
			waiting = false
		case <-enough:
			waiting = e.Tunnel().Error == "" // else it goes on trying, and says why
		}
	}
	return e.notOnlineBecause()
}

// notOnlineBecause is why the tunnel in use is not online, nil when it is.
func (e *Engine) notOnlineBecause() error {
	s := e.Tunnel()
	if s.State == tunnel.Online {
		return nil
	}
	return &tunnel.Error{Code: s.Code, Says: cmp.Or(s.Error, "the tunnel is still connecting"), Advice: s.Advice, HostKey: e.UnknownHost()}
}

// GoOnline opens an ngrok tunnel in place of the present one. A token is kept
// in the vault and the choice in the config file; a reference to one is only
// written down, and with an empty one the token of the settings is used. On an error the present tunnel
// stays.
func (e *Engine) GoOnline(ctx context.Context, token, domain string) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	ref := e.Settings().Tunnel.Authtoken
	if settings.MeansReference(token) {
		var err error
		if ref, err = settings.ParseReference(token); err != nil {
			return err
		}
		token = ""
	}
	given := token
	if given == "" {
		secret, err := e.vault().Resolve(ref)
		if err != nil {
			return err
		}
		token = secret.Value()
	}
	e.stopDialling()
	e.tuning.Lock()
	defer e.tuning.Unlock()
	ctx, cancel := context.WithTimeout(ctx, dialWait)
	defer cancel()
	t := settings.Tunnel{Kind: string(tunnel.KindNgrok), Domain: domain}
	if err := e.dial(ctx, t, token, nil); err != nil {
		e.resume()
		return err
	}
	return e.keepOnline(ref, given, domain)
}

// show makes s the status of a public tunnel that is not open.
func (e *Engine) show(s tunnel.Status) {
	e.mu.Lock()
	e.dialing = &s
	e.mu.Unlock()
	e.feed.Changed()
}

// keepOnline writes down that ngrok was chosen, and where its token is: at ref,
// unless one was given to be kept.
func (e *Engine) keepOnline(ref settings.Reference, given, domain string) error {
	t := e.Settings().Tunnel
	t.Kind, t.Domain, t.Authtoken = string(tunnel.KindNgrok), domain, ref
	if given != "" {
		kept, err := e.vault().Put(tokenName, given)
		if err != nil {
			return err
		}
		t.Authtoken = kept
	}
	return e.keepTunnel(t)
}

// GoLocal closes a public tunnel and serves this machine only.
func (e *Engine) GoLocal(context.Context) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	e.stopDialling()
	e.tuning.Lock()
	defer e.tuning.Unlock()
	e.closePublic()
	t := e.Settings().Tunnel
	t.Kind = string(tunnel.KindLocal)
	return e.keepTunnel(t)
}

func (e *Engine) keepTunnel(t settings.Tunnel) error {
	e.mu.Lock()
	e.chosen.Tunnel = t
	e.mu.Unlock()
	return e.write(func(f *settings.File) error {
		return f.Change(
			settings.Change{Table: "tunnel", Key: "kind", Value: t.Kind},
			settings.Change{Table: "tunnel", Key: "domain", Value: t.Domain},
			settings.Change{Table: "tunnel", Key: "authtoken", Value: string(t.Authtoken)})
	})
}

func (e *Engine) closeTunnels() []error {
	e.mu.Lock()
	public, local := e.public, e.local
	e.mu.Unlock()
	var errs []error
	if public != nil {
		errs = append(errs, public.Close())
	}
	if local != nil {
		errs = append(errs, local.Close())
	}
	return errs
}
