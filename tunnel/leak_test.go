package tunnel_test

import (
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestTenLivesLeaveNoGoroutines(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	cycle := func() {
		tun := open(t, quick(edge.Options(tunneltest.Token)))
		server := serve(t, tun, hello)
		wantAnswer(t, edge, tun.Status().URL)
		edge.Drop()
		awaitOnline(t, tun, 1)
		_ = tun.Close()
		_ = server.Close()
		local := openLocal(t, tunnel.LocalOptions{})
		_ = local.Close()
	}
	cycle()
	before := runtime.NumGoroutine()
	for range 10 {
		cycle()
	}
	// The library's own goroutines end with their heartbeat or back-off; a few
	// may be on their way at any moment.
	const slack = 8
	for late := time.Now().Add(deadline); runtime.NumGoroutine() > before+slack; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			var stacks strings.Builder
			_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
			t.Fatalf("%d goroutines before, %d after ten lives:\n%s", before, runtime.NumGoroutine(), stacks.String())
		}
	}
}
