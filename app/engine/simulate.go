package engine

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// Simulation is a wish for deliveries as a provider would send them.
type Simulation struct {
	Provider string
	// Event is one of the provider's SampleEvents; "" is the first.
	Event string
	// Message is an edited sample in place of that of Event; nil takes that.
	Message *signature.Message
	// Endpoint gets it; "" is the provider's first one, or a temporary one with
	// a demo shop. It may be that of another provider.
	Endpoint string
	// URL gets it instead. Endpoint then only tells whose secret signs.
	URL string
	// Spoil makes it wrong; "" leaves it genuine.
	Spoil signature.Spoiling
	// Fresh gives each delivery an id of its own.
	Fresh bool
}

// Simulated is a delivery that is ready to be sent.
type Simulated struct {
	// Message carries its signature.
	Message signature.Message
	// Verdict is what its receiver comes to, if it holds the right secret.
	Verdict signature.Verdict
	// Ways are the spoilings that the provider's scheme allows for it.
	Ways []signature.Spoiling
	// Away tells that it leaves this machine, for Host.
	Away bool
	Host string

	here bool // it goes to our own listener
}

// simulator makes the deliveries of one Simulation.
type simulator struct {
	engine   *Engine
	wish     Simulation
	provider providers.Provider
	endpoint inspector.Endpoint
	made     providers.Simulation // but for its time
}

// simulator finds out once where the deliveries go and what signs them.
func (e *Engine) simulator(s Simulation) (*simulator, error) {
	p, ok := e.Catalog().Get(s.Provider)
	if !ok {
		return nil, fmt.Errorf("send a sample of %q: the catalogue has no such provider", s.Provider)
	}
	m := &simulator{engine: e, wish: s, provider: p, made: providers.Simulation{
		Event: s.Event, Message: s.Message, URL: s.URL, Spoil: s.Spoil, Fresh: s.Fresh,
	}}
	var err error
	if s.URL == "" || s.Endpoint != "" {
		if m.endpoint, err = e.sampleTarget(p, s.Endpoint); err != nil {
			return nil, err
		}
		m.provider = p.WithTolerance(m.endpoint.Tolerance)
	}
	if s.URL == "" {
		m.made.URL = strings.TrimSuffix(e.Tunnel().URL, "/") + m.endpoint.Path
	}
	return m, m.keys()
}

// keys finds what signs and what verifies.
func (m *simulator) keys() (err error) {
	if m.endpoint.Name == "" {
		m.made.Secret, m.made.Verifies, err = m.provider.SampleKeys()
		return err
	}
	if m.made.Secret, err = m.engine.sampleSigner(m.provider, m.endpoint); err != nil {
		return err
	}
	if len(m.endpoint.Secrets) > 0 {
		m.made.Verifies = m.endpoint.Secrets[0]
	}
	return nil
}

// next makes one delivery, signed just now. Its verdict is that of the endpoint
// which gets it; of an address elsewhere, that of the right secret.
func (m *simulator) next() (Simulated, error) {
	made := m.made
	made.Now = m.engine.options.Now()
	msg, err := m.provider.Simulate(made)
	if err != nil {
		return Simulated{}, fmt.Errorf("send a sample: %w", err)
	}
	out := Simulated{Message: msg, here: m.wish.URL == ""}
	if out.here {
		out.Verdict = m.engine.inspect.Judge(m.endpoint.Name, msg)
		return out, nil
	}
	out.Host, out.Away = Away(m.wish.URL)
	verifies := made.Verifies
	if verifies.Value() == "" {
		verifies = made.Secret
	}
	out.Verdict = m.provider.Judge(msg, []signature.Secret{verifies}, made.Now)
	return out, nil
}

// Simulate makes the delivery that s asks for, and tells what will become of
// it. Nothing is sent. It may make the temporary endpoint that gets it.
func (e *Engine) Simulate(s Simulation) (Simulated, error) {
	m, err := e.simulator(s)
	if err != nil {
		return Simulated{}, err
	}
	out, err := m.next()
	made := m.made
	made.Now = e.options.Now()
	out.Ways = m.provider.Spoilings(made)
	return out, err
}

// sendOne sends one delivery and returns it with the status that the sender saw.
func (e *Engine) sendOne(ctx context.Context, s Simulation) (sent signature.Message, status int, err error) {
	m, err := e.simulator(s)
	if err != nil {
		return sent, 0, err
	}
	made, err := m.next()
	if err != nil {
		return sent, 0, err
	}
	p, err := e.newPoster(s.URL != "")
	if err != nil {
		return sent, 0, err
	}
	defer p.close()
	status, err = p.post(ctx, made)
	return made.Message, status, err
}

// SimulateMany sends n deliveries, rate a second, and tells how it goes. It ends
// with ctx; what was sent until then counts.
func (e *Engine) SimulateMany(ctx context.Context, s Simulation, n int, rate float64, progress func(Tally)) (Tally, error) {
	m, err := e.simulator(s)
	if err != nil {
		return Tally{}, err
	}
	p, err := e.newPoster(s.URL != "")
	if err != nil {
		return Tally{}, err
	}
	defer p.close()
	return Volley{Count: n, Rate: rate, Progress: progress}.Send(ctx, func(ctx context.Context) Shot {
		made, err := m.next()
		if err != nil {
			return Shot{Err: err}
		}
		status, err := p.post(ctx, made)
		return Shot{Outcome: made.Verdict.Outcome, Status: status, Err: err}
	})
}

// Away tells which host an address names, and whether that is not this
// machine as far as its name tells.
func Away(address string) (host string, away bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", true
	}
	name := u.Hostname()
	if ip := net.ParseIP(name); ip != nil {
		return u.Host, !ip.IsLoopback()
	}
	return u.Host, name != "localhost" && !strings.HasSuffix(name, ".localhost")
}
