package tunneltest

import (
	"fmt"
	"net"
	"sort"
	"time"

	"golang.ngrok.com/muxado/v2"
)

// Counts returns what agents did so far.
func (e *Edge) Counts() Counts {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.counts
}

// Online returns the URLs that are bound, in order.
func (e *Edge) Online() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	urls := []string{}
	for _, b := range e.binds {
		urls = append(urls, b.url)
	}
	sort.Strings(urls)
	return urls
}

// Accept lets agents log in with token. All others but Token are refused with
// ERR_NGROK_105, and the message repeats the token as the real service does.
func (e *Edge) Accept(token string) { e.RefuseToken(token, "") }

// Revoke refuses token from now on with ERR_NGROK_107. Sessions go on until
// Drop.
func (e *Edge) Revoke(token string) { e.RefuseToken(token, "ERR_NGROK_107") }

// RefuseToken refuses log-ins of token with code; "" accepts it.
func (e *Edge) RefuseToken(token, code string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tokens[token] = code
}

// RefuseBinds refuses the next n binds with code.
func (e *Edge) RefuseBinds(n int, code string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.refusals, e.refusal = n, code
}

// Hold lets somebody else be online at host: binds of it get ERR_NGROK_334.
func (e *Edge) Hold(host string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.held[host] = true
}

// Release ends Hold.
func (e *Edge) Release(host string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.held, host)
}

// GiveURL is the address of the next bind that asks for none, a reconnect's too.
func (e *Edge) GiveURL(url string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.nextURL = url
}

// Drop cuts every agent's TCP connection. Agents may come back at once.
func (e *Edge) Drop() {
	for _, k := range e.present() {
		k.cut()
	}
}

// Silence keeps the agents' connections open and says nothing on them any more,
// as a sleeping laptop's router does.
func (e *Edge) Silence() {
	for _, k := range e.present() {
		k.gate.shut()
	}
}

// GoAway tells the agents to open nothing new, and leaves the connections open.
// It returns how many were told.
func (e *Edge) GoAway() int {
	told := 0
	for _, k := range e.present() {
		away, ok := k.mux.(goAwayer)
		if ok && away.GoAway(muxado.NoError, []byte("the edge restarts"), time.Now().Add(time.Second)) == nil {
			told++
		}
	}
	return told
}

// goAwayer is the part of a muxado session that its interface leaves out.
type goAwayer interface {
	GoAway(muxado.ErrorCode, []byte, time.Time) error
}

// StopTunnels takes every endpoint down and leaves the sessions open, as the
// dashboard does.
func (e *Edge) StopTunnels(code, message string) {
	e.mu.Lock()
	stopped := make([]*bind, 0, len(e.binds))
	for host, b := range e.binds {
		delete(e.binds, host)
		stopped = append(stopped, b)
	}
	e.mu.Unlock()
	for _, b := range stopped {
		b.link.stopTunnel(b.id, code, message)
	}
}

// Down cuts all agents and refuses connections until Up.
func (e *Edge) Down() {
	e.mu.Lock()
	l := e.agents
	e.agents = nil
	e.mu.Unlock()
	if l != nil {
		_ = l.Close()
	}
	e.Drop()
}

// Up listens again, at the same address.
func (e *Edge) Up() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.agents != nil || e.closed {
		return nil
	}
	l, err := net.Listen("tcp", e.addr)
	if err != nil {
		return fmt.Errorf("open the agents' side: %w", err)
	}
	e.agents, e.addr = l, l.Addr().String()
	go e.listen(l)
	return nil
}

func (e *Edge) present() []*link {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]*link, 0, len(e.links))
	for k := range e.links {
		list = append(list, k)
	}
	return list
}
