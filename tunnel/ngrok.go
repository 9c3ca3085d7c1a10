package tunnel

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"
)

// NgrokOptions describe an ngrok endpoint.
type NgrokOptions struct {
	// Authtoken is the account's token; white space around it is ignored.
	Authtoken string
	// Domain is the account's stable domain, "" for the one ngrok gives.
	Domain string
	// ConnectURL, CAs and the heartbeat times replace the service's own, for tests.
	ConnectURL string // "host:port"
	CAs        *x509.CertPool
	// HeartbeatInterval is how often the link is tried (0 is 10 s), and
	// HeartbeatTimeout how late an answer may be (0 is 15 s).
	HeartbeatInterval time.Duration
	HeartbeatTimeout  time.Duration
	// Log gets what ngrok's library says, without the token; nil drops it.
	Log *slog.Logger
}

// Ngrok goes online with ngrok's SDK. ctx bounds only the first connect. A
// wrong token is an *Error at once; later losses show in Status. While the
// service cannot be reached the first connect is tried until ctx ends.
//
// ngrok's library tells the service this machine's host name, the path of this
// program and its process number; it has no option against that.
func Ngrok(ctx context.Context, o NgrokOptions) (*Tunnel, error) {
	o, err := o.clean()
	if err != nil {
		return nil, err
	}
	t := newTunnel(KindNgrok)
	if err := t.keepOnline(ctx, o.open); err != nil {
		return nil, err
	}
	return t, nil
}

func (o NgrokOptions) open(ctx context.Context, l *line) (leg, *Error) {
	s, err := openSession(ctx, l, o)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// clean returns o with token and domain as ngrok's library wants them.
func (o NgrokOptions) clean() (NgrokOptions, error) {
	o.Authtoken = strings.TrimSpace(o.Authtoken)
	switch {
	case o.Authtoken == "":
		return o, ngrokError("ERR_NGROK_4018", "")
	case strings.ContainsFunc(o.Authtoken, notToken):
		return o, &Error{
			Says:   "the ngrok authtoken holds characters that no token has",
			Advice: "Paste the token alone, without a command, quotes or line breaks.",
		}
	}
	domain, err := cleanDomain(o.Domain)
	if err != nil {
		return o, err
	}
	o.Domain = domain
	if strings.Count(o.ConnectURL, ":") > 1 {
		// The SDK takes the server's name from the text before the first colon.
		return o, &Error{
			Says:   fmt.Sprintf("connect to ngrok at %q: expected a name or an IPv4 address, a colon and a port", o.ConnectURL),
			Advice: "Write a host name in place of the IPv6 address.",
		}
	}
	return o, nil
}

func notToken(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\'' }

// cleanDomain accepts a domain as people copy it: with https:// and a slash.
func cleanDomain(text string) (string, error) {
	domain := strings.ToLower(strings.TrimSpace(text))
	domain = strings.TrimSuffix(strings.TrimPrefix(domain, "https://"), "/")
	if domain == "" {
		return "", nil
	}
	u, err := url.Parse("https://" + domain)
	plain := err == nil && u.Host == domain && !strings.ContainsFunc(domain, notDomain)
	if !plain || len(domain) > 253 {
		return "", &Error{
			Says:   fmt.Sprintf("the ngrok domain %q is not a host name", clip(text)),
			Advice: "Write the domain from your ngrok dashboard, for example name.ngrok-free.app, or leave it out.",
		}
	}
	return domain, nil
}

func notDomain(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-')
}
