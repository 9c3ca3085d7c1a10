package console_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

func TestKilledServeKeepsEveryAnsweredDeliveryOnce(t *testing.T) {
	const senders, answeredByShop = 200, 100
	killed := make(chan struct{})
	var asked atomic.Int32
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) > answeredByShop {
			<-killed // so that the kill comes midway
		}
	}))
	defer shop.Close()
	data := t.TempDir()
	serve := startServe(t, data, "--shop", shop.URL)

	var answered tally
	half := make(chan struct{})
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}, Timeout: patience}
	var all sync.WaitGroup
	for i := range senders {
		path := fmt.Sprintf("/order/%d", i)
		all.Go(func() {
			if deliver(client, serve.url(path)) == http.StatusOK && answered.add(path) == answeredByShop {
				close(half)
			}
		})
	}
	wait(t, half, "half of the deliveries to be answered")
	if err := serve.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = serve.Wait()
	close(killed)
	all.Wait()

	kept := map[string]int{}
	for _, object := range listed(t, data) {
		kept[object["path"].(string)]++
	}
	for _, path := range answered.paths {
		if kept[path] == 0 {
			t.Errorf("%s was answered and is not in the store", path)
		}
	}
	for path, times := range kept {
		if times > 1 {
			t.Errorf("%s is in the store %d times", path, times)
		}
	}
}
