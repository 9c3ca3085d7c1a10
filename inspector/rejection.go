package inspector

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"shopbell/providers/signature"
)

// net/http turns some requests away before there is a handler to ask: a head
// far over the limit (431), one that breaks the rules (400), an expectation or
// a coding that it does not know (417, 501), another protocol (505). It writes
// such an answer to the connection at a time when no request is being handled,
// and so the tape finds it.

// rejection takes the place of such an answer: the same status in a sentence
// and in the log, and no 4xx for a provider that never retries one.
func (i *Inspector) rejection(t *tape, said []byte) []byte {
	line, _, _ := cutLine(string(said))
	status, ok := statusOf(line)
	if !ok || status < 400 {
		return said
	}
	reply := unreadable
	switch status {
	case http.StatusRequestHeaderFieldsTooLarge:
		reply = headTooBig
	case http.StatusExpectationFailed:
		reply = unexpected
	}
	reply.Status = status
	m := t.sketch()
	reply = i.refusal(i.setup.Load().route(m.Target), m, t.RemoteAddr().String(), reply)
	answer := http.Response{
		StatusCode: reply.Status, ProtoMajor: 1, ProtoMinor: 1, Close: true, Header: http.Header{},
		ContentLength: int64(len(reply.body())), Body: io.NopCloser(strings.NewReader(reply.body())),
	}
	reply.fields(answer.Header)
	var out bytes.Buffer
	_ = answer.Write(&out) // to memory, from memory
	return out.Bytes()
}

// sketch is what can be read of the head that was recorded last, whole or not.
func (t *tape) sketch() signature.Message {
	t.mu.Lock()
	text := strings.TrimLeft(string(t.bytes), "\r\n")
	t.mu.Unlock()
	first, rest, _ := cutLine(text)
	method, after, _ := strings.Cut(first, " ")
	target, _, _ := strings.Cut(after, " ")
	m := signature.Message{Method: method, Target: target}
	for {
		line, after, found := cutLine(rest)
		if !found || line == "" {
			return m
		}
		if name, value, found := strings.Cut(line, ":"); found {
			m.Header = append(m.Header, signature.Field{Name: name, Value: strings.Trim(value, " \t")})
		}
		rest = after
	}
}
