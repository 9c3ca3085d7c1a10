package tunnel_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// A session that ends while the library logs in makes it use the memory of a
// request again that it may still be writing: a race inside the library.
func TestAttemptsAreBrokenOffWhileLoggingIn(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i)*time.Millisecond)
			defer cancel()
			tun, err := tunnel.Ngrok(ctx, edge.Options(tunneltest.Token))
			switch {
			case err == nil:
				_ = tun.Close()
			case !errors.Is(err, context.DeadlineExceeded):
				t.Errorf("got %v, want the end of the context", err)
			}
		})
	}
	all.Wait()
}

func TestAnAttemptIsBrokenOffWhereTheServiceSaysNothing(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	edge := tunneltest.NewEdge(t)
	o := edge.Options(tunneltest.Token)
	o.ConnectURL = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		if c, err := l.Accept(); err == nil {
			defer c.Close()
			cancel()
			_, _ = c.Read(make([]byte, 1<<16))
		}
	}()
	if _, err := tunnel.Ngrok(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
}
