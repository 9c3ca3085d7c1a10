package tunnel

import (
	"context"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// sshHandshake bounds a handshake with its log-in.
const sshHandshake = 20 * time.Second

// sshSession is one connection to an SSH server with its one forwarding.
type sshSession struct {
	o      SSHOptions
	line   *line
	ctx    context.Context
	cancel context.CancelFunc
	client *ssh.Client
	began  time.Time
	ended  chan *Error
	open   atomic.Int64
	calls  chan ssh.NewChannel // senders that wait to be accepted
	bound  forwarding

	mu      sync.Mutex
	retired bool
	said    string // the last line that the server wrote
	why     *Error // of a link that we cut
}

// forwarding is the request "tcpip-forward" of RFC 4254, 7.1, and of its end.
type forwarding struct {
	Host string
	Port uint32
}

func newSSHSession(l *line, o SSHOptions) *sshSession {
	s := &sshSession{o: o, line: l, began: time.Now(), ended: make(chan *Error, 1), calls: make(chan ssh.NewChannel, maxCalls)}
	s.ctx, s.cancel = context.WithCancel(l.life)
	return s
}

// openSSH connects, logs in and asks for the forwarding.
func openSSH(ctx context.Context, l *line, o SSHOptions) (*sshSession, *Error) {
	s := newSSHSession(l, o)
	attempt, stop := context.WithTimeout(ctx, sshHandshake)
	defer stop()
	why := s.connect(attempt)
	if why == nil {
		why = s.forward(attempt)
	}
	if why == nil {
		why = s.announce(attempt)
	}
	if why != nil {
		s.retire()
		s.hangUp()
		return nil, why
	}
	go s.keepAlive()
	return s, nil
}

func (s *sshSession) connect(ctx context.Context) *Error {
	known, why := openHosts(&s.o)
	if why != nil {
		return why
	}
	keys, why := readLogin(&s.o)
	defer keys.close()
	if why != nil {
		return why
	}
	unhook := context.AfterFunc(ctx, keys.close) // an agent may wait for its user
	defer unhook()
	why = s.logIn(ctx, known, keys)
	for why != nil && known.another() {
		why = s.logIn(ctx, known, keys)
	}
	return why
}

func (s *sshSession) logIn(ctx context.Context, known *hosts, keys *login) *Error {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.o.address)
	if err != nil {
		return s.unreached(err)
	}
	unhook := context.AfterFunc(ctx, func() { _ = conn.Close() })
	config := &ssh.ClientConfig{
		User: s.o.user, Auth: keys.methods(), ClientVersion: "SSH-2.0-Shopbell",
		HostKeyCallback: known.confirm, HostKeyAlgorithms: known.kinds,
		BannerCallback: func(text string) error { s.hear(text); return nil },
	}
	c, channels, requests, err := ssh.NewClientConn(conn, s.o.address, config)
	if err == nil && !unhook() {
		err = ctx.Err()
	}
	if err != nil {
		_ = conn.Close()
		if known.why != nil {
			return known.why
		}
		return s.notIn(err, ctx.Err(), keys)
	}
	s.client = ssh.NewClient(c, channels, requests)
	go s.gather(s.client.HandleChannelOpen("forwarded-tcpip"))
	return nil
}

// forward asks for the forwarding. The library's own listener is too strict for
// public services: it wants calls for exactly the address that was asked for.
func (s *sshSession) forward(ctx context.Context) *Error {
	s.bound = forwarding{s.o.bindHost, s.o.bindPort}
	ok, reply, err := s.request(ctx, "tcpip-forward", ssh.Marshal(s.bound))
	if err != nil {
		return s.unreached(err)
	}
	if !ok {
		return s.notForwarded()
	}
	var port struct{ Port uint32 }
	if s.bound.Port == 0 && ssh.Unmarshal(reply, &port) == nil {
		s.bound.Port = port.Port
	}
	return nil
}

