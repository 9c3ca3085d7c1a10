package engine

import (
	"context"
	"net"

	"shopbell/app/settings"
	"shopbell/tunnel"
)

// newDial breaks off an attempt to open the public tunnel and returns the
// context of the next one. The vendor's library tries until that ends.
func (e *Engine) newDial() context.Context {
	ctx, stop := context.WithCancel(e.life)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopDial != nil {
		e.stopDial()
	}
	e.stopDial = stop
	return ctx
}

// stopDialling breaks off an attempt in the background, so that another one
// need not wait for it.
func (e *Engine) stopDialling() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopDial != nil {
		e.stopDial()
	}
}

// retune opens the public tunnel of the settings, in the background, when its
// keys have changed.
func (e *Engine) retune(before, next settings.Tunnel) {
	if publicKeys(before) == publicKeys(next) {
		return
	}
	e.tuneSoon()
}

// tuneSoon is tune in the background, in place of one that is under way.
func (e *Engine) tuneSoon() {
	ctx := e.newDial()
	e.run(func() { e.tune(ctx) })
}

// resume goes on with the tunnel of the settings after another one, which had
// broken that off, could not be had.
func (e *Engine) resume() {
	e.mu.Lock()
	wanted := e.public == nil && isPublic(e.chosen.Tunnel) && e.life.Err() == nil
	e.mu.Unlock()
	if wanted {
		e.tuneSoon()
	}
}

// tune makes the public tunnel the one of the settings. One that is open stays
// until the other is, and when the other cannot be had; only where both claim
// the same address it has to go first.
func (e *Engine) tune(ctx context.Context) {
	e.tuning.Lock()
	defer e.tuning.Unlock()
	if ctx.Err() != nil {
		return
	}
	t := e.Settings().Tunnel
	if !isPublic(t) {
		e.closePublic()
		return
	}
	kind, token := tunnel.Kind(t.Kind), ""
	if kind == tunnel.KindNgrok {
		secret, err := e.vault().Resolve(t.Authtoken)
		if err != nil {
			e.meet(err)
			e.notTuned(kind, &tunnel.Error{Says: err.Error(), Advice: "give an ngrok token, or use the local tunnel"})
			return
		}
		token = secret.Value()
	}
	if e.makeRoom(t) {
		e.show(tunnel.Status{Kind: kind, State: tunnel.Connecting, Since: e.options.Now()})
	}
	err := e.dial(ctx, t, token, e.stillTrying)
	e.meet(err)
	if err != nil && (ctx.Err() == nil || e.life.Err() != nil) {
		e.notTuned(kind, err)
	}
}

// notTuned shows why the public tunnel of the settings is not there, in place
// of its state or beside the one that is.
func (e *Engine) notTuned(kind tunnel.Kind, err error) {
	e.mu.Lock()
	none := e.public == nil
	if !none {
		e.stayed = stays(err)
	}
	e.mu.Unlock()
	if none {
		e.notOnline(kind, err)
		return
	}
	e.feed.Changed()
}

// closePublic leaves this machine's listener alone.
func (e *Engine) closePublic() {
	e.mu.Lock()
	before := e.public
	e.public, e.dialing, e.stayed, e.unknown = nil, nil, "", nil
	e.mu.Unlock()
	e.feed.Changed()
	if before != nil {
		before.Close()
	}
}

// moveLocal opens the local listener that next asks for, in place of the one of
// now. closed tells that the old one had to make room first, for an address
// that only one of them can have; after an error it is open again.
func (e *Engine) moveLocal(now, next settings.Tunnel) (opened *tunnel.Tunnel, closed bool, err error) {
	old := e.localTunnel()
	if closed = now.Listen == next.Listen || samePort(old.Addr(), next.Listen); closed {
		old.Close()
	}
	opened, err = e.listen(e.life, next)
	if err != nil && closed {
		e.reopenLocal()
	}
	return opened, closed, err
}

// samePort tells whether an address to listen on has the port of another.
func samePort(addr net.Addr, listen string) bool {
	_, port, err := net.SplitHostPort(addr.String())
	_, asked, wrong := net.SplitHostPort(listen)
	return err == nil && wrong == nil && port == asked
}

// reopenLocal opens the listener of the present settings again.
func (e *Engine) reopenLocal() {
	again, err := e.listen(e.life, e.Settings().Tunnel)
	if err != nil {
		e.options.Log.Error("opening the local listener again after another one failed", "error", err)
		return
	}
	e.useLocal(again)
}

// useLocal puts a listener in place of the present one, which lets deliveries
// under way finish.
func (e *Engine) useLocal(opened *tunnel.Tunnel) {
	e.mu.Lock()
	before := e.local
	e.local = opened
	e.mu.Unlock()
	e.serve(opened)
	before.Close()
}
