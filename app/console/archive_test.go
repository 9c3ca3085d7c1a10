package console_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"shopbell/inspector/inspectortest"
	"shopbell/providers"
)

// filled returns a data folder with one capture of each sample, newest last,
// kept by a serve that still runs, and the settings file that it ran with.
func filled(t *testing.T) (data, config string, serve *process) {
	t.Helper()
	t.Chdir(requests(t))
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	write(t, "tweed.secret", "tweed-signing-secret-0001")
	config = mustGetwd(t) + "/shopbell.toml"
	write(t, "shopbell.toml", "[shop]\nurl = \""+newShop(t).URL+"\"\n"+`
[[endpoint]]
name = "tweed live"
provider = "tweed"
path = "/tweed/5f1e0c7a9d3b4e68"
secrets = ["file:tweed.secret"]
[[endpoint]]
name = "twisto"
provider = "twisto"
path = "/twisto/3a7f9c1e5d2b4860"
`)
	data = t.TempDir()
	serve = startServe(t, data, "--config", config)
	for _, id := range []string{"twisto", "tweed"} {
		p, _ := catalog.Get(id)
		if _, err := inspectortest.Send(t.Context(), serve.url(""), p.Examples[0].Message); err != nil {
			t.Fatal(err)
		}
	}
	return data, config, serve
}

// bothWays runs check while serve owns the store, and again after it ended.
func bothWays(t *testing.T, check func(t *testing.T, data, config string)) {
	data, config, serve := filled(t)
	t.Run("through the local API", func(t *testing.T) { check(t, data, config) })
	stopped(t, serve)
	t.Run("with the store itself", func(t *testing.T) { check(t, data, config) })
}

// listedWith waits until the newest capture has n deliveries: they become
// durable, and with it visible, a moment after the sender was answered.
func listedWith(t *testing.T, data string, n int) []map[string]any {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		all := listed(t, data)
		if len(deliveriesOf(all[0])) >= n {
			return all
		}
		if time.Now().After(end) {
			t.Fatalf("the newest capture is %v, expected %d deliveries", all[0], n)
		}
	}
}

func deliveriesOf(capture map[string]any) []any { return capture["deliveries"].([]any) }

func TestListIsTheSameWhetherServeRunsOrNot(t *testing.T) {
	bothWays(t, func(t *testing.T, data, _ string) {
		all := listedWith(t, data, 1)
		if len(all) != 2 || all[0]["provider"] != "tweed" || all[1]["provider"] != "twisto" {
			t.Fatalf("list has %v, expected tweed before twisto", all)
		}
		wantFields(t, all[0], "type", "id", "received", "endpoint", "provider", "event", "delivery_id", "outcome", "cover", "method", "path", "size", "deliveries")
		wantFields(t, deliveriesOf(all[0])[0].(map[string]any), "capture", "kind", "status", "ms", "error")
		if code, out, _ := run(t, nil, "list", "--data", data, "--json", "--limit", "1"); code != 0 || strings.Count(out, "\n") != 1 {
			t.Errorf("--limit 1 printed %q", out)
		}
		if _, out, _ := run(t, nil, "list", "--data", data, "--json", "provider:twisto", "is:held"); out != "" {
			t.Errorf("a query that nothing matches printed %q", out)
		}
		if _, out, _ := run(t, nil, "list", "--data", data, "provider:twisto"); strings.Count(out, "\n") != 2 {
			t.Errorf("a query for one printed %q, expected a head and a row", out)
		}
		wantEnd(t, 2, "since", "list", "--data", data, "since:never")
	})
}

func TestShowHidesPersonalDataUnlessAsked(t *testing.T) {
	bothWays(t, func(t *testing.T, data, _ string) {
		const personal = "jan.novak@example.com"
		id := listed(t, data)[1]["id"].(string)
		for _, c := range []struct {
			args  []string
			shown bool
		}{
			{[]string{}, false}, {[]string{"--json"}, false}, {[]string{"--reveal"}, true},
			{[]string{"--json", "--reveal"}, true}, {[]string{"--raw"}, true},
		} {
			code, out, talk := run(t, nil, append([]string{"show", "--data", data, id}, c.args...)...)
			if code != 0 || strings.Contains(out, personal) != c.shown {
				t.Errorf("show %q ended with %d, %s: expected the address to be shown: %v\n%s", c.args, code, talk, c.shown, out)
			}
		}
		if code, _, talk := run(t, nil, "show", "--data", data, strings.ToLower(id[:25])); code != 0 {
			t.Errorf("a prefix in lower case ended with %d: %s", code, talk)
		}
		wantEnd(t, 2, "begin with", "show", "--data", data, id[:1])
		wantEnd(t, 1, "no capture", "show", "--data", data, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
	})
}

func TestRawRequestIsJudgedLikeTheDelivery(t *testing.T) {
	bothWays(t, func(t *testing.T, data, config string) {
		id := listed(t, data)[0]["id"].(string)
		_, raw, _ := run(t, nil, "show", "--data", data, "--raw", id)
		code, out, talk := run(t, []byte(raw), "verify", "--config", config, "--endpoint", "tweed live", "-")
		if code != 0 {
			t.Errorf("verify ended with %d: %s%s", code, out, talk)
		}
	})
}

func TestReplaySendsAgainAndSaysWhatTheShopSaid(t *testing.T) {
	bothWays(t, func(t *testing.T, data, config string) {
		var got []string
		elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got = append(got, r.Header.Get("X-Hub-Signature-256"))
			w.WriteHeader(http.StatusAccepted)
		}))
		defer elsewhere.Close()
		id := listed(t, data)[0]["id"].(string)
		replay := func(code int, args ...string) map[string]any {
			t.Helper()
			got, out, talk := run(t, nil, append([]string{"replay", "--json", "--config", config, "--data", data, id}, args...)...)
			var object map[string]any
			if err := json.Unmarshal([]byte(out), &object); got != code || err != nil {
				t.Fatalf("replay %q ended with %d, expected %d: %v %s%s", args, got, code, err, out, talk)
			}
			return object
		}
		if d := replay(0); d["kind"] != "replay" || d["status"] != 200.0 || d["capture"] != id || d["type"] != "delivery" {
			t.Errorf("replayed as %v", d)
		}
		if d := replay(0, "--to", elsewhere.URL+"/x"); d["status"] != 202.0 {
			t.Errorf("replayed elsewhere as %v", d)
		}
		if d := replay(0, "--to", elsewhere.URL, "--resign", "--edit", "tweed-changed.http"); d["edited"] != true || d["resigned"] != true {
			t.Errorf("edited and signed as %v", d)
		}
		if len(got) != 2 || got[0] == got[1] || got[1] == "" {
			t.Errorf("the shop got the signatures %q, expected another one after the edit", got)
		}
		elsewhere.Close()
		if d := replay(1, "--to", elsewhere.URL); d["status"] != 0.0 || d["error"] == "" {
			t.Errorf("replayed to nobody as %v", d)
		}
		listedWith(t, data, 5) // the first and four replays
	})
}
