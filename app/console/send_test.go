package console_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"shopbell/app/console"
)

func TestSampleArrivesVerifiedAtTheRunningEndpoint(t *testing.T) {
	data, config, serve := filled(t)
	send := func(args ...string) (int, string, string) {
		return run(t, nil, append([]string{"send", "--config", config, "--data", data}, args...)...)
	}
	if code, out, talk := send("--provider", "tweed"); code != 0 || !strings.Contains(out, "200 OK") {
		t.Errorf("send ended with %d: %s%s", code, out, talk)
	}
	if code, _, talk := send("--provider", "tweed", "--event", "CHECKOUT_STATUS_UPDATED DONE", "--endpoint", "tweed live", "--fresh"); code != 0 {
		t.Errorf("send --fresh ended with %d: %s", code, talk)
	}
	if code, out, _ := send("--provider", "tweed", "--secret", "wrong"); code != 1 || !strings.Contains(out, "401") {
		t.Errorf("a wrong secret ended with %d: %s", code, out)
	}
	if code, _, talk := send("--provider", "yshop"); code != 1 || !strings.Contains(talk, "no running endpoint is for yshop") {
		t.Errorf("no endpoint ended with %d: %s", code, talk)
	}
	stopped(t, serve)
	kept := listed(t, data)
	if kept[0]["outcome"] != "mismatch" || kept[1]["outcome"] != "verified" || kept[2]["outcome"] != "verified" {
		t.Errorf("kept %v", kept)
	}
	if kept[1]["delivery_id"] == kept[2]["delivery_id"] || kept[1]["again"] != nil {
		t.Errorf("the fresh sample repeats an earlier delivery: %v", kept[1])
	}
	if code, _, talk := send("--provider", "tweed"); code != 1 || !strings.Contains(talk, "serve") {
		t.Errorf("nobody runs: ended with %d: %s", code, talk)
	}
}

func TestSendPrintsTheAnswer(t *testing.T) {
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write(append([]byte("got \x1b[2J"), body[:1]...))
	}))
	defer shop.Close()
	code, out, _ := run(t, nil, "send", "--provider", "truust", "--to", shop.URL+"/hook")
	if code != 1 || !strings.Contains(out, "418") || !strings.Contains(out, `got \x1b[2J{`) {
		t.Errorf("send ended with %d and printed %q", code, out)
	}
	code, out, _ = run(t, nil, "send", "--json", "--provider", "truust", "--to", shop.URL+"/hook")
	var object map[string]any
	if err := json.Unmarshal([]byte(out), &object); err != nil || code != 1 {
		t.Fatalf("send --json ended with %d: %q", code, out)
	}
	wantFields(t, object, "url", "event", "status", "ms", "headers", "body", "body_encoding")
}

func TestSendHidesPersonalDataUnlessAsked(t *testing.T) {
	const personal = "jan.novak@example.com"
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ok":true,"email":"`+personal+`"}`)
	}))
	defer shop.Close()
	for _, form := range [][]string{nil, {"--json"}} {
		for _, reveal := range []bool{false, true} {
			args := append([]string{"send", "--provider", "twisto", "--to", shop.URL}, form...)
			if reveal {
				args = append(args, "--reveal")
			}
			code, out, talk := run(t, nil, args...)
			if code != 0 || strings.Contains(out, personal) != reveal {
				t.Errorf("%q ended with %d: %s%s", args, code, out, talk)
			}
		}
	}
}

func TestSendNeverShowsAPassword(t *testing.T) {
	for _, form := range [][]string{nil, {"--json"}} {
		code, out, talk := run(t, nil, append([]string{"send", "--provider", "truust", "--to", "http://me:hunter2@localhost:1/"}, form...)...)
		if code != 2 || strings.Contains(out+talk, "hunter2") || !strings.Contains(talk, "--to") {
			t.Errorf("send %q ended with %d: %s%s", form, code, out, talk)
		}
	}
}

func TestWatchPrintsWhatComesAndWaitsForServe(t *testing.T) {
	data := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	talk, talkIn := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- console.Run(ctx, []string{"watch", "--json", "--data", data, "path:/wanted"}, environment(t), nil, in, talkIn, "0")
	}()
	said := bufio.NewScanner(talk)
	if !said.Scan() || !strings.Contains(said.Text(), "waiting") {
		t.Fatalf("watch said %q, expected that it waits", said.Text())
	}
	serve := startServe(t, data, "--shop", newShop(t).URL)
	if !said.Scan() || !strings.Contains(said.Text(), "watching") {
		t.Fatalf("watch said %q, expected that it watches", said.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, talk) }()
	deliver(http.DefaultClient, serve.url("/other"))
	deliver(http.DefaultClient, serve.url("/wanted"))
	lines := bufio.NewScanner(out)
	for _, kind := range []string{"capture", "delivery"} {
		var object map[string]any
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &object) != nil || object["type"] != kind {
			t.Fatalf("watch printed %q, expected a %s", lines.Text(), kind)
		}
		if kind == "capture" && object["path"] != "/wanted" {
			t.Errorf("watch printed %v, expected /wanted alone", object)
		}
	}
	cancel()
	if code := <-ended; code != 0 {
		t.Errorf("watch ended with %d, expected 0", code)
	}
}
