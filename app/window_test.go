//go:build e2e

package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app/localapi"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestWindowFromFirstStartToAVerifiedDelivery(t *testing.T) {
	w := openOn(t, "light", "[shop]\nurl = %q\n")
	w.shoot("first-run")

	w.click(sampleButton)
	w.await("the sample of the first run", func() bool { return w.count("provider:yshop outcome:verified status:200") == 1 })
	w.shoot("first-sample")

	w.click(addEndpoint) // the list of providers opens, its search field in focus
	w.settle()
	w.typed("everif")
	w.shoot("add-endpoint-provider")
	w.key("Return")
	w.settle() // then the form, the secret in focus
	w.typed("a key that only the keyring knows")
	w.shoot("add-endpoint-secret")
	w.key("Return")
	w.await("the endpoint in the file", func() bool { return strings.Contains(w.config(), `provider = "everifin"`) })
	if text := w.config(); strings.Contains(text, "only the keyring") || !strings.Contains(text, `"keyring:`) {
		t.Errorf("the file holds more than a reference:\n%s", text)
	}
	w.shoot("add-endpoint-ready")
	w.click(sampleOfNew)
	w.await("the sample of the new endpoint", func() bool { return w.count("provider:everifin outcome:verified status:200") == 1 })
	if n := len(w.shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests, expected the one of the new endpoint", n)
	}
	w.shoot("received")
}

// atWork are the settings of somebody whose keys of yshop.pl are the wrong way round.
const atWork = `[shop]
url = %q
[[endpoint]]
name = "Everifin"
provider = "everifin"
path = "/everifin/18e1439a0f4d7214ae0e0027c84932b2"
secrets = ["file:everifin.key"]
[[endpoint]]
name = "Tweed"
provider = "tweed"
path = "/tweed/5b1c0d5a7a51ac8e00f1c3d2e4b5a697"
secrets = ["file:tweed.key"]
[[endpoint]]
name = "Truust"
provider = "truust"
path = "/truust/77b1c0d5a7a51ac8e00f1c3d2e4b5a69"
[[endpoint]]
name = "Twisto"
provider = "twisto"
path = "/twisto/40de55b07f1c09421c0d5a7a51ac8e00"
[[endpoint]]
name = "yshop.pl (live)"
provider = "yshop"
path = "/yshop/9f1c07de55b04a0ef1c3d2e4b5a69701"
secrets = ["file:yshop.key"]
[[endpoint]]
name = "yshop.pl (test)"
provider = "yshop"
path = "/yshop/0c8b6a7be2e21042d5a7a51ac8e00f1c"
secrets = ["file:other.key"]
`

func TestWindowShowsWhyASignatureFails(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			w := openAtWork(t, theme)
			w.click(allCaptures)
			w.settle()
			w.click(firstRow)
			w.shoot("window-" + theme)
			if theme == "light" {
				w.fix()
			}
		})
	}
}

// fix clicks the button that gives the endpoint the key that matches.
func (w *window) fix() {
	w.click(beside(w.button(verdictPane))) // the first one copies the right address
	w.await("the capture judged again", func() bool { return w.count("provider:yshop outcome:verified") == 2 })
	if n := strings.Count(w.config(), "file:yshop.key"); n != 2 {
		w.t.Errorf("%d endpoints have the key that matches, expected 2:\n%s", n, w.config())
	}
	w.shoot("verdict-fixed")
}

// openAtWork opens the window after a genuine delivery of every provider and
// one that was signed with the key of another endpoint.
func openAtWork(t *testing.T, theme string) *window {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	w := openOn(t, theme, atWork)
	for _, d := range []struct{ provider, path string }{
		{"truust", "/truust/77b1c0d5a7a51ac8e00f1c3d2e4b5a69"},
		{"twisto", "/twisto/40de55b07f1c09421c0d5a7a51ac8e00"},
		{"tweed", "/tweed/5b1c0d5a7a51ac8e00f1c3d2e4b5a697"},
		{"everifin", "/everifin/18e1439a0f4d7214ae0e0027c84932b2"},
		{"yshop", "/yshop/9f1c07de55b04a0ef1c3d2e4b5a69701"},
		{"yshop", "/yshop/0c8b6a7be2e21042d5a7a51ac8e00f1c"},
	} {
		p, _ := catalog.Get(d.provider)
		m := p.Examples[0].Message
		m.Target = d.path
		if d.provider == "everifin" {
			m = fresh(t, p, m)
		}
		if _, err := inspectortest.Send(t.Context(), w.address(), m); err != nil {
			t.Fatal(err)
		}
	}
	w.await("the diagnosis", func() bool { return w.cause("outcome:mismatch") == signature.SecretOfOtherEndpoint })
	return w
}

// fresh signs the example as of now: its own time has long passed.
func fresh(t *testing.T, p providers.Provider, m signature.Message) signature.Message {
	t.Helper()
	m, err := p.Scheme.Sign(m, signature.NewSecret("", p.Examples[0].Secret), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// api reaches the running window; ok is false until it is there.
func (w *window) api() (api *localapi.Client, ok bool) {
	api, err := localapi.Dial(filepath.Join(w.dir, "data"))
	if errors.Is(err, localapi.ErrNotRunning) {
		return nil, false
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return api, true
}

// rows are the captures that the window has for a query.
func (w *window) rows(query string) []localapi.Row {
	api, ok := w.api()
	if !ok {
		return nil
	}
	var rows []localapi.Row
	for row, err := range api.List(w.t.Context(), query, 0) {
		if err != nil {
			w.t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func (w *window) count(query string) int { return len(w.rows(query)) }

// address is where the window receives deliveries.
func (w *window) address() string {
	var address string
	w.await("the local tunnel", func() bool {
		api, ok := w.api()
		if !ok {
			return false
		}
		s, err := api.Status(w.t.Context())
		address = s.Tunnel.URL
		return err == nil && address != ""
	})
	return address
}

// cause is what the window found out about the one capture of a query.
func (w *window) cause(query string) signature.Cause {
	rows := w.rows(query)
	if len(rows) != 1 {
		return ""
	}
	api, _ := w.api()
	c, err := api.Show(w.t.Context(), rows[0].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	if c.Verdict.Diagnosis == nil {
		return ""
	}
	return c.Verdict.Diagnosis.Cause
}
