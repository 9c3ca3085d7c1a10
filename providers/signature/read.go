package signature

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ReadLimit bounds what ReadMessage takes.
type ReadLimit struct {
	Head int   // bytes of the request head; 0 is 64 KiB
	Body int64 // bytes of the body; 0 is 32 MiB
}

// Errors of ReadMessage for a request over its limits.
var (
	ErrHeadTooLarge = errors.New("the request head is too large")
	ErrBodyTooLarge = errors.New("the request body is too large")
)

func (l ReadLimit) orDefault() ReadLimit {
	if l.Head <= 0 {
		l.Head = 64 << 10
	}
	if l.Body <= 0 {
		l.Body = 32 << 20
	}
	return l
}

// ReadMessage reads one raw HTTP request: request line, header lines, an empty
// line, body bytes to the end of r. Line ends may be CRLF or LF, and empty
// lines before the request line are left out. The body is taken as it stands,
// whatever Content-Length says; a chunked body is not decoded. publicURL
// replaces the URL made from the Host header when not empty. An error names
// the line that is wrong; ErrHeadTooLarge and ErrBodyTooLarge can be told apart
// with errors.Is.
func ReadMessage(r io.Reader, publicURL string, limit ReadLimit) (Message, error) {
	limit = limit.orDefault()
	br := bufio.NewReader(r)
	h := headReader{r: br, limit: limit.Head}
	m, err := h.read()
	if err != nil {
		return Message{}, err
	}
	m.Body, err = io.ReadAll(io.LimitReader(br, limit.Body+1))
	if err != nil {
		return Message{}, fmt.Errorf("read request body: %w", err)
	}
	if int64(len(m.Body)) > limit.Body {
		return Message{}, fmt.Errorf("read request body: %w: expected at most %d bytes", ErrBodyTooLarge, limit.Body)
	}
	m.URL = publicURL
	if m.URL == "" {
		m.URL = publicURLOf(m)
	}
	return m, nil
}

// publicURLOf makes the URL from the target and the Host header, "" when they
// name none. The public edge speaks HTTPS only.
func publicURLOf(m Message) string {
	host := m.Header.Get("Host")
	switch {
	case strings.Contains(m.Target, "://") && !strings.HasPrefix(m.Target, "/"):
		return m.Target
	case host != "" && strings.HasPrefix(m.Target, "/"):
		return "https://" + host + m.Target
	}
	return ""
}

// headReader reads a request head line by line and keeps its bytes.
type headReader struct {
	r     *bufio.Reader
	limit int
	raw   []byte
	line  int // number of the line read last, from 1
}

func (h *headReader) read() (Message, error) {
	first, err := h.requestLine()
	if err != nil {
		return Message{}, err
	}
	m, err := parseRequestLine(first)
	if err != nil {
		return Message{}, fmt.Errorf("read request line %d: %w", h.line, err)
	}
	for {
		line, err := h.next()
		if err == io.EOF {
			return Message{}, fmt.Errorf("read request head: it ends at line %d, expected an empty line before the body", h.line)
		}
		if err != nil {
			return Message{}, err
		}
		if len(line) == 0 {
			m.Head = h.raw
			return m, nil
		}
		f, err := parseField(line)
		if err != nil {
			return Message{}, fmt.Errorf("read header line %d: %w", h.line, err)
		}
		m.Header = append(m.Header, f)
	}
}

// requestLine skips empty lines, which are often left before a pasted request.
func (h *headReader) requestLine() ([]byte, error) {
	for {
		line, err := h.next()
		if err == io.EOF {
			return nil, errors.New("read request: it is empty, expected a request line like \"POST /path HTTP/1.1\"")
		}
		if err != nil {
			return nil, err
		}
		if len(line) > 0 {
			return line, nil
		}
		h.limit -= len(h.raw)
		h.raw = h.raw[:0]
	}
}

// next returns the next line without its end, io.EOF when there is none. A
// line that the input cuts off counts as a line only if it has content.
func (h *headReader) next() ([]byte, error) {
	start := len(h.raw)
	for {
		chunk, err := h.r.ReadSlice('\n')
		if len(h.raw)+len(chunk) > h.limit {
			return nil, fmt.Errorf("read request head: %w: expected at most %d bytes", ErrHeadTooLarge, h.limit)
		}
		h.raw = append(h.raw, chunk...)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && len(h.raw) == start {
			return nil, io.EOF
		}
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("read request head: %w", err)
		}
		break
	}
	h.line++
	line := h.raw[start:]
	if cut, ok := bytes.CutSuffix(line, []byte("\n")); ok {
		line = bytes.TrimSuffix(cut, []byte("\r"))
	}
	return line, nil
}
