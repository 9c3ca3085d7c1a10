package tunnel

import (
	"fmt"
	"time"
)

// keepAlive tries the link until it is over, and cuts one that is dead.
func (s *sshSession) keepAlive() {
	tick := time.NewTicker(s.o.KeepaliveInterval)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
		}
		began := time.Now()
		late := time.AfterFunc(s.o.KeepaliveTimeout, s.cut)
		_, _, err := s.client.SendRequest("keepalive@openssh.com", true, nil)
		late.Stop()
		if err != nil {
			return // gather sees the same
		}
		s.beat(time.Since(began))
	}
}

// cut ends a link on which nothing comes back.
func (s *sshSession) cut() {
	s.mu.Lock()
	s.why = &Error{
		Says:   fmt.Sprintf("the SSH server has not answered for %v", s.o.KeepaliveTimeout),
		Advice: "Check the network; it is tried again by itself.",
	}
	s.mu.Unlock()
	_ = s.client.Close()
}

func (s *sshSession) beat(latency time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.retired {
		s.line.t.board.change(func(st *Status) { st.Latency = latency })
	}
}
