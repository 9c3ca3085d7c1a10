package tunneltest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const region = "loopback"

// bind is an endpoint that is online.
type bind struct {
	link      *link
	id        string
	token     string
	url, host string
	transport *http.Transport // to the agent
	turns     chan struct{}   // holds one value for each request under way
}

// auth answers a log-in.
func (e *Edge) auth(q authRequest) authReply {
	e.mu.Lock()
	defer e.mu.Unlock()
	token := q.Extra.Authtoken
	code, known := e.tokens[token]
	if !known {
		code = "ERR_NGROK_105"
	}
	if code != "" {
		e.counts.Refused++
		return authReply{Version: "3", Error: refusalText(code,
			"The authtoken you specified was refused.\nYour authtoken: "+token)}
	}
	e.counts.Auths++
	e.serial++
	// The real service gives a ClientId too. The SDK then swaps its logger while
	// its heartbeat goroutine may read it; when a connection drops before its
	// first heartbeat that is a data race, and it would fail the tests of
	// everybody who drops connections with the race detector on. Nothing here
	// needs the id: the endpoint is known again by the bind's token.
	return authReply{Version: "3", Extra: authExtra{
		Version: "1", Region: region, Cookie: fmt.Sprintf("cookie%d", e.serial), AccountName: "Loopback",
		PlanName: "Test", AgentSessionID: fmt.Sprintf("ts_%d", e.serial),
	}}
}

// bind answers a request to be online.
func (e *Edge) bind(k *link, q bindRequest) bindReply {
	e.mu.Lock()
	defer e.mu.Unlock()
	reply := bindReply{Id: q.Id, Proto: q.Proto}
	if e.refusals > 0 {
		e.refusals--
		reply.Error = refusalText(e.refusal, "The bind was refused.")
		return reply
	}
	address := e.address(q)
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		reply.Error = refusalText("ERR_NGROK_9037", "The URL "+address+" is not valid.")
		return reply
	}
	host := strings.ToLower(u.Hostname())
	old := e.binds[host]
	if e.held[host] || old != nil && (q.Extra.Token == "" || old.token != q.Extra.Token) {
		reply.Error = refusalText("ERR_NGROK_334", "The endpoint '"+address+"' is already online.")
		return reply
	}
	e.online(k, q, host, address, &reply)
	return reply
}

// online puts an endpoint into the table and fills the reply.
func (e *Edge) online(k *link, q bindRequest, host, address string, reply *bindReply) {
	e.serial++
	e.counts.Binds++
	if q.Extra.Token != "" {
		e.counts.Rebinds++
	}
	if reply.Id == "" {
		reply.Id = fmt.Sprintf("bind%d", e.serial)
	}
	reply.URL = address
	reply.Extra.Token = "token-" + host
	reply.Extra.TunnelID = fmt.Sprintf("tn_%d", e.serial)
	b := &bind{link: k, id: reply.Id, token: reply.Extra.Token, url: address, host: host, turns: make(chan struct{}, atOnce)}
	b.transport = e.newTransport(b)
	e.binds[host] = b
}

// address is what a bind asked for; else what the test wants given; else what
// the same endpoint had before the reconnect; else a new one.
func (e *Edge) address(q bindRequest) string {
	switch {
	case q.Opts.URL != "":
		return strings.TrimSuffix(q.Opts.URL, "/")
	case q.Opts.Domain != "":
		return "https://" + q.Opts.Domain
	case q.Opts.Hostname != "":
		return "https://" + q.Opts.Hostname
	case e.nextURL != "":
		url := e.nextURL
		e.nextURL = ""
		return url
	case strings.HasPrefix(q.Extra.Token, "token-"):
		return "https://" + strings.TrimPrefix(q.Extra.Token, "token-")
	}
	return fmt.Sprintf("https://bell-%d.ngrok.test", e.serial+1)
}

// unbind takes an endpoint down.
func (e *Edge) unbind(k *link, q unbindRequest) errorReply {
	e.mu.Lock()
	defer e.mu.Unlock()
	for host, b := range e.binds {
		if b.link == k && b.id == q.Id {
			delete(e.binds, host)
			e.counts.Unbinds++
			return errorReply{}
		}
	}
	return errorReply{Error: "no such endpoint: " + q.Id}
}

// forget takes down what a lost agent had.
func (e *Edge) forget(k *link) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.links, k)
	for host, b := range e.binds {
		if b.link == k {
			delete(e.binds, host)
		}
	}
}
