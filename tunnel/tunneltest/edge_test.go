package tunneltest_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestPublicURLReachesTheOnlyAgent(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	tun := online(t, edge)
	defer tun.Close()
	go http.Serve(tun, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	answer, err := http.Get(edge.PublicURL() + "/hook")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusTeapot {
		t.Errorf("got %d, want the agent's answer", answer.StatusCode)
	}
}

func TestEdgeKeepsItsAddressAcrossDownAndUp(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	addr := edge.Addr()
	edge.Down()
	edge.Down()
	if err := edge.Up(); err != nil {
		t.Fatal(err)
	}
	if edge.Addr() != addr {
		t.Errorf("got %s, want %s", edge.Addr(), addr)
	}
	_ = online(t, edge).Close()
}

func TestClosedEdgeStaysClosed(t *testing.T) {
	edge, err := tunneltest.StartEdge()
	if err != nil {
		t.Fatal(err)
	}
	edge.Close()
	_ = edge.Up()
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if tun, err := tunnel.Ngrok(ctx, edge.Options(tunneltest.Token)); err == nil {
		_ = tun.Close()
		t.Error("an agent got in")
	}
}

func online(t *testing.T, edge *tunneltest.Edge) *tunnel.Tunnel {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	tun, err := tunnel.Ngrok(ctx, edge.Options(tunneltest.Token))
	if err != nil {
		t.Fatal(err)
	}
	return tun
}

func ExampleStartEdge() {
	edge, err := tunneltest.StartEdge()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer edge.Close()
	answer, err := edge.PublicClient().Get("https://nobody.ngrok.test/")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	fmt.Println(answer.StatusCode, answer.Header.Get("ngrok-error-code"))
	// Output: 404 ERR_NGROK_3200
}
