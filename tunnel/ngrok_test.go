package tunnel_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestOnlineTunnelAnswersAtItsURL(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	s := tun.Status()
	if s.State != tunnel.Online || s.Kind != tunnel.KindNgrok || !strings.HasPrefix(s.URL, "https://") || strings.HasSuffix(s.URL, "/") {
		t.Fatalf("got status %+v, want online at an https address without a slash at the end", s)
	}
	if s.Account != "Loopback" || s.Plan != "Test" || s.Region != "loopback" || s.Since.IsZero() {
		t.Fatalf("got status %+v, want what the service said at log-in", s)
	}
	wantAnswer(t, edge, s.URL+"/hook?a=1")
	if got := tun.Addr().String(); "https://"+got != s.URL {
		t.Errorf("got address %q, want the host of %q", got, s.URL)
	}
}

func TestStableDomainIsAskedForAsPeopleCopyIt(t *testing.T) {
	for _, domain := range []string{"my-shop.ngrok-free.app", "https://my-shop.ngrok-free.app/", "  My-Shop.ngrok-free.app\n"} {
		edge := tunneltest.NewEdge(t)
		o := edge.Options(tunneltest.Token)
		o.Domain = domain
		if got := open(t, o).Status().URL; got != "https://my-shop.ngrok-free.app" {
			t.Errorf("domain %q: got %q", domain, got)
		}
	}
}

func TestWrongTokenIsAnErrorAtOnce(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Revoke("revokedToken")
	edge.RefuseToken("manyAgents", "ERR_NGROK_108")
	for token, code := range map[string]string{
		"wrongToken": "ERR_NGROK_105", "revokedToken": "ERR_NGROK_107", "manyAgents": "ERR_NGROK_108",
	} {
		before := edge.Counts().Refused
		// Without the rule that a code ends the attempt this would wait for ctx.
		_, err := tunnel.Ngrok(within(t), edge.Options(token))
		e := asError(t, err, code)
		if errors.Is(err, context.DeadlineExceeded) || edge.Counts().Refused != before+1 {
			t.Errorf("%s: got %v after %d attempts, want one", code, err, edge.Counts().Refused-before)
		}
		if strings.Contains(e.Says+e.Advice, token) {
			t.Errorf("%s: the token is in %q", code, e.Says)
		}
	}
}

func TestTokenStaysOutOfErrorsAndLogs(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	for _, token := range []string{"spoiledTokenThatTheServiceRepeats", tunneltest.Token} {
		book, fallback := &logBook{}, &logBook{}
		normal := slog.Default()
		slog.SetDefault(fallback.logger())
		o := edge.Options(token)
		o.Log = book.logger()
		tun, err := tunnel.Ngrok(within(t), o)
		if err == nil {
			serve(t, tun, hello)
			wantAnswer(t, edge, tun.Status().URL)
			edge.Drop()
			awaitOnline(t, tun, 1)
			_ = tun.Close()
		}
		slog.SetDefault(normal)
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), token) {
				t.Errorf("the token is in the error %q", e)
			}
		}
		if text := book.String(); text == "" || strings.Contains(text, token) {
			t.Errorf("want a log without the token, got %d bytes:\n%s", len(text), text)
		}
		if text := fallback.String(); text != "" {
			t.Errorf("the default logger got %s", text)
		}
	}
}

