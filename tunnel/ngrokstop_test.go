package tunnel_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// closeIn fails when Close takes longer than it may.
func closeIn(t *testing.T, tun *tunnel.Tunnel) {
	t.Helper()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = tun.Close()
	}()
	select {
	case <-closed:
	case <-time.After(deadline):
		t.Fatal("Close hangs")
	}
	if s := tun.Status(); s.State != tunnel.Closed || s.URL != "" {
		t.Errorf("got %+v, want closed and no address", s)
	}
	if _, err := tun.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept: got %v, want net.ErrClosed", err)
	}
}

func TestStoppedEndpointShowsWhyAndComesBack(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	o := edge.Options(tunneltest.Token)
	o.Domain = "my.ngrok.test"
	tun := open(t, o)
	serve(t, tun, hello)
	edge.RefuseBinds(1, "ERR_NGROK_725")
	edge.StopTunnels("ERR_NGROK_9999", "An administrator stopped this endpoint.")
	s := await(t, tun, "the reason", func(s tunnel.Status) bool { return s.Code == "ERR_NGROK_9999" })
	if s.State != tunnel.Lost || !strings.Contains(s.Error, "An administrator stopped this endpoint") ||
		!strings.Contains(s.Advice, "errors/err_ngrok_9999") {
		t.Errorf("got %+v, want the service's words and a link to more", s)
	}
	await(t, tun, "the refusal of the next bind", func(s tunnel.Status) bool { return s.Code == "ERR_NGROK_725" })
	wantAnswer(t, edge, awaitOnline(t, tun, 1).URL)
	// The library would bring the stopped endpoint back beside ours.
	edge.Drop()
	wantAnswer(t, edge, awaitOnline(t, tun, 2).URL)
	if urls := edge.Online(); len(urls) != 1 {
		t.Errorf("online are %q, want one", urls)
	}
}

func TestGoAwayKeepsServingAndReconnectHelps(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	if n := edge.GoAway(); n != 1 {
		t.Fatalf("%d agents were told, want 1", n)
	}
	wantAnswer(t, edge, tun.Status().URL)
	tun.Reconnect()
	wantAnswer(t, edge, awaitOnline(t, tun, 1).URL)
	edge.GoAway()
	edge.Drop()
	wantAnswer(t, edge, awaitOnline(t, tun, 2).URL)
	edge.GoAway()
	closeIn(t, tun)
}

func TestCloseDoesNotHangWhileAConnectionWaits(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	url := tun.Status().URL
	const senders = 20
	answers := make(chan int, senders)
	for range senders {
		go func() {
			answer, err := edge.PublicClient().Get(url)
			if err != nil {
				answers <- 0
				return
			}
			_ = answer.Body.Close()
			answers <- answer.StatusCode
		}()
	}
	if c, err := tun.Accept(); err != nil {
		t.Fatal(err)
	} else {
		_ = c.Close()
	}
	closeIn(t, tun) // nobody accepts the others
	for range senders {
		select {
		case <-answers:
		case <-time.After(deadline):
			t.Fatal("a sender got no answer")
		}
	}
}

func TestCloseDoesNotHangInAnyTrouble(t *testing.T) {
	for name, trouble := range map[string]func(*tunneltest.Edge, *tunnel.Tunnel){
		"silence":    func(e *tunneltest.Edge, _ *tunnel.Tunnel) { e.Silence() },
		"drop":       func(e *tunneltest.Edge, _ *tunnel.Tunnel) { e.Drop() },
		"down":       func(e *tunneltest.Edge, _ *tunnel.Tunnel) { e.Down() },
		"stopped":    func(e *tunneltest.Edge, _ *tunnel.Tunnel) { e.StopTunnels("ERR_NGROK_1", "stop") },
		"reconnect":  func(_ *tunneltest.Edge, tun *tunnel.Tunnel) { tun.Reconnect() },
		"long down":  func(e *tunneltest.Edge, tun *tunnel.Tunnel) { e.Down(); tun.Reconnect() },
		"no trouble": func(*tunneltest.Edge, *tunnel.Tunnel) {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			edge := tunneltest.NewEdge(t)
			tun := open(t, edge.Options(tunneltest.Token))
			trouble(edge, tun)
			closeIn(t, tun)
			closeIn(t, tun)
		})
	}
}

func TestGracefulShutdownFinishesTheRequestInFlight(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	began, goOn := make(chan struct{}), make(chan struct{})
	server := serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-goOn
		hello(w, r)
	})
	answered := make(chan string, 1)
	url := tun.Status().URL
	go func() {
		_, body := get(t, edge, url)
		answered <- body
	}()
	<-began
	down := make(chan error, 1)
	go func() { down <- server.Shutdown(context.Background()) }()
	await(t, tun, "the close", func(s tunnel.Status) bool { return s.State == tunnel.Closed })
	close(goOn)
	if body := <-answered; !strings.HasPrefix(body, "GET / ") {
		t.Errorf("the sender got %q", body)
	}
	if err := <-down; err != nil {
		t.Errorf("Shutdown: %v", err)
	}
	if n := edge.Counts().Unbinds; n != 1 {
		t.Errorf("got %d unbinds, want 1", n)
	}
}
