package console_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// bookingShop books whatever comes; its state is at /state.
func bookingShop(t *testing.T) string {
	t.Helper()
	var booked atomic.Int64
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/state" {
			fmt.Fprintf(w, `{"orders":%d}`, booked.Load())
			return
		}
		booked.Add(1)
	}))
	t.Cleanup(shop.Close)
	return shop.URL
}

func TestARehearsalFailsAShopThatBooksTwice(t *testing.T) {
	shop := bookingShop(t)
	bothWays(t, func(t *testing.T, data, config string) {
		id := listed(t, data)[0]["id"].(string)
		report := filepath.Join(t.TempDir(), "report.xml")
		args := []string{"rehearse", id, "--config", config, "--data", data, "--to", shop + "/hook", "--probe", shop + "/state", "--plan", "duplicate,tampered_body", "--plan", "concurrent", "--junit", report}
		code, out, talk := run(t, nil, append(args, "--json")...)
		if code != 1 || talk != "" {
			t.Errorf("ended with %d, said %q", code, talk)
		}
		var plans []string
		for line := range strings.Lines(out) {
			var r struct {
				Plan, Verdict, Reason string
				Deliveries            []map[string]any
			}
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			plans = append(plans, r.Plan)
			if r.Verdict != "fail" || !strings.Contains(r.Reason, "orders went from") || len(r.Deliveries) == 0 {
				t.Errorf("printed %s", line)
			}
			for _, d := range r.Deliveries {
				if d["kind"] != "rehearsal" || d["target"] != shop+"/hook" || d["status"] != 200.0 {
					t.Errorf("a delivery of %s is %v", r.Plan, d)
				}
			}
		}
		if got := strings.Join(plans, " "); got != "duplicate concurrent tampered_body" {
			t.Errorf("played %s", got)
		}
		wantJUnit(t, report, 3, 3)
		if code, out, _ := run(t, nil, args...); code != 1 || !strings.Contains(out, "✕ Duplicate, at once") || !strings.Contains(out, "The shop fails 3 of 3 plans.") {
			t.Errorf("ended with %d, printed\n%s", code, out)
		}
	})
}

// wantJUnit reads a report as a program that knows the format does.
func wantJUnit(t *testing.T, file string, tests, failures int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		XMLName xml.Name `xml:"testsuites"`
		Suite   struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Cases    []struct {
				Name    string `xml:"name,attr"`
				Class   string `xml:"classname,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if s := report.Suite; s.Tests != tests || s.Failures != failures || len(s.Cases) != tests || s.Cases[0].Failure.Message == "" || s.Cases[0].Class == "" {
		t.Errorf("the report is\n%s", text)
	}
}

func TestARehearsalWithoutAProbeClaimsNothing(t *testing.T) {
	data, config, serve := filled(t)
	defer stopped(t, serve)
	id := listed(t, data)[0]["id"].(string)
	code, out, _ := run(t, nil, "rehearse", id, "--config", config, "--data", data, "--plan", "duplicate")
	if code != 1 || !strings.Contains(out, "? Duplicate, at once") || !strings.Contains(out, "only a probe") || !strings.Contains(out, "of 1 nobody can tell") {
		t.Errorf("ended with %d, printed\n%s", code, out)
	}
	c := listed(t, data)[0]
	if c["state"] != "done" {
		t.Errorf("the capture became %v", c["state"])
	}
}

func TestWrongUseOfRehearseStartsNothing(t *testing.T) {
	data := t.TempDir()
	wantEnd(t, 2, `--plan "dublicate", expected one of [duplicate`, "rehearse", "01J", "--plan", "dublicate", "--data", data)
	wantEnd(t, 2, "--later", "rehearse", "01J", "--later", "-1s", "--data", data)
	wantEnd(t, 2, "--to", "rehearse", "01J", "--to", "shop", "--data", data)
	wantEnd(t, 1, "no capture has the id", "rehearse", "01J", "--data", data)
}
