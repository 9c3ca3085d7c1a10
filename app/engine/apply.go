package engine

import (
	"context"
	"net/url"
	"slices"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/tunnel"
)

// Change changes keys of the config file and puts them in force: all of them
// or, after an error, none. token, unless empty, is kept as the ngrok token; a
// reference to one is only written down.
func (e *Engine) Change(ctx context.Context, token string, changes ...settings.Change) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	if token == "" {
		return e.change(ctx, changes)
	}
	ref, undo, err := e.takeToken(changes, token)
	if err != nil {
		return err
	}
	before := e.Settings().Tunnel
	changes = append(slices.Clip(changes), settings.Change{Table: "tunnel", Key: "authtoken", Value: string(ref)})
	if err := e.change(ctx, changes); err != nil {
		undo()
		return err
	}
	if now := e.Settings().Tunnel; now == before && now.Kind == string(tunnel.KindNgrok) {
		e.tuneSoon() // another token at the same place
	}
	return nil
}

// takeToken keeps a token, once it is known that the changes beside it are
// right; undo makes its place in the keyring what it was.
func (e *Engine) takeToken(changes []settings.Change, token string) (settings.Reference, func(), error) {
	if _, err := e.Settings().With(e.Catalog(), changes...); err != nil {
		return "", nil, err
	}
	if settings.MeansReference(token) {
		ref, err := settings.ParseReference(token)
		return ref, func() {}, err
	}
	undo, err := e.keep(tokenName, token)
	return settings.Reference("keyring:" + tokenName), func() {
		if err := undo(); err != nil {
			e.options.Log.Error("putting the ngrok token before back into the keyring", "error", err)
		}
	}, err
}

func (e *Engine) change(ctx context.Context, changes []settings.Change) error {
	next, err := e.Settings().With(e.Catalog(), changes...)
	if err != nil {
		return err
	}
	return e.replaceAll(ctx, next, func(f *settings.File) error { return f.Change(changes...) })
}

// replaceAll is apply with what follows from it: the public tunnel is opened
// anew if its keys changed, and captures whose judgement changes are judged
// again; both go on afterwards. The caller holds e.editing.
func (e *Engine) replaceAll(ctx context.Context, next settings.Settings, write func(*settings.File) error) error {
	before := e.Settings()
	if err := e.settlePaths(ctx, &next); err != nil {
		return err
	}
	if err := e.apply(next, write); err != nil {
		return err
	}
	e.retune(before.Tunnel, next.Tunnel)
	if before.Shop != next.Shop {
		e.run(e.checkShop)
	}
	e.rejudgeSoon(judgedOtherwise(before, next))
	return nil
}

// ready is what can fail of putting settings in force, done beforehand.
type ready struct {
	shop      *url.URL
	endpoints []inspector.Endpoint
	problems  []string
	local     *tunnel.Tunnel // nil: the present one stays
	closed    bool           // the present one made room for it
}

// apply checks next, writes the file, and only then lets it hold; nil for write
// writes nothing. The public tunnel is left alone. The caller holds e.editing.
func (e *Engine) apply(next settings.Settings, write func(*settings.File) error) error {
	r, err := e.prepare(next)
	if err != nil {
		return err
	}
	if write != nil {
		if err := e.write(write); err != nil {
			return e.takeBack(r, err)
		}
	}
	if err := e.inspect.Configure(r.shop, r.endpoints); err != nil {
		return e.takeBack(r, err)
	}
	e.hold(next, r)
	return nil
}

func (e *Engine) prepare(next settings.Settings) (ready, error) {
	var r ready
	err := settings.Check(next, e.Catalog())
	if err != nil {
		return r, err
	}
	if err := e.checkSearches(next); err != nil {
		return r, err
	}
	if r.endpoints, r.problems, err = e.resolve(next); err != nil {
		return r, err
	}
	if r.shop, err = shopAddress(next); err != nil {
		return r, err
	}
	if err := e.inspect.Try(r.shop, r.endpoints); err != nil {
		return r, err
	}
	if now := e.Settings().Tunnel; now.Listen != next.Tunnel.Listen || now.HTTPS != next.Tunnel.HTTPS {
		r.local, r.closed, err = e.moveLocal(now, next.Tunnel)
	}
	return r, err
}

// takeBack undoes what prepare opened and returns why.
func (e *Engine) takeBack(r ready, why error) error {
	if r.local != nil {
		r.local.Close()
	}
	if r.closed {
		e.reopenLocal()
	}
	return why
}

// hold lets settings hold whose endpoints the inspector has.
func (e *Engine) hold(next settings.Settings, r ready) {
	e.inspect.SetLimits(next.Limits.Body, next.Limits.Wait)
	before := e.Settings()
	if before.Keep.Days != next.Keep.Days || before.Keep.Size != next.Keep.Size {
		e.store.Limit(next.Keep.Days, next.Keep.Size)
	}
	if r.local != nil {
		e.useLocal(r.local)
	}
	e.mu.Lock()
	e.chosen, e.problems = next, r.problems
	e.mu.Unlock()
	e.feed.Changed()
}

// judgedOtherwise names the endpoints of next whose kept captures may get
// another verdict than before.
func judgedOtherwise(before, next settings.Settings) []string {
	var names []string
	for _, ep := range next.Endpoints {
		i := indexOf(before.Endpoints, ep.Name)
		if i < 0 {
			continue
		}
		old := before.Endpoints[i]
		if old.Provider != ep.Provider || old.Tolerance != ep.Tolerance || !slices.Equal(old.Secrets, ep.Secrets) {
			names = append(names, ep.Name)
		}
	}
	return names
}

// rejudgeSoon judges the captures of endpoints again, in the background. A
// later call breaks off one under way and does its endpoints too: their
// settings may be old by then.
func (e *Engine) rejudgeSoon(names []string) {
	if len(names) == 0 {
		return
	}
	a := &e.again
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range names {
		if !slices.Contains(a.names, name) {
			a.names = append(a.names, name)
		}
	}
	if a.stop != nil {
		a.stop()
	}
	ctx, stop := context.WithCancel(e.life)
	a.stop = stop
	e.run(func() { e.rejudgeWaiting(ctx) })
}

func (e *Engine) rejudgeWaiting(ctx context.Context) {
	a := &e.again
	a.running.Lock()
	defer a.running.Unlock()
	a.mu.Lock()
	names := slices.Clone(a.names)
	a.mu.Unlock()
	for _, name := range names {
		if ctx.Err() != nil || e.pathOf(name) == "" {
			continue // the next call has it, or nobody does
		}
		if _, err := e.rejudge(ctx, name); err != nil && ctx.Err() == nil {
			e.options.Log.Warn("judging captures again after a change of the settings", "endpoint", name, "error", err)
		}
	}
	if ctx.Err() == nil {
		a.mu.Lock()
		a.names = slices.DeleteFunc(a.names, func(name string) bool { return slices.Contains(names, name) })
		a.mu.Unlock()
	}
}
