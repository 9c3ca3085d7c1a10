package inspector

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// link is one connection to a shop.
type link struct {
	conn net.Conn
	in   *bufio.Reader // of conn
	body *bufio.Reader // what net/http reads an answer from: its head, then in
	// unsent is set when the shop can't have read all of the last request.
	unsent bool
	// lost is set when the shop closed a connection that was idle until the
	// last request, before a byte of an answer.
	lost bool
	// reused tells that this is not the connection's first request; accepted
	// is what acknowledged said before it.
	reused   bool
	accepted uint64
	heard    bool // a byte of the answer came
	// reusable is set when the last exchange left nothing behind.
	reusable  bool
	idleSince time.Time
	writing   chan error // of a body that is written beside the reading
}

func newLink(conn net.Conn) *link {
	if conn == nil {
		return nil
	}
	return &link{conn: conn, in: bufio.NewReader(conn), body: bufio.NewReader(nil)}
}

// cut makes reads and writes under way fail.
func (l *link) cut() { _ = l.conn.SetDeadline(time.Unix(1, 0)) }

func (l *link) close() { _ = l.conn.Close() } // an error can't matter any more

// writtenBeside is the size from which a body is written while the answer is
// already being read: a shop may answer before it has read everything, and each
// side would wait for the other.
const writtenBeside = 64 << 10

// exchange writes a request and reads its answer, the body up to limit.
func (l *link) exchange(p parcel, limit int64) (*answer, error) {
	l.unsent, l.lost, l.heard, l.reusable, l.writing = false, false, false, false, nil
	if err := l.conn.SetDeadline(p.deadline); err != nil {
		return nil, l.fault(writing, p, err)
	}
	writeErr := l.write(p)
	a, err := l.readAnswer(p, limit)
	if l.writing != nil && (err != nil || a.rest == nil) {
		writeErr = l.endWriting()
	}
	if a == nil {
		l.lost = l.reused && !l.heard && (hungUp(err) || hungUp(writeErr))
		l.unsent = writeErr != nil || l.lost && l.untouched(err)
		if writeErr != nil {
			err = l.fault(writing, p, writeErr)
		}
		return nil, err
	}
	l.reusable = err == nil && writeErr == nil && l.reusable && l.in.Buffered() == 0 && l.body.Buffered() == 0
	return a, err
}

// write sends the request. The error of a body written beside comes later.
func (l *link) write(p parcel) error {
	buffers := net.Buffers{p.head, p.body}
	if len(p.body) < writtenBeside {
		_, err := buffers.WriteTo(l.conn)
		return err
	}
	l.writing = make(chan error, 1)
	go func(done chan<- error) {
		_, err := buffers.WriteTo(l.conn)
		done <- err
	}(l.writing)
	return nil
}

// endWriting waits for the body that is being written. A shop that has answered
// and does not read the rest of it is not waited for.
func (l *link) endWriting() error {
	select {
	case err := <-l.writing:
		return err
	default:
	}
	_ = l.conn.SetWriteDeadline(time.Unix(1, 0))
	return <-l.writing
}

// Bounds of an answer's head: a shop may be generous with cookies, but a stream
// without end is not a head.
const (
	answerHead    = 256 << 10
	interimAtMost = 16
)

// readAnswer reads heads until the final one, then the body.
func (l *link) readAnswer(p parcel, limit int64) (*answer, error) {
	for range interimAtMost {
		h, err := l.readHead()
		if err != nil {
			return nil, l.fault(waiting, p, err)
		}
		status, ok := statusOf(h.first)
		if !ok || status == http.StatusSwitchingProtocols {
			return nil, l.fault(garbled, p, fmt.Errorf("reading the status line %q: expected a final HTTP status", clip(h.first)))
		}
		if status < 200 {
			continue // 100, 102, 103: the answer is still to come
		}
		return l.readBody(p, h, limit)
	}
	return nil, l.fault(garbled, p, errors.New("reading the answer: only interim answers came"))
}

// readHead reads lines up to an empty one.
func (l *link) readHead() (*head, error) {
	var raw []byte
	for {
		line, err := l.in.ReadSlice('\n')
		raw = append(raw, line...)
		l.heard = l.heard || len(line) > 0
		if len(raw) > answerHead {
			return nil, errAnswerHead
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			if len(raw) > 0 && errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if ended(raw) {
			if h := parseHead(raw); h != nil {
				return h, nil
			}
			return nil, errNotHTTP
		}
	}
}

// ended tells whether raw ends with an empty line.
func ended(raw []byte) bool {
	return bytes.HasSuffix(raw, []byte("\n\r\n")) || bytes.HasSuffix(raw, []byte("\n\n")) ||
		string(raw) == "\r\n" || string(raw) == "\n"
}

var (
	errAnswerHead = fmt.Errorf("reading the head of the answer: it is over %d bytes", answerHead)
	errNotHTTP    = errors.New("reading the head of the answer: it is not HTTP")
)

func statusOf(line string) (int, bool) {
	proto, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	status, err := strconv.Atoi(code)
	return status, err == nil && strings.HasPrefix(proto, "HTTP/1.") && len(code) == 3 && status >= 100
}

// readBody lets net/http find the body's extent, which it does for every proxy
// written in Go.
func (l *link) readBody(p parcel, h *head, limit int64) (*answer, error) {
	l.body.Reset(io.MultiReader(bytes.NewReader(h.raw), l.in))
	r, err := http.ReadResponse(l.body, &http.Request{Method: p.method})
	if err != nil {
		return nil, l.fault(garbled, p, err)
	}
	a := &answer{status: r.StatusCode, fields: h.fields, size: r.ContentLength, host: p.to.host}
	a.body, err = readUpTo(r.Body, r.ContentLength, limit)
	switch {
	case errors.Is(err, errMore):
		a.rest, a.link = r.Body, l
		return a, nil
	case err != nil:
		return a, l.fault(answering, p, inside(a.status, len(a.body), err))
	}
	l.reusable = !r.Close
	return a, nil
}

// errMore is what readUpTo answers when the body goes on beyond the limit.
var errMore = errors.New("there is more")

// readUpTo reads at most limit bytes; size is the announced length, -1 unknown.
func readUpTo(r io.Reader, size, limit int64) ([]byte, error) {
	if size == 0 {
		return nil, nil
	}
	first := int64(512)
	if size > 0 {
		first = min(size, limit, firstBuffer)
	}
	b := make([]byte, 0, first)
	for int64(len(b)) < limit {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := r.Read(b[len(b):min(int64(cap(b)), limit)])
		b = b[:len(b)+n]
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil || int64(len(b)) == size {
			return b, err
		}
	}
	return b, errMore
}

func (l *link) fault(s stage, p parcel, err error) error {
	return &shopError{stage: s, host: p.to.host, err: err, reused: l.reused}
}

// untouched tells whether the shop's system had taken in no byte of the last
// request when the shop closed the connection: the close came as an end, which
// acknowledges all that was there before it, and acknowledges nothing new. A
// reset proves nothing, since it acknowledges nothing of what was read.
func (l *link) untouched(err error) bool {
	return errors.Is(err, io.EOF) && l.accepted != 0 && l.acknowledged() == l.accepted
}
