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
}

// newSSHConn carries bytes between channel and the connection until either ends.
func newSSHConn(channel ssh.Channel, local, remote net.Addr) *sshConn {
	in, feeder := net.Pipe()
	out, drain := net.Pipe()
	var both sync.WaitGroup
	both.Go(func() {
		_, _ = io.Copy(feeder, channel)
		_ = feeder.Close()
	})
	both.Go(func() {
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
	return &sshConn{in: in, out: out, local: local, remote: remote}
}

func (c *sshConn) Read(p []byte) (int, error)  { return c.in.Read(p) }
func (c *sshConn) Write(p []byte) (int, error) { return c.out.Write(p) }

// Close ends both directions. What was written has left already: a pipe holds nothing.
func (c *sshConn) Close() error {
	_ = c.in.Close()
	return c.out.Close()
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
