package inspector

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
)

// bodySkipper passes over the body of one request in the bytes of a
// connection. The zero value has nothing left to pass over.
type bodySkipper struct {
	left int64 // bytes of the body, the chunk or the line end after a chunk
	part part
	line []byte // the line being read, when part is a line
	bad  bool   // the framing can't be followed
}

// part is where in a chunked body the skipper stands.
type part int

const (
	sized     part = iota // not chunked: left bytes, then the body is over
	chunkLine             // the line with a chunk's size
	chunkData             // left bytes of a chunk and its line end
	trailer               // the lines after the last chunk
)

// chunkLineLimit is how long net/http lets a line between chunks be.
const chunkLineLimit = 4096

// bodyOf returns the skipper for the body of r, as net/http will read it.
func bodyOf(r *http.Request) bodySkipper {
	if slices.Equal(r.TransferEncoding, []string{"chunked"}) {
		return bodySkipper{part: chunkLine}
	}
	return bodySkipper{left: max(0, r.ContentLength)}
}

// skip passes over the part of b that belongs to the body and returns the rest.
func (s *bodySkipper) skip(b []byte) []byte {
	for len(b) > 0 && !s.bad {
		if s.left > 0 {
			n := min(s.left, int64(len(b)))
			s.left, b = s.left-n, b[n:]
			continue
		}
		switch s.part {
		case sized:
			return b
		case chunkData:
			s.part = chunkLine
		default:
			b = s.readLine(b)
		}
	}
	return b
}

// readLine takes bytes of b up to a line end and acts on the line when it is
// whole; it returns what is left of b.
func (s *bodySkipper) readLine(b []byte) []byte {
	n := bytes.IndexByte(b, '\n') + 1
	whole := n > 0
	if !whole {
		n = len(b)
	}
	if s.line = append(s.line, b[:n]...); len(s.line) > chunkLineLimit {
		s.bad = true
	}
	if whole {
		s.endLine(bytes.TrimRight(s.line, "\r\n \t"))
		s.line = s.line[:0]
	}
	return b[n:]
}

func (s *bodySkipper) endLine(line []byte) {
	if s.part == trailer {
		if len(line) == 0 {
			s.part = sized // and nothing left: the body is over
		}
		return
	}
	size, _, _ := bytes.Cut(line, []byte(";"))
	n, err := strconv.ParseInt(string(bytes.TrimRight(size, " \t")), 16, 62)
	switch {
	case err != nil || n < 0:
		s.bad = true
	case n == 0:
		s.part = trailer
	default:
		s.part, s.left = chunkData, n+int64(len("\r\n"))
	}
}
