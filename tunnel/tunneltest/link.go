package tunneltest

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"net"

	"golang.ngrok.com/muxado/v2"
)

// link is the connection of one agent.
type link struct {
	edge *Edge
	gate *gate
	mux  muxado.Session
	// typed reads the streams' types, on the same session.
	typed muxado.TypedStreamSession
}

func newLink(e *Edge, c net.Conn) *link {
	g := newGate(c)
	mux := muxado.Server(tls.Server(g, &tls.Config{
		MinVersion:   tls.VersionTLS12,
		Certificates: []tls.Certificate{e.cert},
	}), nil)
	return &link{edge: e, gate: g, mux: mux, typed: muxado.NewTypedStreamSession(mux)}
}

// run serves the agent until its connection ends.
func (k *link) run() {
	for {
		stream, err := k.typed.AcceptTypedStream()
		if err != nil {
			break
		}
		go k.answer(stream)
	}
	k.cut()
	k.edge.forget(k)
}

// cut ends the TCP connection without a word.
func (k *link) cut() {
	_ = k.gate.Close()
	_ = k.mux.Close()
}

func (k *link) answer(stream muxado.TypedStream) {
	defer stream.Close()
	var reply any
	switch stream.StreamType() {
	case typeHeartbeat:
		echo(stream)
		return
	case typeAuth:
		reply = request(stream, k.edge.auth)
	case typeBind:
		reply = request(stream, func(q bindRequest) bindReply { return k.edge.bind(k, q) })
	case typeUnbind:
		reply = request(stream, func(q unbindRequest) errorReply { return k.edge.unbind(k, q) })
	case typeSrvInfo:
		reply = request(stream, func(struct{}) infoReply { return infoReply{Region: region} })
	default:
		return
	}
	if reply != nil {
		_ = json.NewEncoder(stream).Encode(reply)
	}
}

// request reads one message and returns the answer to it, nil when it cannot
// be read.
func request[Q, A any](stream io.Reader, answer func(Q) A) any {
	var q Q
	if readMessage(stream, &q) != nil {
		return nil
	}
	return answer(q)
}

// echo sends each heartbeat back.
func echo(stream muxado.Stream) {
	beat := make([]byte, 4)
	for {
		if _, err := io.ReadFull(stream, beat); err != nil {
			return
		}
		if _, err := stream.Write(beat); err != nil {
			return
		}
	}
}

// stopTunnel tells the agent that the service ended an endpoint.
func (k *link) stopTunnel(id, code, message string) {
	stream, err := k.typed.OpenTypedStream(typeStopTunnel)
	if err != nil {
		return
	}
	defer stream.Close()
	_ = json.NewEncoder(stream).Encode(stopTunnelMessage{Id: id, Message: message, ErrorCode: code})
}

// proxy opens a public connection of client to the agent's endpoint.
func (k *link) proxy(id, client string) (net.Conn, error) {
	stream, err := k.typed.OpenTypedStream(typeProxy)
	if err != nil {
		return nil, err
	}
	if err := writeProxyHeader(stream, proxyHeader{Id: id, ClientAddr: client, Proto: "https", EdgeType: "3"}); err != nil {
		_ = stream.Close()
		return nil, err
	}
	return stream, nil
}
