package inspector

import (
	"crypto/tls"
	"syscall"

	"golang.org/x/sys/unix"
)

// acknowledged is how many bytes the other system has acknowledged since the
// connection began; 0 when that is not known.
func (l *link) acknowledged() uint64 {
	conn := l.conn
	if secure, yes := conn.(*tls.Conn); yes {
		conn = secure.NetConn()
	}
	c, can := conn.(syscall.Conn)
	if !can {
		return 0
	}
	raw, err := c.SyscallConn()
	if err != nil {
		return 0
	}
	var bytes uint64
	err = raw.Control(func(fd uintptr) {
		if info, err := unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO); err == nil {
			bytes = info.Bytes_acked
		}
	})
	if err != nil {
		return 0
	}
	return bytes
}
