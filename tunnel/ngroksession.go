package tunnel

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.ngrok.com/ngrok/v2"
)

// session is one agent of ngrok's library with its one endpoint. The library
// reconnects it after a loss; the events it sends make the status.
type session struct {
	o        NgrokOptions
	line     *line
	ctx      context.Context // the session's life, not a limit on connecting
	cancel   context.CancelFunc
	agent    ngrok.Agent
	listener ngrok.EndpointListener
	tap      *tap
	began    time.Time
	ended    chan *Error // why the library stopped giving connections
	open     atomic.Int64

	mu        sync.Mutex
	asking    bool // a log-in or a bind is under way
	ending    bool // and nothing more is to be asked
	connected bool
	bound     bool
	retired   bool
	binds     int // of tap, at the last connect
	why       *Error
}

// askLimit is how long a session that is to end waits for the answer to what it
// asked.
const askLimit = 2 * time.Second

// openSession connects and binds. ctx bounds only this. The library retries
// everything for ever, a wrong token too, so the first answer with a code ends
// the attempt.
func openSession(ctx context.Context, l *line, o NgrokOptions) (*session, *Error) {
	s := &session{o: o, line: l, tap: newTap(o.Log, o.Authtoken), began: time.Now(), ended: make(chan *Error, 1)}
	s.ctx, s.cancel = context.WithCancel(l.life)
	unhook := context.AfterFunc(ctx, s.breakOff)
	err := s.connect()
	if err == nil && !unhook() {
		err = ctx.Err()
	}
	if err == nil {
		s.bind()
		return s, nil
	}
	unhook()
	s.retire()
	why := s.reason(err, ctx.Err())
	go s.hangUp()
	return nil, why
}

func (s *session) connect() error {
	agent, err := ngrok.NewAgent(s.options()...)
	if err != nil {
		return err
	}
	s.agent = agent
	if err := agent.Connect(s.ctx); err != nil {
		return err
	}
	s.greet()
	if !s.ask() {
		return context.Canceled
	}
	defer s.answered()
	var endpoint []ngrok.EndpointOption
	if s.o.Domain != "" {
		endpoint = append(endpoint, ngrok.WithURL("https://"+s.o.Domain))
	}
	s.listener, err = agent.Listen(s.ctx, endpoint...)
	return err
}

func (s *session) options() []ngrok.AgentOption {
	o := s.o
	list := []ngrok.AgentOption{
		ngrok.WithAuthtoken(o.Authtoken),
		ngrok.WithLogger(s.tap.logger()),
		ngrok.WithDialer(&askingDialer{session: s}),
		ngrok.WithEventHandler(s.hear),
	}
	if o.ConnectURL != "" {
		list = append(list, ngrok.WithAgentConnectURL(o.ConnectURL))
	}
	if o.CAs != nil {
		list = append(list, ngrok.WithAgentConnectCAs(o.CAs))
	}
	if o.HeartbeatInterval > 0 {
		list = append(list, ngrok.WithHeartbeatInterval(o.HeartbeatInterval))
	}
	if o.HeartbeatTimeout > 0 {
		list = append(list, ngrok.WithHeartbeatTolerance(o.HeartbeatTimeout))
	}
	return list
}

// ask tells whether the service may be asked for something.
func (s *session) ask() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asking = !s.ending
	return s.asking
}

func (s *session) answered() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asking = false
}

// finish lets nothing more be asked, and waits for what is being answered. The
// library writes a request on another goroutine, and a session that ends under
// it makes the library use the request's memory again while that still reads it.
func (s *session) finish() {
	asking := func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ending = true
		return s.asking
	}
	for end := time.Now().Add(askLimit); asking() && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
}

// breakOff ends an attempt to come online.
func (s *session) breakOff() {
	s.finish()
	s.cancel()
}

