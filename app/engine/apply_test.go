package engine_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/app/settings"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestChangeOfTheFileActsOnTheNextDelivery(t *testing.T) {
	first, second := openShop(t), openShop(t)
	o := live(t, tweedConfig(first.URL().String(), "secrets = [\"env:T\"]\n"))
	o.Vault.Env = []string{"T=wrong", "RIGHT=" + exampleSecret(t, o)}
	o.Now = func() time.Time { return exampleTime(t, o) }
	e := start(t, o)
	if got := sendTweed(t, e); got != 401 {
		t.Fatalf("with a wrong secret it is answered %d, expected 401", got)
	}
	rewrite(t, o.File, tweedConfig(second.URL().String(), "secrets = [\"env:RIGHT\"]\nforward = \"/hook\"\n"))
	until(t, e, "the new settings", func() bool { return e.Settings().Shop.URL == second.URL().String() })
	until(t, e, "the kept capture to be judged again", func() bool { return newest(t, e).Outcome == signature.Verified })
	if got := sendTweed(t, e); got != 200 {
		t.Errorf("with the right secret it is answered %d, expected 200", got)
	}
	if got := second.Requests(); len(got) != 1 || got[0].Target != "/hook" || len(first.Requests()) != 0 {
		t.Errorf("the new shop got %d requests, the old one %d", len(got), len(first.Requests()))
	}
	rewrite(t, o.File, tweedConfig(second.URL().String(), "secrets = [\"env:T\"]\nunverified = \"forward\"\n"))
	until(t, e, "the policy", func() bool { return e.Settings().Endpoints[0].Unverified == "forward" })
	if got := sendTweed(t, e); got != 200 {
		t.Errorf("forwarded all the same it is answered %d, expected 200", got)
	}
	rewrite(t, o.File, "[shop]\nurl = \""+second.URL().String()+"\"\n")
	until(t, e, "the endpoint to go", func() bool { return len(e.Settings().Endpoints) == 0 })
	if got := sendTweed(t, e); got != 404 {
		t.Errorf("without the endpoint it is answered %d, expected 404", got)
	}
}

func TestChangedLimitsHold(t *testing.T) {
	shop := openShop(t)
	shop.On("/tweed/x", inspectortest.Behaviour{Hang: true})
	const forward = "unverified = \"forward\"\n"
	o := live(t, tweedConfig(shop.URL().String(), forward))
	e := start(t, o)
	rewrite(t, o.File, tweedConfig(shop.URL().String(), forward+"[limits]\nbody = \"2KiB\"\nwait = \"1s\"\n[keep]\ndays = 7\nsize = \"1MB\"\n[window]\ntheme = \"dark\"\nscale = 120\n"))
	until(t, e, "the limits", func() bool { return e.Settings().Limits.Body == 2048 })
	if s := e.Settings(); s.Keep.Days != 7 || s.Window.Theme != "dark" || s.Window.Scale != 120 {
		t.Errorf("the settings are %+v", s)
	}
	r, err := http.Post(e.Local().URL+"/tweed/x", "text/plain", bytes.NewReader(make([]byte, 4096)))
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a body over the new limit is answered %d, expected 413", r.StatusCode)
	}
	if got := sendTweed(t, e); got != http.StatusGatewayTimeout && got != http.StatusBadGateway {
		t.Errorf("a shop that hangs longer than the new limit gives %d", got)
	}
}