func TestMistakesInTheOptionsAreNamed(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	for name, c := range map[string]struct {
		edit func(*tunnel.NgrokOptions)
		code string
		says string
	}{
		"no token":      {func(o *tunnel.NgrokOptions) { o.Authtoken = " \n" }, "ERR_NGROK_4018", "authtoken"},
		"whole command": {func(o *tunnel.NgrokOptions) { o.Authtoken = "ngrok config add-authtoken x" }, "", "authtoken"},
		"quoted token":  {func(o *tunnel.NgrokOptions) { o.Authtoken = `"x"` }, "", "authtoken"},
		"http domain":   {func(o *tunnel.NgrokOptions) { o.Domain = "http://a.example" }, "", `"http://a.example"`},
		"path":          {func(o *tunnel.NgrokOptions) { o.Domain = "a.example/hook" }, "", `"a.example/hook"`},
		"control bytes": {func(o *tunnel.NgrokOptions) { o.Domain = "a\x00b" }, "", "host name"},
		"IPv6 service":  {func(o *tunnel.NgrokOptions) { o.ConnectURL = "[::1]:443" }, "", `"[::1]:443"`},
	} {
		o := edge.Options(tunneltest.Token)
		c.edit(&o)
		_, err := tunnel.Ngrok(within(t), o)
		if e := asError(t, err, c.code); !strings.Contains(e.Says, c.says) {
			t.Errorf("%s: got %q, want %q in it", name, e.Says, c.says)
		}
	}
	if n := edge.Counts().Connects; n != 0 {
		t.Errorf("the service was asked %d times, want never", n)
	}
}

func TestAddressInUseIsAnErrorAtOnce(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Hold("my.ngrok.test")
	o := edge.Options(tunneltest.Token)
	o.Domain = "my.ngrok.test"
	_, err := tunnel.Ngrok(within(t), o)
	if e := asError(t, err, "ERR_NGROK_334"); !strings.Contains(e.Says, "my.ngrok.test") {
		t.Errorf("got %q, want the address in it", e.Says)
	}
	edge.Release("my.ngrok.test")
	open(t, o)
}

func TestUnreachableServiceIsTriedUntilTheContextEnds(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Down()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	_, err := tunnel.Ngrok(ctx, edge.Options(tunneltest.Token))
	e := asError(t, err, "")
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(e.Says, "refused") {
		t.Errorf("got %q (%v), want why it was not reached and the end of the context", e.Says, errors.Unwrap(err))
	}
}

func TestServiceThatComesUpWhileConnectingIsReached(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Down()
	back := time.AfterFunc(100*time.Millisecond, func() { _ = edge.Up() })
	defer back.Stop()
	tun := open(t, edge.Options(tunneltest.Token))
	if s := tun.Status(); s.State != tunnel.Online || s.Error != "" {
		t.Errorf("got %+v, want online without an error", s)
	}
}

func TestForeignCertificateIsExplained(t *testing.T) {
	edge, other := tunneltest.NewEdge(t), tunneltest.NewEdge(t)
	o := edge.Options(tunneltest.Token)
	o.CAs = other.Options("").CAs
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	_, err := tunnel.Ngrok(ctx, o)
	if e := asError(t, err, ""); !strings.Contains(e.Says, "certificate") || !strings.Contains(e.Advice, "network's own page") {
		t.Errorf("got %q, advice %q; want the certificate named", e.Says, e.Advice)
	}
}

func TestContextBoundsOnlyTheFirstConnect(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	ctx, cancel := context.WithCancel(context.Background())
	tun, err := tunnel.Ngrok(ctx, edge.Options(tunneltest.Token))
	if err != nil {
		t.Fatal(err)
	}
	defer tun.Close()
	cancel()
	serve(t, tun, hello)
	wantAnswer(t, edge, tun.Status().URL)
	edge.Drop()
	wantAnswer(t, edge, awaitOnline(t, tun, 1).URL)
}

func TestNobodyOnlineIsAnsweredAsTheServiceDoes(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	url := tun.Status().URL
	_ = tun.Close()
	answer, err := edge.PublicClient().Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusNotFound || answer.Header.Get("ngrok-error-code") != "ERR_NGROK_3200" {
		t.Errorf("got %d %q, want 404 ERR_NGROK_3200", answer.StatusCode, answer.Header.Get("ngrok-error-code"))
	}
	if n := edge.Counts().Unbinds; n != 1 {
		t.Errorf("got %d unbinds, want 1", n)
	}
	if _, err := tun.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept after Close: got %v, want net.ErrClosed", err)
	}
}
