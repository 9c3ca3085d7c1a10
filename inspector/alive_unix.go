//go:build unix

package inspector

import (
	"crypto/tls"
	"net"
	"syscall"
)

// quiet tells whether an idle connection is still open and has nothing to read:
// a shop that was restarted has closed it, and a request written to it would be
// lost. It looks without waiting.
func (l *link) quiet() bool {
	conn := l.conn
	if secure, yes := conn.(*tls.Conn); yes {
		conn = secure.NetConn()
	}
	return stillOpen(conn)
}

func stillOpen(conn net.Conn) bool {
	c, can := conn.(syscall.Conn)
	if !can {
		return true
	}
	raw, err := c.SyscallConn()
	if err != nil {
		return false
	}
	open := false
	err = raw.Read(func(fd uintptr) bool {
		var one [1]byte
		_, err := syscall.Read(int(fd), one[:])
		// Anything but "nothing yet" spoils it: the end, an error, or a byte
		// that nobody asked for.
		open = err == syscall.EAGAIN || err == syscall.EWOULDBLOCK
		return true
	})
	return open && err == nil
}
