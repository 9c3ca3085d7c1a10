package console_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestASpoiledSampleIsRefusedAndThatIsTheGoodAnswer(t *testing.T) {
	data, config, serve := filled(t)
	send := func(args ...string) (int, string, string) {
		return run(t, nil, append([]string{"send", "--config", config, "--data", data, "--provider", "tweed"}, args...)...)
	}
	for _, how := range []string{"tampered_body", "tampered_signature", "missing_signature", "other_secret", "renamed_header"} {
		if code, out, talk := send("--spoil", how); code != 0 || !strings.Contains(out, "401") || !strings.Contains(out, "spoiled by "+how+": expected m") {
			t.Errorf("--spoil %s ended with %d: %s%s", how, code, out, talk)
		}
	}
	if code, out, _ := send("--spoil", "tampered_body", "--repeat", "3", "--rate", "200", "--json"); code != 0 || !strings.Contains(out, `"sent":3`) || !strings.Contains(out, `"statuses":{"401":3}`) || !strings.Contains(out, `"expected":"mismatch"`) {
		t.Errorf("--repeat ended with %d: %s", code, out)
	}
	if code, out, talk := send("--set", "json:data.status=PAID", "--fresh"); code != 0 {
		t.Errorf("--set ended with %d: %s%s", code, out, talk)
	}
	stopped(t, serve)
	kept := listed(t, data)
	if kept[0]["hint"] != "PAID" {
		t.Errorf("the changed sample is %v", kept[0])
	}
	for i, want := range []string{"verified", "mismatch", "mismatch", "mismatch", "missing", "mismatch", "missing", "mismatch", "mismatch"} {
		if kept[i]["outcome"] != want {
			t.Errorf("number %d from the newest is %v, expected %s", i, kept[i]["outcome"], want)
		}
	}
}

func TestAShopThatTakesASpoiledSampleIsToldApart(t *testing.T) {
	shop := newShop(t)
	code, _, talk := run(t, nil, "send", "--provider", "tweed", "--to", shop.URL, "--spoil", "tampered_body")
	if code != 1 {
		t.Errorf("a shop that takes everything ended with %d: %s", code, talk)
	}
	code, out, _ := run(t, nil, "send", "--provider", "tweed", "--to", shop.URL, "--repeat", "4", "--rate", "200")
	if code != 0 || !strings.Contains(out, "tweed: 4 of 4 sent to") || !strings.Contains(out, "answered 4 times 200 in") {
		t.Errorf("--repeat ended with %d: %s", code, out)
	}
	code, _, talk = run(t, nil, "send", "--provider", "tweed", "--to", "http://127.0.0.1:1", "--repeat", "2", "--rate", "200")
	if code != 1 || !strings.Contains(talk, "2 of 2 got no answer") {
		t.Errorf("nobody there ended with %d: %s", code, talk)
	}
}

func TestWhatCannotBeSentIsWrongUse(t *testing.T) {
	for says, args := range map[string][]string{
		"there are: tampered_body":                            {"--spoil", "nonsense"},
		"--repeat is \"0\", expected 1 to 1000":               {"--repeat", "0"},
		"--repeat is \"1001\"":                                {"--repeat", "1001"},
		"--rate is \"201\"":                                   {"--rate", "201"},
		"--rate is \"0\"":                                     {"--rate", "0"},
		"--rate is \"NaN\"":                                   {"--rate", "NaN"},
		"expected PATH=VALUE":                                 {"--set", "x"},
		"no such value, expected one of json:type":            {"--set", "a.b=1"},
		"its age is not checked":                              {"--spoil", "stale_timestamp"},
		"for this one there are: tampered_body, tampered_sig": {"--spoil", "stale_timestamp"},
	} {
		wantEnd(t, 2, says, append([]string{"send", "--provider", "tweed", "--to", "http://127.0.0.1:1"}, args...)...)
	}
	wantEnd(t, 2, "the provider documents no signature", "send", "--provider", "truust", "--to", "http://127.0.0.1:1", "--spoil", "tampered_body")
}

func TestReplaysComeInTheGivenOrderUnderFreshIDs(t *testing.T) {
	bothWays(t, func(t *testing.T, data, config string) {
		var mu sync.Mutex
		var got []string
		var at []time.Time
		shop := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			mu.Lock()
			defer mu.Unlock()
			got, at = append(got, r.Header.Get("X-Tweed-Delivery")+string(body[:1])), append(at, time.Now())
		}))
		defer shop.Close()
		all := listed(t, data)
		tweed, twisto := all[0]["id"].(string), all[1]["id"].(string)
		old := all[0]["delivery_id"].(string)
		common := []string{"replay", "--json", "--config", config, "--data", data, "--to", shop.URL}
		code, out, talk := run(t, nil, append(common, "--pace", "50ms", tweed, twisto, tweed)...)
		if code != 0 || strings.Count(out, "\n") != 3 {
			t.Fatalf("replay ended with %d: %s%s", code, out, talk)
		}
		code, out, talk = run(t, nil, append(common, "--fresh-id", tweed)...)
		var d map[string]any
		if err := json.Unmarshal([]byte(out), &d); code != 0 || err != nil || d["edited"] != true || d["resigned"] != true {
			t.Fatalf("replay --fresh-id ended with %d: %s%s", code, out, talk)
		}
		if len(got) != 4 || got[0] != got[2] || !strings.HasPrefix(got[0], old) || strings.HasPrefix(got[1], old) || strings.HasPrefix(got[3], old) || len(got[3]) != len(got[0]) {
			t.Errorf("the shop got %q, the id was %q", got, old)
		}
		if at[1].Sub(at[0]) < 50*time.Millisecond || at[2].Sub(at[1]) < 50*time.Millisecond {
			t.Errorf("they came at %v", at)
		}
		wantEnd(t, 2, "--pace is", append(common, "--pace=-1s", tweed)...)
	})
}
