package engine

import (
	"context"
	"errors"

	"shopbell/app/settings"
	"shopbell/tunnel"
)

// isPublic tells whether settings ask for a tunnel that others can reach.
func isPublic(t settings.Tunnel) bool {
	return t.Kind == string(tunnel.KindNgrok) || t.Kind == string(tunnel.KindSSH)
}

// publicKeys are the settings that make the public tunnel of t what it is.
func publicKeys(t settings.Tunnel) settings.Tunnel {
	switch tunnel.Kind(t.Kind) {
	case tunnel.KindNgrok:
		return settings.Tunnel{Kind: t.Kind, Domain: t.Domain, Authtoken: t.Authtoken}
	case tunnel.KindSSH:
		t.Domain, t.Authtoken, t.Listen, t.HTTPS = "", "", "", false
		return t
	}
	return settings.Tunnel{}
}

// claim is the address that only one tunnel can hold at a time, "" where each
// gets one of its own.
func (e *Engine) claim(t settings.Tunnel) string {
	if t.Kind == string(tunnel.KindNgrok) {
		return t.Domain
	}
	o, err := e.sshOptions(t)
	if err != nil || choosesPort(o.Bind) {
		return ""
	}
	return o.Server + " " + o.Bind
}

// dial opens the public tunnel of t and puts it in place of the one before.
// failed, unless nil, is told of each attempt that another one follows. The
// caller holds e.tuning.
func (e *Engine) dial(ctx context.Context, t settings.Tunnel, token string, failed func(*tunnel.Error)) error {
	opened, err := e.openPublic(ctx, t, token, failed)
	if err != nil {
		return err
	}
	claim := e.claim(t)
	e.mu.Lock()
	before := e.public
	e.public, e.dialing, e.claimed, e.stayed, e.unknown = opened, nil, claim, "", nil
	e.mu.Unlock()
	if before != nil {
		before.Close()
	}
	e.serve(opened)
	e.feed.Changed()
	return nil
}

func (e *Engine) openPublic(ctx context.Context, t settings.Tunnel, token string, failed func(*tunnel.Error)) (*tunnel.Tunnel, error) {
	if t.Kind == string(tunnel.KindSSH) {
		o, err := e.sshOptions(t)
		if err != nil {
			return nil, err
		}
		o.Failed = failed
		return tunnel.SSH(ctx, o)
	}
	o := e.options.Ngrok
	o.Authtoken, o.Domain, o.Log = token, t.Domain, e.options.Log
	return tunnel.Ngrok(ctx, o)
}

// makeRoom closes the public tunnel where the next one claims its address, and
// tells whether there is none now.
func (e *Engine) makeRoom(t settings.Tunnel) (none bool) {
	claim := e.claim(t)
	e.mu.Lock()
	clash := e.public != nil && claim != "" && claim == e.claimed
	none = clash || e.public == nil
	e.mu.Unlock()
	if clash {
		e.closePublic()
	}
	return none
}

// notOnline shows why the public tunnel of the settings is not there.
func (e *Engine) notOnline(kind tunnel.Kind, err error) {
	s := tunnel.Status{Kind: kind, State: tunnel.Closed, Since: e.options.Now(), Error: err.Error()}
	var told *tunnel.Error
	if errors.As(err, &told) {
		s.Code, s.Error, s.Advice = told.Code, told.Says, told.Advice
		if told.HostKey != nil {
			s.Advice = TrustAdvice(*told.HostKey, "")
		}
	}
	e.show(s)
}

// stillTrying shows why the public tunnel of the settings is not there yet.
func (e *Engine) stillTrying(err *tunnel.Error) {
	e.mu.Lock()
	switch {
	case e.public == nil && e.dialing != nil:
		s := *e.dialing
		s.Error, s.Advice = err.Says, err.Advice
		e.dialing = &s
	case e.public != nil && e.public.Status().State == tunnel.Online:
		e.stayed = stays(err)
	}
	e.mu.Unlock()
	e.feed.Changed()
}

// stays says why the tunnel is not the one of the settings.
func stays(err error) string {
	return "the tunnel of the settings could not be opened, so the one before stays: " + err.Error()
}
