package console_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// openShop is a shop that can be told what to answer.
func openShop(t *testing.T) *inspectortest.Shop {
	t.Helper()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shop.Close() })
	return shop
}

// queueConfig writes settings with the endpoints orders and stock, which answer
// at once, and refunds, which does not.
func queueConfig(t *testing.T, shop string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shopbell.toml")
	text := fmt.Sprintf("[shop]\nurl = %q\n", shop)
	for _, name := range []string{"orders", "stock", "refunds"} {
		answer := "accept"
		if name == "refunds" {
			answer = "shop"
		}
		text += fmt.Sprintf("[[endpoint]]\nname = %q\nprovider = \"truust\"\npath = \"/%s\"\nanswer = %q\n", name, name, answer)
	}
	write(t, file, text)
	return file
}

// queue runs a command on queues and returns what it prints by endpoint.
func queue(t *testing.T, args ...string) map[string]map[string]any {
	t.Helper()
	code, out, talk := run(t, nil, append([]string{"queue"}, append(args, "--json")...)...)
	if code != 0 {
		t.Fatalf("queue %q ended with %d: %s", args, code, talk)
	}
	queues := map[string]map[string]any{}
	for line := range strings.Lines(out) {
		var q map[string]any
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatalf("line %q is no JSON object: %v", line, err)
		}
		queues[q["endpoint"].(string)] = q
	}
	return queues
}

func TestQueueIsPausedResumedAndDrainedByCommand(t *testing.T) {
	data, shop := t.TempDir(), openShop(t)
	config := queueConfig(t, shop.URL().String())
	at := []string{"--data", data, "--config", config}
	serve := startServe(t, data, "--config", config)
	if got := queue(t, append(at, "pause", "orders")...); len(got) != 1 || got["orders"]["paused"] != true {
		t.Errorf("paused as %v", got)
	}
	for _, path := range []string{"/orders", "/stock"} {
		if status := deliver(http.DefaultClient, serve.url(path)); status != 200 {
			t.Errorf("%s is answered with %d", path, status)
		}
	}
	if got := shop.Await(1, patience); len(got) != 1 || got[0].Target != "/stock" {
		t.Errorf("the shop got %d requests", len(got))
	}
	stopped(t, serve)

	// With nothing running the store still tells, and nothing can be changed.
	if q := queue(t, append(at, "list")...); q["orders"]["paused"] != true || q["orders"]["waiting"] != 1.0 || q["stock"]["waiting"] != 0.0 || q["refunds"] != nil {
		t.Errorf("the store tells of %v", q)
	}
	wantEnd(t, 1, "no Shopbell runs", append(at, "queue", "resume", "orders")...)

	serve = startServe(t, data, "--config", config)
	wantEnd(t, 1, "paused", append(at, "queue", "drain", "orders")...)
	shop.On("/orders", inspectortest.Behaviour{Status: 503, Header: signature.Header{{Name: "Retry-After", Value: "3000"}}})
	queue(t, append(at, "resume", "orders")...)
	if d := serve.next(t); d["kind"] != "first" || d["status"] != 503.0 {
		t.Errorf("the first delivery is %v", d)
	}
	q := queue(t, at...)["orders"]
	for limit := time.Now().Add(patience); q["next"] == nil && time.Now().Before(limit); {
		q = queue(t, at...)["orders"]
	}
	_, rows, _ := run(t, nil, append(at, "list", "is:waiting")...)
	if !strings.Contains(rows, "503, waiting ×1, next ") {
		t.Errorf("its row is %q", rows)
	}
	if q["error"] != "the shop answered 503" || q["next"] == nil || q["waiting"] != 1.0 {
		t.Errorf("the refused one is listed as %v", q)
	}
	shop.On("/orders", inspectortest.Behaviour{})
	queue(t, append(at, "drain")...)
	if d := serve.next(t); d["kind"] != "retry" || d["status"] != 200.0 {
		t.Errorf("the next delivery is %v", d)
	}
}

func TestQueueListIsATableOfAcceptEndpoints(t *testing.T) {
	data, shop := t.TempDir(), openShop(t)
	config := queueConfig(t, shop.URL().String())
	startServe(t, data, "--config", config)
	code, out, talk := run(t, nil, "queue", "--data", data, "--config", config)
	for _, word := range []string{"ENDPOINT", "WAITING", "BEING SENT", "STEPPED ASIDE", "STATE", "NEXT ATTEMPT", "LAST ERROR", "orders", "stock", "delivering"} {
		if code != 0 || !strings.Contains(out, word) {
			t.Errorf("queue ended with %d, and %q is not in its output %q %q", code, word, out, talk)
		}
	}
	wantEnd(t, 1, "refunds", "queue", "list", "refunds", "--data", data, "--config", config)
	wantEnd(t, 1, "refunds", "queue", "pause", "refunds", "--data", data, "--config", config)
}

func TestKilledQueueSendsAllTheRestAndMarksWhatTheShopMayHaveHad(t *testing.T) {
	const deliveries = 100
	data, shop := t.TempDir(), openShop(t)
	config := filepath.Join(t.TempDir(), "shopbell.toml")
	write(t, config, fmt.Sprintf("[shop]\nurl = %q\n[[endpoint]]\nname = \"orders\"\nprovider = \"truust\"\npath = \"/orders\"\nanswer = \"accept\"\nconcurrency = 4\n", shop.URL()))
	serve := startServe(t, data, "--config", config)
	for n := range deliveries {
		if status := deliver(http.DefaultClient, serve.url(fmt.Sprintf("/orders/%d", n))); status != 200 {
			t.Fatalf("answered with %d", status)
		}
		if n == deliveries/2 {
			shop.Await(deliveries/4, patience)
			_ = serve.Process.Kill()
			_ = serve.Wait()
			serve = startServe(t, data, "--config", config)
		}
	}
	for limit := time.Now().Add(patience); queue(t, "--data", data, "--config", config)["orders"]["waiting"] != 0.0; {
		if time.Now().After(limit) {
			t.Fatal("the queue does not drain")
		}
	}
	stopped(t, serve)
	times := map[string]int{}
	for _, r := range shop.Requests() {
		times[r.Target]++
	}
	marked := map[string]bool{}
	for _, c := range listed(t, data) {
		for _, d := range c["deliveries"].([]any) {
			if d.(map[string]any)["repeated"] == true {
				marked[c["path"].(string)] = true
			}
		}
	}
	for n := range deliveries {
		path := fmt.Sprintf("/orders/%d", n)
		if times[path] == 0 || times[path] > 1 && !marked[path] {
			t.Errorf("the shop got %s %d times, marked as repeated: %v", path, times[path], marked[path])
		}
	}
}