func TestChangedSizeOfWhatIsKeptLetsCapturesGo(t *testing.T) {
	shop := openShop(t)
	o := live(t, tweedConfig(shop.URL().String(), ""))
	e := start(t, o)
	random := make([]byte, 300_000)
	for n := range 8 {
		for i := range random {
			random[i] = byte(i*i*(n+3)>>7 ^ i>>3)
		}
		r, err := http.Post(e.Local().URL+"/tweed/x", "application/octet-stream", bytes.NewReader(random))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
	rewrite(t, o.File, tweedConfig(shop.URL().String(), "[keep]\nsize = \"1MB\"\n"))
	until(t, e, "the oldest captures to go", func() bool { n := e.Store().Counts().All; return n > 0 && n < 8 })
}

func TestLocalListenerMovesAndDeliveriesUnderWayFinish(t *testing.T) {
	shop := openShop(t)
	shop.On("/tweed/x", inspectortest.Behaviour{Delay: 2 * time.Second})
	o := live(t, tweedConfig(shop.URL().String(), "unverified = \"forward\"\n"))
	e := start(t, o)
	before := e.Local().URL
	answered := make(chan int, 1)
	go func() {
		m, _ := tweed(e)
		r, err := inspectortest.Send(t.Context(), before, m)
		if err != nil {
			t.Error(err)
		}
		answered <- r.Status
	}()
	shop.Await(1, time.Minute)
	rewrite(t, o.File, strings.Replace(tweedConfig(shop.URL().String(), "unverified = \"hold\"\n"), "listen = \"127.0.0.1:0\"", "listen = \"127.0.0.1:0\"\nhttps = true", 1))
	until(t, e, "the new listener", func() bool { return strings.HasPrefix(e.Local().URL, "https://") })
	if got := <-answered; got != 200 {
		t.Errorf("the delivery under way is answered %d, expected 200", got)
	}
	if status, err := e.SendSample(t.Context(), "yshop", "", ""); err != nil || status != 200 {
		t.Errorf("a sample to the new listener: %d, %v", status, err)
	}
}

func TestListenerThatCannotBeOpenedLeavesTheOldOne(t *testing.T) {
	o := live(t, tweedConfig("http://127.0.0.1:9", ""))
	e := start(t, o)
	before := e.Local().URL
	rewrite(t, o.File, strings.Replace(tweedConfig("http://127.0.0.1:10", ""), "127.0.0.1:0", "192.0.2.1:80", 1))
	until(t, e, "the problem", func() bool { _, wrong := e.FileState(); return wrong != nil })
	if e.Local().URL != before || e.Settings().Shop.URL != "http://127.0.0.1:9" {
		t.Errorf("half of the file was put in force: %s, %s", e.Local().URL, e.Settings().Shop.URL)
	}
	if got := sendTweed(t, e); got == 0 {
		t.Error("the old listener does not answer")
	}
}

func TestPublicTunnelFollowsTheFile(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Accept("good")
	o := live(t, "")
	o.Ngrok = edge.Options("")
	o.Vault.Env = []string{"GOOD=good", "BAD=bad"}
	e := start(t, o)
	rewrite(t, o.File, "[tunnel]\nkind = \"ngrok\"\nauthtoken = \"env:GOOD\"\n")
	until(t, e, "the tunnel", func() bool { s := e.Tunnel(); return s.Kind == tunnel.KindNgrok && s.State == tunnel.Online })
	url, opened := e.Tunnel().URL, edge.Counts()
	rewrite(t, o.File, "[tunnel]\nkind = \"ngrok\"\nauthtoken = \"env:GOOD\"\n[keep]\ndays = 3\n")
	until(t, e, "the days", func() bool { return e.Settings().Keep.Days == 3 })
	if e.Tunnel().URL != url || edge.Counts() != opened {
		t.Error("the tunnel was opened anew although its keys stayed")
	}
	rewrite(t, o.File, "[tunnel]\nkind = \"ngrok\"\nauthtoken = \"env:BAD\"\n")
	until(t, e, "the failure", func() bool { return strings.Contains(strings.Join(e.Problems(), ""), "the one before stays") })
	if e.Tunnel().URL != url || e.Tunnel().State != tunnel.Online {
		t.Error("the tunnel before did not stay")
	}
	rewrite(t, o.File, "[tunnel]\nkind = \"local\"\n")
	until(t, e, "being offline", func() bool { return e.Tunnel().Kind == tunnel.KindLocal })
	if p := e.Problems(); len(p) != 0 {
		t.Errorf("offline, the problems are %q", p)
	}
}

// TestNoDeliveryIsJudgedByHalfOfTheSettings flips the file between two sets of
// settings while deliveries come: what verifies belongs to one path of the
// shop, what does not to the other.
func TestNoDeliveryIsJudgedByHalfOfTheSettings(t *testing.T) {
	shop := openShop(t)
	o := live(t, tweedConfig(shop.URL().String(), "secrets = [\"env:RIGHT\"]\nforward = \"/verified\"\n"))
	o.Vault.Env = []string{"WRONG=wrong", "RIGHT=" + exampleSecret(t, o)}
	o.Now = func() time.Time { return exampleTime(t, o) }
	e := start(t, o)
	sets := []string{
		"secrets = [\"env:RIGHT\"]\nforward = \"/verified\"\n",
		"secrets = [\"env:WRONG\"]\nforward = \"/unverified\"\nunverified = \"forward\"\n",
	}
	stop := make(chan struct{})
	var senders sync.WaitGroup
	sent := 0
	senders.Go(func() {
		m, _ := tweed(e)
		for {
			select {
			case <-stop:
				return
			default:
			}
			r, err := inspectortest.Send(t.Context(), e.Local().URL, m)
			if err != nil || r.Status != 200 {
				t.Errorf("delivery %d is answered %d, %v", sent, r.Status, err)
				return
			}
			sent++
		}
	})
	for n := range 6 {
		want := sets[(n+1)%2]
		rewrite(t, o.File, tweedConfig(shop.URL().String(), want))
		until(t, e, "the flip", func() bool { return strings.Contains(want, e.Settings().Endpoints[0].Forward+"\"") })
	}
	close(stop)
	senders.Wait()
	paths := map[string]int{}
	for _, r := range shop.Requests() {
		paths[r.Target]++
	}
	if sent == 0 || paths["/verified"]+paths["/unverified"] != sent || paths["/verified"] == 0 || paths["/unverified"] == 0 {
		t.Errorf("%d were sent, the shop got %v", sent, paths)
	}
	if n := e.Store().Counts().All; n != sent {
		t.Errorf("%d of %d are kept", n, sent)
	}
}

func TestAnotherTokenAtTheSamePlaceOpensTheTunnelAnew(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Accept("good")
	edge.Accept("better")
	o := live(t, "")
	o.Ngrok = edge.Options("")
	e := start(t, o)
	if err := e.Change(t.Context(), "good", settings.Change{Table: "tunnel", Key: "kind", Value: "ngrok"}); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the tunnel", func() bool { s := e.Tunnel(); return s.Kind == tunnel.KindNgrok && s.State == tunnel.Online })
	opened := edge.Counts()
	if err := e.Change(t.Context(), "better"); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the tunnel anew", func() bool { return edge.Counts() != opened && e.Tunnel().State == tunnel.Online })
}

func TestChangeIsWrittenAndHoldsOrNeither(t *testing.T) {
	o := live(t, "[keep]\ndays = 30 # legal\n")
	e := start(t, o)
	days := settings.Change{Table: "keep", Key: "days", Value: 7}
	if err := e.Change(t.Context(), "", days, settings.Change{Table: "window", Key: "theme", Value: "dark"}); err != nil {
		t.Fatal(err)
	}
	if text := read(t, o.File); text != "[keep]\ndays = 7 # legal\n\n[window]\ntheme = \"dark\"\n" || e.Settings().Keep.Days != 7 {
		t.Errorf("the file became\n%s", text)
	}
	if err := e.Change(t.Context(), "", settings.Change{Table: "keep", Key: "days", Value: -1}); err == nil {
		t.Error("a wrong value was taken")
	}
	if err := os.Remove(o.File); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(o.File, 0o700); err != nil {
		t.Fatal(err)
	}
	days.Value = 9
	err := e.Change(t.Context(), "a token", days, settings.Change{Table: "tunnel", Key: "listen", Value: "127.0.0.1:0"})
	if err == nil || e.Settings().Keep.Days != 7 || e.Settings().Tunnel.Listen != "" {
		t.Errorf("a file that cannot be written gives %v, and %+v", err, e.Settings().Keep)
	}
	if _, err := o.Vault.Keyring.Get("ngrok"); err == nil {
		t.Error("the token was kept all the same")
	}
	if status, err := e.SendSample(t.Context(), "yshop", "", ""); err != nil || status != 200 {
		t.Errorf("afterwards a sample gives %d, %v", status, err)
	}
}
