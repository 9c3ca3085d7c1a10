//go:build !unix

package inspector

import "time"

// quiet tells whether an idle connection is still open and has nothing to read.
// Windows has no look without waiting, so it waits for a millisecond, and only
// when the last use is so long ago that the shop may have been restarted since.
func (l *link) quiet() bool {
	if time.Since(l.idleSince) < 250*time.Millisecond {
		return true
	}
	if l.conn.SetReadDeadline(time.Now().Add(time.Millisecond)) != nil {
		return false
	}
	_, err := l.in.Peek(1)
	late, can := err.(interface{ Timeout() bool })
	return can && late.Timeout() && l.conn.SetReadDeadline(time.Time{}) == nil
}
