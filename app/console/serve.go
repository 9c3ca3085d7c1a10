package console

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/app/settings"
	"shopbell/tunnel"
)

type serveCommand struct {
	Tunnel     string   `help:"How to be reached: local, ngrok, ssh." placeholder:"KIND"`
	Domain     string   `help:"Your stable ngrok domain." placeholder:"NAME"`
	SSH        sshFlags `embed:""`
	Listen     string   `help:"Address of the local tunnel, for example 127.0.0.1:8443." placeholder:"ADDR"`
	Shop       string   `help:"Where deliveries go; http://localhost:8080 when nothing is said." placeholder:"URL"`
	Endpoint   []string `help:"Add an endpoint for a provider, with where its secret is: env:NAME, file:PATH or keyring:NAME. May be repeated." placeholder:"PROVIDER[=SECRET-REF]" sep:"none"`
	Forward    string   `help:"Path at the shop for the endpoints of --endpoint; as received when left out." placeholder:"PATH"`
	Answer     string   `help:"Who answers for the endpoints of --endpoint: shop, or accept at once." placeholder:"shop|accept"`
	Unverified string   `help:"What becomes of a delivery that does not verify at the endpoints of --endpoint: hold, or forward." placeholder:"hold|forward"`
	JSON       bool     `help:"Print one JSON object per line."`

	added []settings.Endpoint // of --endpoint, with their paths
}

// Run receives deliveries until it is interrupted.
func (c *serveCommand) Run(s *session) error {
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	chosen, err := c.settings(s, catalog)
	if err != nil {
		return err
	}
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	file, _, err := s.configFile()
	if err != nil {
		return err
	}
	// What is kept from here on is printed, what was kept before is not.
	began := s.now()
	running, err := engine.Start(s.ctx, engine.Options{
		Settings: chosen, File: file, DataDir: dir, Catalog: catalog, OwnProviders: engine.OwnProviders(file),
		Vault: s.vault(), Log: s.log(), Now: s.now, Lay: c.again(s), Given: c.given(),
	})
	if err != nil {
		return err
	}
	return c.serve(s, running, dir, began)
}

// serve prints what running receives until ctx ends, then closes it.
func (c *serveCommand) serve(s *session, running *engine.Engine, dir string, began time.Time) error {
	if err := online(s, running); err != nil {
		return errors.Join(err, running.Close())
	}
	// The API outlives the interrupt: it ends after the last delivery.
	api, err := localapi.Serve(context.WithoutCancel(s.ctx), running, dir, s.log())
	if err != nil {
		return errors.Join(err, running.Close())
	}
	c.ready(s, running, api.URL())
	start := since(began)
	f := feed{store: running.Store(), print: records{s.out, c.JSON}, capture: start, delivery: start}
	printed := c.feed(s, running, &f)
	return errors.Join(printed, api.Close(), running.Close())
}

// unreadPatience is how long the end waits for someone to read the last lines.
const unreadPatience = 2 * time.Second

// feed prints until s.ctx ends, lets deliveries under way finish, and prints
// those. A reader of the output that is stuck does not keep it from ending.
func (c *serveCommand) feed(s *session, running *engine.Engine, f *feed) error {
	wake, unsubscribe := running.Subscribe()
	defer unsubscribe()
	ctx, last := context.WithCancel(context.WithoutCancel(s.ctx))
	defer last()
	printed := make(chan error, 1)
	tunnel, file := talkOfTunnel(s, running), talkOfFile(s, running)
	go func() { printed <- f.run(ctx, wake, func() { tunnel(); file() }) }()
	select {
	case err := <-printed:
		return err // the output or the store failed
	case <-s.ctx.Done():
	}
	if err := running.Inspector().Close(); err != nil {
		return err
	}
	if err := running.Store().Sync(ctx); err != nil {
		return err
	}
	last()
	select {
	case err := <-printed:
		return err
	case <-time.After(unreadPatience):
		s.err.line("shopbell: nobody reads the output; \"shopbell list\" has what was not printed")
		return nil
	}
}

// talkOfTunnel returns what says when the state of the tunnel has changed.
func talkOfTunnel(s *session, running *engine.Engine) func() {
	said := func(t tunnel.Status) string { return fmt.Sprintln(t.Kind, t.State, t.URL) }
	before := said(running.Tunnel())
	return func() {
		now := running.Tunnel()
		if said(now) == before || s.ctx.Err() != nil {
			return // at the end the tunnel is closed because we close it
		}
		before = said(now)
		s.err.line(strings.TrimSpace(fmt.Sprintf("tunnel is %s %s", now.State, clean(now.URL))))
		tunnelTalk(s, now)
	}
}

// talkOfFile returns what says when a changed settings file was put in force.
// What is wrong with one is in the log.
func talkOfFile(s *session, running *engine.Engine) func() {
	before, _ := running.FileState()
	return func() {
		if now, _ := running.FileState(); now != before {
			before = now
			s.err.line("shopbell: the settings were read again and hold: " + clean(running.File()))
		}
	}
}

// since is the lowest id of a time; ids rise with time.
func since(t time.Time) ulid.ULID {
	var id ulid.ULID
	_ = id.SetTime(ulid.Timestamp(t)) // fails only after the year 10889
	return id
}
