package tunnel

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// SSHOptions describe reverse forwarding to an OpenSSH server, or to a service
// that speaks its protocol.
type SSHOptions struct {
	// Server is "[user@]host[:port]". The user is "shopbell" and the port 22
	// where they are left out.
	Server string
	// Bind is the "[host:]port" that the server is asked to listen on; "" lets
	// it choose the port.
	Bind string
	// URL is the public address where the server cannot say it: a web server in
	// front of a server of one's own. "" without Domains is http at the server's
	// name and the port it chose.
	URL string
	// Domains are the ends of the host names that the service gives, for example
	// ".srv.us". With them the public address is read from what it writes.
	Domains []string
	// Run is the command that makes the service write, "" a shell.
	Run string
	// KeyFile is a private key; "" is the agent's keys, those of ~/.ssh, and
	// OwnKey.
	KeyFile string
	// OwnKey is a file for a key of our own, made when it is missing; "" is none.
	OwnKey string
	// KnownHosts is a file that keeps the host keys trusted here. The user's own
	// known_hosts is read as well and never written.
	KnownHosts string
	// HostKey is the fingerprint ("SHA256:…") of the one host key that is taken,
	// whatever the files say; "" goes by them.
	HostKey string
	// Trust is asked about a host key that no file knows; nil refuses it. It must
	// answer at once: a person is asked after the refusal, which names the key.
	Trust func(HostKey) bool
	// Failed is told of an attempt after which another one follows; nil is not.
	Failed func(*Error)
	// KeepaliveInterval is how often the link is tried (0 is 15 s), and
	// KeepaliveTimeout how late an answer may be (0 is 15 s).
	KeepaliveInterval time.Duration
	KeepaliveTimeout  time.Duration
	// Log gets what a server says beside its answers; nil drops it.
	Log *slog.Logger

	user, address string
	bindHost      string
	bindPort      uint32
	trial         bool // nothing is written
}

// SSH goes online through an SSH server. ctx bounds only the first connect. A
// server that refuses the key, or whose host key is not trusted, is an *Error at
// once; later losses show in Status.
func SSH(ctx context.Context, o SSHOptions) (*Tunnel, error) {
	if err := o.clean(); err != nil {
		return nil, err
	}
	t := newTunnel(KindSSH)
	if err := t.keepOnline(ctx, o.open); err != nil {
		return nil, err
	}
	return t, nil
}

func (o SSHOptions) open(ctx context.Context, l *line) (leg, *Error) {
	s, err := openSSH(ctx, l, o)
	if err != nil {
		if o.Failed != nil && !err.final() && ctx.Err() == nil {
			o.Failed(err)
		}
		return nil, err
	}
	return s, nil
}

// clean reads the parts of the addresses.
func (o *SSHOptions) clean() *Error {
	server := strings.TrimPrefix(strings.TrimSpace(o.Server), "ssh://")
	user, host, named := strings.Cut(server, "@")
	if !named {
		user, host = "shopbell", server
	}
	name, port := host, "22"
	if h, p, err := net.SplitHostPort(host); err == nil {
		name, port = h, p
	}
	name = strings.ToLower(strings.Trim(name, "[]")) // as known_hosts has it
	n, err := strconv.ParseUint(port, 10, 16)
	if name == "" || user == "" || err != nil || n == 0 || strings.ContainsFunc(user+name, notPlain) {
		return refuse("Write the server as in a call of ssh, for example me@example.com or me@example.com:2222.",
			"the SSH server %q is not of the form user@host:port", clip(o.Server))
	}
	o.user, o.address = user, net.JoinHostPort(name, port)
	if err := o.cleanBind(); err != nil {
		return err
	}
	if o.URL != "" {
		u, err := url.Parse(o.URL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
			return refuse("Write the address under which the server is reached, for example https://hooks.example.com.",
				"the public address %q is not of the form https://host", clip(o.URL))
		}
		o.URL = u.Scheme + "://" + u.Host
	}
	o.KeepaliveInterval = cmp.Or(o.KeepaliveInterval, 15*time.Second)
	o.KeepaliveTimeout = cmp.Or(o.KeepaliveTimeout, 15*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}

func (o *SSHOptions) cleanBind() *Error {
	if o.Bind == "" {
		return nil
	}
	port := o.Bind
	if h, p, err := net.SplitHostPort(o.Bind); err == nil {
		o.bindHost, port = h, p
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || strings.ContainsFunc(o.bindHost, notPlain) {
		return refuse("Write a port, or a host and a port, as in the part of ssh's -R before this machine's own.",
			"the address %q to listen on at the SSH server is not of the form host:port", clip(o.Bind))
	}
	o.bindPort = uint32(n)
	return nil
}

func notPlain(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"'\/@`, r) }

// refuse is an error that another attempt does not mend.
func refuse(advice, says string, args ...any) *Error {
	return &Error{Says: fmt.Sprintf(says, args...), Advice: advice, refused: true}
}
