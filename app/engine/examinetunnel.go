package engine

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"shopbell/app/settings"
	"shopbell/tunnel"
)

// ngrokService is where ngrok's agents connect, and reachLimit how long it may
// take to reach that or an SSH server.
const (
	ngrokService = "connect.ngrok-agent.com:443"
	reachLimit   = 5 * time.Second
)

func (x Examination) tunnel(ctx context.Context, chosen settings.Settings) Finding {
	if x.Running != nil {
		return running(x.Running.Tunnel)
	}
	switch tunnel.Kind(chosen.Tunnel.Kind) {
	case tunnel.KindNgrok:
		if _, err := x.Vault.Resolve(chosen.Tunnel.Authtoken); err != nil {
			return troubled("tunnel", fmt.Errorf("the ngrok token: %w", err), "Give it under [tunnel] authtoken, or in the window.")
		}
		return reach(ctx, ngrokService)
	case tunnel.KindSSH:
		return x.ssh(ctx, chosen.Tunnel)
	default:
		return Finding{"tunnel", Good, "a local tunnel: only programs on this computer reach it", ""}
	}
}

// ssh logs in at the SSH server, and asks for nothing there.
func (x Examination) ssh(ctx context.Context, t settings.Tunnel) Finding {
	o, err := reachSSH(t, x.DataDir, x.Vault)
	if err != nil {
		return troubled("tunnel", err, "")
	}
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	err = tunnel.TrySSH(ctx, o)
	var told *tunnel.Error
	switch {
	case errors.As(err, &told) && told.HostKey != nil:
		return Finding{"tunnel", Bad, told.Says, TrustAdvice(*told.HostKey, "")}
	case err != nil:
		return troubled("tunnel", err, "")
	}
	return Finding{"tunnel", Good, "the SSH server " + o.Server + " lets us in", ""}
}

// running is the finding on the tunnel of a Shopbell that runs.
func running(s tunnel.Status) Finding {
	switch {
	case s.State == tunnel.Online && len(s.Notes) > 0:
		return Finding{"tunnel", Warning, fmt.Sprintf("%s is online at %s; %s", s.Kind, s.URL, s.Notes[len(s.Notes)-1]), ""}
	case s.State == tunnel.Online:
		return Finding{"tunnel", Good, fmt.Sprintf("%s is online at %s", s.Kind, s.URL), ""}
	case s.State == tunnel.Connecting:
		return Finding{"tunnel", Warning, fmt.Sprintf("%s is connecting", s.Kind), "Wait a moment."}
	}
	return Finding{"tunnel", Bad, fmt.Sprintf("%s is %s since %s: %s", s.Kind, s.State, s.Since.Format(time.DateTime), cmp.Or(s.Error, "no reason is known")), s.Advice}
}

// reach agrees on TLS with a service, and asks it nothing.
func reach(ctx context.Context, address string) Finding {
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return Finding{"tunnel", Bad, fmt.Sprintf("%s cannot be reached: %v", address, err), "Check the network, or ask for the address to be let through."}
	}
	defer conn.Close()
	host, _, _ := net.SplitHostPort(address)
	// Its certificate is of ngrok's own authority: who answers is found out at the
	// log-in. Here it counts that TLS gets through.
	secure := tls.Client(conn, &tls.Config{ServerName: host, InsecureSkipVerify: true})
	if err := secure.HandshakeContext(ctx); err != nil {
		return Finding{"tunnel", Bad, fmt.Sprintf("something answers in place of %s: %v", address, err), "In a network with a log-in page of its own, log in there first."}
	}
	return Finding{"tunnel", Good, address + " can be reached", ""}
}
