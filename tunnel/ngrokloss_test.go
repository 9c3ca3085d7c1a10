package tunnel_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestDroppedConnectionComesBackAtTheSameURL(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	before := tun.Status()
	edge.Drop()
	after := awaitOnline(t, tun, 1)
	if after.URL != before.URL || after.PreviousURL != "" || len(after.Notes) != 0 {
		t.Errorf("got %+v, want the same address and nothing to tell", after)
	}
	if !after.Since.After(before.Since) || after.Error != "" {
		t.Errorf("got %+v, want a later Since and no error", after)
	}
	if c := edge.Counts(); c.Rebinds != 1 {
		t.Errorf("got %d binds after a reconnect, want 1 with the old bind's token", c.Rebinds)
	}
	wantAnswer(t, edge, after.URL)
}

func TestRequestInFlightIsCancelledByADrop(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	began, cancelled := make(chan struct{}), make(chan struct{})
	serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // net/http watches the connection after the body
		close(began)
		<-r.Context().Done()
		close(cancelled)
	})
	status := make(chan int, 1)
	go func() {
		answer, err := edge.PublicClient().Post(tun.Status().URL, "text/plain", strings.NewReader("x"))
		if err != nil {
			status <- 0
			return
		}
		_ = answer.Body.Close()
		status <- answer.StatusCode
	}()
	<-began
	edge.Drop()
	select {
	case <-cancelled:
	case <-time.After(deadline):
		t.Fatal("the handler was not told")
	}
	if got := <-status; got != http.StatusBadGateway {
		t.Errorf("the sender got %d, want 502", got)
	}
}

func TestSilentLinkIsNoticedAndReplaced(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, quick(edge.Options(tunneltest.Token)))
	serve(t, tun, hello)
	s := await(t, tun, "a heartbeat", func(s tunnel.Status) bool { return s.Latency > 0 })
	edge.Silence()
	if back := awaitOnline(t, tun, 1); back.URL != s.URL {
		t.Errorf("got %q, want %q again", back.URL, s.URL)
	}
	wantAnswer(t, edge, s.URL)
}

func TestLossIsShownUntilTheServiceIsBack(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	url := tun.Status().URL
	edge.Down()
	lost := await(t, tun, "a failed attempt", func(s tunnel.Status) bool {
		return s.State == tunnel.Lost && strings.Contains(s.Error, "refused")
	})
	if lost.URL != url || lost.Latency != 0 || lost.Advice == "" {
		t.Errorf("got %+v, want the address kept, no latency, an advice", lost)
	}
	changed, end := tun.Subscribe()
	defer end()
	select { // the next failed attempt, half a second later
	case <-changed:
	case <-time.After(deadline):
		t.Fatal("there was no other attempt")
	}
	if again := tun.Status(); again.State != tunnel.Lost || again.Since != lost.Since {
		t.Errorf("got %+v, want one loss since %v", again, lost.Since)
	}
	if err := edge.Up(); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, edge, awaitOnline(t, tun, 1).URL)
}

func TestChangedURLIsNoticed(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	before := tun.Status().URL
	for i, next := range []string{"https://second.ngrok.test", "https://third.ngrok.test"} {
		edge.GiveURL(next)
		edge.Drop()
		s := awaitOnline(t, tun, i+1)
		if s.URL != next || s.PreviousURL != before {
			t.Fatalf("got %q after %q, want %q after %q", s.URL, s.PreviousURL, next, before)
		}
		if len(s.Notes) != i+1 || !strings.Contains(s.Notes[i], before) || !strings.Contains(s.Notes[i], next) {
			t.Errorf("got notes %q, want both addresses in the last", s.Notes)
		}
		wantAnswer(t, edge, next)
		before = next
	}
}

func TestRefusedRebindIsShownAndRetried(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	changed, end := tun.Subscribe()
	defer end()
	edge.RefuseBinds(2, "ERR_NGROK_334")
	edge.Drop()
	shown := false
	for late := time.After(deadline); !shown; {
		select {
		case <-changed:
			s := tun.Status()
			shown = s.State == tunnel.Lost && s.Code == "ERR_NGROK_334" && strings.Contains(s.Error, "already online")
		case <-late:
			t.Fatalf("the refusal was not shown; the status is %+v", tun.Status())
		}
	}
	s := awaitOnline(t, tun, 1)
	if s.Code != "" || s.Reconnects != 1 {
		t.Errorf("got %+v, want one reconnect and no code", s)
	}
	wantAnswer(t, edge, s.URL)
}

func TestRevokedTokenShowsAndKeepsTrying(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	edge.Revoke(tunneltest.Token)
	edge.Drop()
	s := await(t, tun, "the refusal", func(s tunnel.Status) bool { return s.Code == "ERR_NGROK_107" })
	if s.State != tunnel.Lost || !strings.Contains(s.Error, "revoked") || strings.Contains(s.Error+s.Advice, tunneltest.Token) {
		t.Errorf("got %+v, want lost, revoked and no token", s)
	}
	edge.Accept(tunneltest.Token)
	awaitOnline(t, tun, 1)
}

func TestReconnectDoesNotWaitForTheBackOff(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	tun.Reconnect()
	s := awaitOnline(t, tun, 1)
	wantAnswer(t, edge, s.URL)
	edge.Down()
	awaitLost(t, tun)
	if err := edge.Up(); err != nil {
		t.Fatal(err)
	}
	tun.Reconnect()
	wantAnswer(t, edge, awaitOnline(t, tun, 2).URL)
}

func TestKeptAliveSenderSurvivesAReconnect(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := open(t, edge.Options(tunneltest.Token))
	serve(t, tun, hello)
	sender := edge.PublicClient()
	for i := range 4 {
		answer, err := sender.Get(tun.Status().URL)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("request %d: got %d", i, answer.StatusCode)
		}
		edge.Drop()
		awaitOnline(t, tun, i+1)
	}
}
