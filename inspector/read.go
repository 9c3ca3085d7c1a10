package inspector

import (
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// read takes the request off the connection. It reserves room for the body,
// which the caller gives back; after a fault none is reserved.
func (i *Inspector) read(w http.ResponseWriter, r *http.Request) (signature.Message, *Reply) {
	m := signature.Message{Method: r.Method, Target: r.RequestURI, URL: i.publicURL(r)}
	if t, ok := r.Context().Value(tapeKey{}).(*tape); ok {
		if h := t.take(r); h != nil {
			m.Head, m.Header = h.raw, h.fields
		}
	}
	if len(m.Head) > i.limits.Head {
		return m, &headTooBig
	}
	if m.Header == nil {
		m.Header = rebuiltHeader(r)
	}
	var fault *Reply
	m.Body, fault = i.readBody(w, r)
	return m, fault
}

// publicURL puts together the address that the sender called.
func (i *Inspector) publicURL(r *http.Request) string {
	if !strings.HasPrefix(r.RequestURI, "/") && strings.Contains(r.RequestURI, "://") {
		return r.RequestURI // absolute form: it is the address
	}
	if base := i.public(); base != "" {
		return strings.TrimSuffix(base, "/") + r.RequestURI
	}
	scheme, host := "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if edge := lastWord(r.Header.Values("X-Forwarded-Proto")); edge == "http" || edge == "https" {
		scheme = edge
	}
	if edge := lastWord(r.Header.Values("X-Forwarded-Host")); edge != "" {
		host = edge
	}
	return scheme + "://" + host + r.RequestURI
}

// lastWord returns the last of a header's comma-separated values: the one that
// the edge nearest to us added.
func lastWord(values []string) string {
	if len(values) == 0 {
		return ""
	}
	last := values[len(values)-1]
	return strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
}

// rebuiltHeader is the header when the head as received is not known.
func rebuiltHeader(r *http.Request) signature.Header {
	h := signature.Header{{Name: "Host", Value: r.Host}}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, v := range r.Header[name] {
			h = append(h, signature.Field{Name: name, Value: v})
		}
	}
	if slices.Contains(r.TransferEncoding, "chunked") {
		h = append(h, signature.Field{Name: "Transfer-Encoding", Value: "chunked"})
	}
	return h
}

// trailerNote names the fields that came behind a chunked body: a Message has
// no place for them, and they must not vanish without a word.
func trailerNote(r *http.Request) []string {
	if len(r.Trailer) == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(r.Trailer))
	return []string{"Fields came after the body; their values were not kept: " + strings.Join(names, ", ") + "."}
}

// firstBuffer is the most that a body gets before its first byte came: a
// Content-Length is only a claim. Without one it starts with unknownBuffer.
const (
	firstBuffer   = 64 << 10
	unknownBuffer = 4 << 10
)

// readBody reads the body exactly as it was sent, compressed or not.
func (i *Inspector) readBody(w http.ResponseWriter, r *http.Request) ([]byte, *Reply) {
	limit := i.largestBody()
	switch {
	case r.ContentLength == 0:
		return nil, nil
	case r.ContentLength > limit:
		return nil, &bodyTooBig
	}
	b := growing{room: &i.room, buffers: &i.buffers}
	first := int64(unknownBuffer)
	if r.ContentLength > 0 {
		first = min(firstBuffer, r.ContentLength)
	}
	if !b.grow(first) {
		return nil, &crowded
	}
	source := silenceLimit{
		body: http.MaxBytesReader(w, r.Body, limit),
		conn: http.NewResponseController(w), idle: i.limits.Idle,
	}
	fault := b.fill(source, r.ContentLength)
	source.lift()
	if fault != nil {
		i.release(b.bytes)
		return nil, fault
	}
	return b.bytes, nil
}

// release gives back the buffer of a body, and its room.
func (i *Inspector) release(body []byte) {
	i.room.give(int64(cap(body)))
	i.buffers.put(body)
}

// growing is a body being read; every byte of its capacity is reserved.
type growing struct {
	bytes   []byte
	room    *room
	buffers *buffers
}

// grow makes room for n more bytes at least, if there is any.
func (g *growing) grow(n int64) bool {
	bigger := g.buffers.get(cap(g.bytes) + int(n))
	if !g.room.take(int64(cap(bigger) - cap(g.bytes))) {
		g.buffers.put(bigger)
		return false
	}
	bigger = append(bigger, g.bytes...)
	g.buffers.put(g.bytes)
	g.bytes = bigger
	return true
}

// fill reads until the body ends; length is the announced one, -1 for unknown.
func (g *growing) fill(source io.Reader, length int64) *Reply {
	for int64(len(g.bytes)) != length {
		if len(g.bytes) == cap(g.bytes) {
			more := 3 * int64(cap(g.bytes)) // a sender must bring a quarter of what it gets
			if length > 0 {
				more = min(more, length-int64(cap(g.bytes)))
			}
			if !g.grow(more) {
				return &crowded
			}
		}
		n, err := source.Read(g.bytes[len(g.bytes):cap(g.bytes)])
		g.bytes = g.bytes[:len(g.bytes)+n]
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return bodyFault(err)
		}
	}
	return nil
}

// bodyFault says in a reply why a body could not be read.
func bodyFault(err error) *Reply {
	var tooBig *http.MaxBytesError
	var slow net.Error
	switch {
	case errors.As(err, &tooBig):
		return &bodyTooBig
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &bodyCut
	case errors.As(err, &slow) && slow.Timeout():
		return &bodySlow
	}
	return &bodyBroken
}

// silenceLimit cuts a sender that sends nothing for idle. There is no limit on
// the whole: a slow line is not a fault.
type silenceLimit struct {
	body io.Reader
	conn *http.ResponseController
	idle time.Duration
}

func (s silenceLimit) Read(p []byte) (int, error) {
	_ = s.conn.SetReadDeadline(time.Now().Add(s.idle)) // a writer without a connection has no silence either
	return s.body.Read(p)
}

// lift ends the limit: net/http reads on while the shop thinks, to notice that
// the sender hung up.
func (s silenceLimit) lift() { _ = s.conn.SetReadDeadline(time.Time{}) }
