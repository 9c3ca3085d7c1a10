package tunneltest

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"golang.ngrok.com/muxado/v2"
)

// Stream types of the protocol. The opener of a stream says first, in four
// big-endian bytes, which it is.
const (
	typeAuth       muxado.StreamType = 0
	typeBind       muxado.StreamType = 1
	typeUnbind     muxado.StreamType = 2
	typeProxy      muxado.StreamType = 3
	typeSrvInfo    muxado.StreamType = 8
	typeStopTunnel muxado.StreamType = 9
	typeHeartbeat  muxado.StreamType = 0xFFFFFFFF
)

// maxMessage bounds a message of an agent.
const maxMessage = 1 << 20

type authRequest struct {
	Extra struct{ Authtoken string }
}

type authReply struct {
	Version  string
	ClientId string
	Error    string
	Extra    authExtra
}

type authExtra struct {
	Version, Region, Cookie, AccountName, PlanName, Banner, AgentSessionID string
	SessionDuration                                                        int64
}

type bindRequest struct {
	Id, Proto string
	Opts      struct{ URL, Domain, Hostname, Subdomain string }
	Extra     struct {
		Token          string
		PoolingEnabled bool
	}
}

type bindReply struct {
	Id, URL, Proto string
	Opts           struct{}
	Error          string
	Extra          struct{ Token, TunnelID string }
}

type unbindRequest struct{ Id string }

type errorReply struct{ Error string }

type infoReply struct{ Region string }

type stopTunnelMessage struct{ Id, Message, ErrorCode string }

type proxyHeader struct {
	Id, ClientAddr, Proto string
	EdgeType              string // "3" is HTTPS
	PassthroughTLS        bool
}

// readMessage reads the one JSON object of a request.
func readMessage(r io.Reader, into any) error {
	return json.NewDecoder(io.LimitReader(r, maxMessage)).Decode(into)
}

// writeProxyHeader begins a proxied connection: the length, little-endian, and
// then exactly that much JSON.
func writeProxyHeader(w io.Writer, h proxyHeader) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	frame := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	_, err = w.Write(append(frame, text...))
	return err
}

// refusalText is how the service words an error: the code on a line of its own.
func refusalText(code, message string) string {
	return fmt.Sprintf("%s\n\n%s\n", message, code)
}
