package console

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
)

// demoWithin bounds the whole demo; it takes a second or two.
const demoWithin = time.Minute

type demoCommand struct {
	JSON bool `help:"Print one JSON object per line."`
}

// Run does the whole job on this machine, with real parts in a folder that is
// removed afterwards. It is good only if everything came out as expected.
func (c *demoCommand) Run(s *session) (err error) {
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	samples, err := inspectortest.Samples(catalog, s.now())
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "shopbell-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx, cancel := context.WithTimeout(s.ctx, demoWithin)
	defer cancel()
	rows, err := c.deliver(ctx, s, catalog, samples, dir)
	if err != nil {
		return err
	}
	stored, err := reread(ctx, s, dir, rows)
	if err != nil {
		return err
	}
	return c.print(s, rows, stored)
}

// deliver starts shop and engine, sends the samples one after the other and
// closes everything again.
func (c *demoCommand) deliver(ctx context.Context, s *session, catalog providers.Catalog, samples []inspectortest.Sample, dir string) (rows []demoRow, err error) {
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, shop.Close()) }()
	chosen, vault, err := demoSettings(catalog, shop.URL().String())
	if err != nil {
		return nil, err
	}
	running, err := engine.Start(ctx, engine.Options{Settings: chosen, DataDir: dir, Catalog: catalog, Vault: vault, Now: s.now})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, running.Close()) }()
	for _, sample := range samples {
		before := len(shop.Requests())
		reply, err := inspectortest.Send(ctx, running.Tunnel().URL, sample.Message)
		if err != nil {
			return nil, err
		}
		capture, err := newest(ctx, running.Store())
		if err != nil {
			return nil, err
		}
		rows = append(rows, demoRow{sample, reply.Status, len(shop.Requests()) - before, capture})
	}
	return rows, nil
}

// demoSettings have an endpoint for each seed provider. The secrets are those
// of the catalogue's examples, handed over as if by the environment.
func demoSettings(catalog providers.Catalog, shop string) (settings.Settings, settings.Vault, error) {
	endpoints, err := inspectortest.Endpoints(catalog)
	if err != nil {
		return settings.Settings{}, settings.Vault{}, err
	}
	chosen, vault := settings.Default(), settings.Vault{}
	chosen.Tunnel = settings.Tunnel{Kind: "local", Listen: "127.0.0.1:0"}
	chosen.Shop.URL = shop
	for i, e := range endpoints {
		made := settings.Endpoint{Name: e.Name, Provider: e.Provider, Path: e.Path, Answer: "shop", Unverified: "hold"}
		for j, secret := range e.Secrets {
			name := fmt.Sprintf("DEMO_%d_%d", i, j)
			vault.Env = append(vault.Env, name+"="+secret.Value())
			made.Secrets = append(made.Secrets, settings.Reference("env:"+name))
		}
		chosen.Endpoints = append(chosen.Endpoints, made)
	}
	return chosen, vault, settings.Check(chosen, catalog)
}

// newest returns the capture that was kept last, with its delivery.
func newest(ctx context.Context, store inspector.Store) (inspector.Capture, error) {
	if err := store.Sync(ctx); err != nil {
		return inspector.Capture{}, err
	}
	page, err := store.Page(ctx, inspector.Query{}, ulid.ULID{}, 1)
	if err != nil || len(page) == 0 {
		return inspector.Capture{}, errors.Join(err, errors.New("reading the newest capture: expected one, got none"))
	}
	return store.Get(ctx, page[0].ID)
}

// reread opens the store again and returns how many of the rows it holds, each
// with its verdict and its deliveries.
func reread(ctx context.Context, s *session, dir string, rows []demoRow) (count int, err error) {
	store, err := badgerstore.Open(badgerstore.Options{Dir: engine.StoreDir(dir), Now: s.now, Log: s.log()})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for _, row := range rows {
		kept, err := store.Get(ctx, row.capture.ID)
		if errors.Is(err, inspector.ErrNotFound) {
			continue
		}
		if err != nil {
			return count, err
		}
		if kept.Outcome == row.capture.Outcome && len(kept.Deliveries) == len(row.capture.Deliveries) {
			count++
		}
	}
	return count, nil
}
