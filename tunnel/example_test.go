package tunnel_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func ExampleLocal() {
	tun, err := tunnel.Local(tunnel.LocalOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tun.Close()
	go http.Serve(tun, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "ding")
	}))
	answer, err := http.Post(tun.Status().URL+"/hook", "text/plain", strings.NewReader("order paid"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	fmt.Println(tun.Status().State, answer.StatusCode, string(body))
	// Output: online 200 ding
}

func ExampleNgrok() {
	edge, err := tunneltest.StartEdge() // the real service takes no edge
	if err != nil {
		fmt.Println(err)
		return
	}
	defer edge.Close()

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, err = tunnel.Ngrok(ctx, edge.Options("a token with a typo"))
	fmt.Println(err)
	_, err = tunnel.Ngrok(ctx, edge.Options("aTokenOfNobody"))
	fmt.Println(err)

	o := edge.Options(tunneltest.Token)
	o.Domain = "my-shop.ngrok-free.app"
	tun, err := tunnel.Ngrok(ctx, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tun.Close()
	fmt.Println(tun.Status().State, tun.Status().URL)
	// Output:
	// the ngrok authtoken holds characters that no token has
	// ngrok does not know this authtoken
	// online https://my-shop.ngrok-free.app
}