// greet notes whom the service took us for.
func (s *session) greet() {
	got, err := s.agent.Session()
	if err != nil {
		return
	}
	if d, ok := got.(ngrok.AgentSessionDetails); ok {
		s.line.t.board.change(func(st *Status) {
			st.Account, st.Plan, st.Region = clip(d.AccountName()), clip(d.PlanName()), clip(d.Region())
		})
	}
}

// hear gets the library's events on its own goroutine, so it must not block.
// It must not look into an event's Session either: that races inside the SDK.
func (s *session) hear(event ngrok.Event) {
	switch e := event.(type) {
	case *ngrok.EventAgentConnectSucceeded:
		s.gained()
	case *ngrok.EventAgentDisconnected:
		s.lost(e.Error)
	case *ngrok.EventAgentHeartbeatReceived:
		s.beat(e.Latency)
	}
}

func (s *session) gained() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connected, s.asking = true, false
	if s.bound && !s.retired {
		s.show()
	}
}

// lost is called once per loss and once per failed attempt to come back. A nil
// error says that the library gave up; Accept then fails and line replaces us.
func (s *session) lost(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connected, s.asking = false, false
	if s.retired || s.ending || err == nil || s.ctx.Err() != nil {
		return
	}
	s.why = failure(err, s.o.Authtoken)
	if !s.bound && s.why.Code != "" {
		s.cancel()
		return
	}
	why := s.why
	s.line.t.board.change(func(st *Status) { st.offline(why) })
}

func (s *session) beat(latency time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connected && s.bound && !s.retired {
		s.line.t.board.change(func(st *Status) { st.Latency = latency })
	}
}

// bind is called when the first Listen succeeded.
func (s *session) bind() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bound = true
	if s.connected {
		s.show()
	}
}

// show says that we are online, and where. The library's URL() keeps the first
// address for ever, so the one that the service gave last comes from the tap.
func (s *session) show() {
	url, binds := s.tap.bound()
	unsure := binds == s.binds && s.o.Domain == ""
	s.binds = binds
	if url == "" {
		url = s.listener.URL().String()
	}
	s.line.t.board.change(func(st *Status) {
		st.online(strings.TrimSuffix(url, "/"))
		if unsure {
			st.note("ngrok did not repeat the public address after the reconnect; check it in the dashboard")
		}
	})
}

// accept hands on connections until the endpoint is over. It goes on while the
// endpoint is being closed: the library's Close waits for ever on a connection
// that nobody takes.
func (s *session) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			s.ended <- failure(err, s.o.Authtoken)
			return
		}
		s.open.Add(1)
		s.line.t.deliver(&countedConn{Conn: &ngrokConn{Conn: c}, open: &s.open})
	}
}

func (s *session) over() <-chan *Error { return s.ended }

func (s *session) age() time.Duration { return time.Since(s.began) }

// retire makes events of s meaningless.
func (s *session) retire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retired = true
}

// unbind takes the address down at the service; false when that cannot be known.
func (s *session) unbind(limit time.Duration) bool {
	s.mu.Lock()
	connected := s.connected
	s.mu.Unlock()
	if !connected {
		return false
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.listener.Close()
	}()
	select {
	case <-done:
		return true
	case <-time.After(limit):
		return false
	}
}

func (s *session) linger(limit time.Duration) { lingerOver(s.ctx, &s.open, limit) }

// hangUp ends the agent. Disconnect may say that the session is closed already.
func (s *session) hangUp() {
	if s.agent != nil {
		s.finish()
		_ = s.agent.Disconnect()
	}
	s.cancel()
}

// reason turns the end of an attempt into words. A refusal or a network error
// that came as an event says more than "context canceled". given is why the
// caller's context ended, if it did.
func (s *session) reason(err, given error) *Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case given == nil && s.ctx.Err() == nil:
		return failure(err, s.o.Authtoken)
	case s.why == nil:
		return &Error{
			Says:   "connect to ngrok: no answer in time",
			Advice: "Check the network and try again.",
			cause:  given,
		}
	case s.why.Code != "":
		return s.why
	}
	why := *s.why
	why.Says = "connect to ngrok: " + why.Says
	why.cause = given
	return &why
}
