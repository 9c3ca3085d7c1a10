package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"shopbell/app/settings"
	"shopbell/providers/signature"
)

// ErrNotFixable is what ApplyFix answers for a remedy that only a person can
// carry out: at the provider, in a file, or in the environment.
var ErrNotFixable = errors.New("only a person can do that")

// remedy is what a fix comes to: an endpoint that changes, or a secret of the
// keyring that is written anew.
type remedy struct {
	endpoint settings.Endpoint
	mends    settings.Reference // "" for none
}

// Fixable tells whether ApplyFix can carry out fix at the endpoint of that
// name. It looks at the settings only, so it may be asked for each screen.
func (e *Engine) Fixable(endpoint string, fix signature.Fix) bool {
	_, err := e.remedy(e.Settings(), endpoint, fix)
	return err == nil
}

// ApplyFix carries out what a diagnosis proposes for the endpoint of that name
// and judges its kept captures again; it returns how many outcomes changed. The
// error wraps ErrNotFixable, ErrNoEndpoint, or what failed; then neither
// settings nor secrets have changed.
func (e *Engine) ApplyFix(ctx context.Context, endpoint string, fix signature.Fix) (changed int, err error) {
	e.editing.Lock()
	defer e.editing.Unlock()
	r, err := e.remedy(e.Settings(), endpoint, fix)
	if err == nil && r.mends != "" {
		changed, err = e.mend(ctx, r.mends, fix)
	} else if err == nil {
		changed, err = e.replace(ctx, r.endpoint)
	}
	if err != nil {
		return changed, fmt.Errorf("fix endpoint %q: %w", endpoint, err)
	}
	return changed, nil
}

// remedy finds out what fix comes to, without reading a secret.
func (e *Engine) remedy(s settings.Settings, endpoint string, fix signature.Fix) (remedy, error) {
	i := indexOf(s.Endpoints, endpoint)
	if i < 0 {
		return remedy{}, ErrNoEndpoint
	}
	r := remedy{endpoint: s.Endpoints[i]}
	switch fix.Kind {
	case signature.UseSecret:
		return r.withSecretOf(s, fix)
	case signature.TrimSecret, signature.StripSecret, signature.PrefixSecret, signature.EncodeSecret:
		ref := settings.Reference(fix.Secret)
		if store, _ := ref.Store(); store != "keyring" || !slices.Contains(r.endpoint.Secrets, ref) {
			return r, fmt.Errorf("write the secret %q anew: it is none of this endpoint in the keyring: %w", fix.Secret, ErrNotFixable)
		}
		r.mends = ref
	case signature.ChangeProvider:
		if _, known := e.Catalog().Get(fix.Provider); !known || r.endpoint.Provider == "" {
			return r, fmt.Errorf("make %q its provider: %w", fix.Provider, ErrNotFixable)
		}
		r.endpoint.Provider = fix.Provider
	case signature.WidenTolerance:
		if fix.Tolerance <= 0 {
			return r, fmt.Errorf("allow %d seconds, expected at least 1: %w", fix.Tolerance, ErrNotFixable)
		}
		r.endpoint.Tolerance = time.Duration(fix.Tolerance) * time.Second
	default:
		return r, fmt.Errorf("do %q: %w", fix.Kind, ErrNotFixable)
	}
	return r, nil
}

// withSecretOf gives the endpoint the secret of another one, by its reference.
// It takes the place of the only one; with several, those stay behind it.
func (r remedy) withSecretOf(s settings.Settings, fix signature.Fix) (remedy, error) {
	ref := settings.Reference(fix.Secret)
	i := indexOf(s.Endpoints, fix.Endpoint)
	if i < 0 || !slices.Contains(s.Endpoints[i].Secrets, ref) {
		return r, fmt.Errorf("use the secret %q of endpoint %q: the settings do not name it: %w", fix.Secret, fix.Endpoint, ErrNotFixable)
	}
	others := slices.DeleteFunc(slices.Clone(r.endpoint.Secrets), func(own settings.Reference) bool { return own == ref })
	if len(r.endpoint.Secrets) < 2 {
		others = nil
	}
	r.endpoint.Secrets = append([]settings.Reference{ref}, others...)
	return r, nil
}

// replace puts ep in force in place of the endpoint of its name; the caller
// holds e.editing.
func (e *Engine) replace(ctx context.Context, ep settings.Endpoint) (int, error) {
	next := withEndpoint(e.Settings(), ep.Name, ep)
	if err := e.apply(next, func(f *settings.File) error { return f.PutEndpoint(ep.Name, ep) }); err != nil {
		return 0, err
	}
	return e.rejudge(ctx, ep.Name)
}

// mend writes a secret of the keyring anew, for every endpoint that has it.
func (e *Engine) mend(ctx context.Context, ref settings.Reference, fix signature.Fix) (int, error) {
	secret, err := e.vault().Resolve(ref)
	if err != nil {
		return 0, err
	}
	text, better := fix.Mend(secret.Value())
	if !better {
		return 0, fmt.Errorf("write the secret %q anew: that would not change it", ref)
	}
	_, name := ref.Store()
	undo, err := e.keep(name, text)
	if err != nil {
		return 0, err
	}
	same := e.Settings()
	if err := e.apply(same, nil); err != nil {
		return 0, errors.Join(err, undo())
	}
	var names []string
	for _, ep := range same.Endpoints {
		if slices.Contains(ep.Secrets, ref) {
			names = append(names, ep.Name)
		}
	}
	return e.rejudge(ctx, names...)
}

// keep puts a secret into the keyring; undo makes the entry what it was.
func (e *Engine) keep(name, value string) (undo func() error, err error) {
	before, missing := e.vault().Resolve(settings.Reference("keyring:" + name))
	if _, err := e.vault().Put(name, value); err != nil {
		return nil, err
	}
	return func() error {
		if missing != nil {
			return e.vault().Remove(name)
		}
		_, err := e.vault().Put(name, before.Value())
		return err
	}, nil
}

// rejudge judges the kept captures of endpoints again.
func (e *Engine) rejudge(ctx context.Context, names ...string) (changed int, err error) {
	defer e.feed.Changed()
	for _, name := range names {
		n, failed := e.inspect.Rejudge(ctx, name)
		changed, err = changed+n, errors.Join(err, failed)
	}
	return changed, err
}
