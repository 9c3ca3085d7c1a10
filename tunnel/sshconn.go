package tunnel

import (
	"io"
	"net"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

// sshConn is a forwarded connection with what http.Server needs of one: channels
// of SSH have no deadlines, so bytes go through a pipe for each direction. Two
// of them, because a sender that has said all may still wait for the answer.
type sshConn struct {
	in, out net.Conn // our ends of the pipes
	remote  net.Addr
	local   net.Addr
	channel ssh.Channel
	sent    chan struct{} // closed when all that was written is on its way, or lost
	closing sync.Once
}

// sshFarewell is how long the last bytes may take to leave after Close.
const sshFarewell = 10 * time.Second

// newSSHConn carries bytes between channel and the connection until either ends.
func newSSHConn(channel ssh.Channel, local, remote net.Addr) *sshConn {
	in, feeder := net.Pipe()
	out, drain := net.Pipe()
	c := &sshConn{in: in, out: out, local: local, remote: remote, channel: channel, sent: make(chan struct{})}
	var both sync.WaitGroup
	both.Go(func() {
		_, _ = io.Copy(feeder, channel)
		_ = feeder.Close()
	})
	both.Go(func() {
		defer close(c.sent)
		_, err := io.Copy(channel, drain)
		_ = drain.Close()
		if err != nil {
			_ = channel.Close() // the sender is gone
			return
		}
		_ = channel.CloseWrite()
	})
	go func() {
		both.Wait()
		_ = channel.Close()
	}()
	return c
}

func (c *sshConn) Read(p []byte) (int, error)  { return c.in.Read(p) }
func (c *sshConn) Write(p []byte) (int, error) { return c.out.Write(p) }

// Close ends both directions, and the channel once what was written has left: a
// sender that goes on or says nothing would keep it open.
func (c *sshConn) Close() error {
	_ = c.in.Close()
	err := c.out.Close()
	c.closing.Do(func() { go c.part() })
	return err
}

func (c *sshConn) part() {
	select {
	case <-c.sent:
	case <-time.After(sshFarewell):
	}
	_ = c.channel.Close()
}

// CloseWrite tells the sender that nothing more follows.
func (c *sshConn) CloseWrite() error { return c.out.Close() }

func (c *sshConn) LocalAddr() net.Addr  { return c.local }
func (c *sshConn) RemoteAddr() net.Addr { return c.remote }

func (c *sshConn) SetDeadline(t time.Time) error {
	_ = c.in.SetReadDeadline(t)
	return c.out.SetWriteDeadline(t)
}

func (c *sshConn) SetReadDeadline(t time.Time) error  { return c.in.SetReadDeadline(t) }
func (c *sshConn) SetWriteDeadline(t time.Time) error { return c.out.SetWriteDeadline(t) }