// request asks the server for something and waits for the answer.
func (s *sshSession) request(ctx context.Context, name string, payload []byte) (ok bool, reply []byte, err error) {
	unhook := context.AfterFunc(ctx, func() { _ = s.client.Close() })
	defer unhook()
	ok, reply, err = s.client.SendRequest(name, true, payload)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return ok, reply, err
}

// announce says under which address we are reached.
func (s *sshSession) announce(ctx context.Context) *Error {
	if len(s.o.Domains) > 0 {
		unhook := context.AfterFunc(ctx, func() { _ = s.client.Close() })
		defer unhook()
		return s.listen(ctx)
	}
	switch port := strconv.Itoa(int(s.bound.Port)); {
	case s.o.URL != "" && s.o.bindPort == 0 && s.bound.Port != 0:
		s.show(s.o.URL, "the SSH server chose port "+port+", which is another one each time; set bind to the port that "+s.o.URL+" passes deliveries on to")
	case s.o.URL != "":
		s.show(s.o.URL)
	case s.bound.Port == 0:
		return s.quoting(refuse("Set bind to a port, or url to the public address.", "the SSH server %s did not say on which port it listens", s.o.address))
	default:
		host, _, _ := net.SplitHostPort(s.o.address)
		s.show("http://" + net.JoinHostPort(host, port))
	}
	return nil
}

// show says that we are reached at url, and what users should know of that.
func (s *sshSession) show(url string, notes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.retired {
		return
	}
	s.line.t.board.change(func(st *Status) {
		st.online(url)
		for _, note := range notes {
			st.note(note)
		}
	})
}

// listen shows the address that a service writes, and any later one. It returns
// after the first.
func (s *sshSession) listen(ctx context.Context) *Error {
	shell, err := s.client.NewSession()
	if err != nil {
		return s.unsaid(err)
	}
	out, err := shell.StdoutPipe()
	if err != nil {
		return s.unsaid(err)
	}
	errs, err := shell.StderrPipe()
	if err != nil {
		return s.unsaid(err)
	}
	if s.o.Run != "" {
		err = shell.Start(s.o.Run)
	} else {
		err = shell.Shell()
	}
	if err != nil {
		return s.unsaid(err)
	}
	said := make(chan struct{}, 1)
	hear := func(line string) {
		s.hear(line)
		url := publicURL(line, s.o.Domains)
		if url == "" {
			return
		}
		s.show(url)
		select {
		case said <- struct{}{}:
		default:
		}
	}
	var reading sync.WaitGroup
	reading.Go(func() { eachLine(out, hear) })
	reading.Go(func() { eachLine(errs, hear) })
	ended := make(chan error, 1)
	go func() {
		err := shell.Wait()
		reading.Wait() // its last words may say why
		ended <- err
	}()
	select {
	case <-said:
		return nil
	case <-ctx.Done():
		return s.unsaid(ctx.Err())
	case err := <-ended:
		select {
		case <-said:
			return nil
		default:
			return s.unsaid(err)
		}
	}
}

// hear keeps the last line that a server wrote: it may say why it refuses.
func (s *sshSession) hear(text string) {
	said := plainMessage(escapes.ReplaceAllString(text, ""))
	if said == "" {
		return
	}
	s.o.Log.Debug("the SSH server says", "text", said)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = said
}

func (s *sshSession) over() <-chan *Error { return s.ended }

func (s *sshSession) age() time.Duration { return time.Since(s.began) }

func (s *sshSession) retire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retired = true
}

func (s *sshSession) unbind(limit time.Duration) bool {
	ctx, cancel := context.WithTimeout(s.ctx, limit)
	defer cancel()
	ok, _, err := s.request(ctx, "cancel-tcpip-forward", ssh.Marshal(s.bound))
	return ok && err == nil
}

func (s *sshSession) linger(limit time.Duration) { lingerOver(s.ctx, &s.open, limit) }

func (s *sshSession) hangUp() {
	s.cancel()
	if s.client != nil {
		_ = s.client.Close()
	}
}
