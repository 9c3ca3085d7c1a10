package tunnel

import (
	"net"

	"golang.org/x/crypto/ssh"
)

// maxCalls bounds the senders that wait while nobody accepts. What they send
// stays at the server until then.
const maxCalls = 256

// call is what a server says of a sender: RFC 4254, 7.2.
type call struct {
	Host       string
	Port       uint32
	Origin     string
	OriginPort uint32
}

// gather takes senders in until the link is over. It never waits: the library
// reads nothing more while a call is left with it, neither the answers that
// keepAlive waits for nor the end of the link.
func (s *sshSession) gather(incoming <-chan ssh.NewChannel) {
	for from := range incoming {
		select {
		case s.calls <- from:
		default:
			_ = from.Reject(ssh.ResourceShortage, "too many senders wait")
		}
	}
	close(s.calls)
	s.ended <- s.lostLink(s.client.Wait())
}

func (s *sshSession) accept() {
	for incoming := range s.calls {
		var from call
		if err := ssh.Unmarshal(incoming.ExtraData(), &from); err != nil {
			_ = incoming.Reject(ssh.Prohibited, "the call cannot be read")
			continue
		}
		channel, requests, err := incoming.Accept()
		if err != nil {
			continue
		}
		s.open.Add(1)
		go func() {
			ssh.DiscardRequests(requests) // until the server, too, has passed on all and closed the channel
			s.open.Add(-1)
		}()
		s.line.t.deliverUntil(s.ctx.Done(), newSSHConn(channel, s.client.LocalAddr(), originOf(from, s.client.RemoteAddr())))
	}
}

// originOf is the sender's address as the server tells it, else the server's own.
func originOf(from call, server net.Addr) net.Addr {
	ip := net.ParseIP(from.Origin)
	if ip == nil || from.OriginPort > 65535 {
		return server
	}
	return &net.TCPAddr{IP: ip, Port: int(from.OriginPort)}
}
