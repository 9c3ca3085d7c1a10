package engine_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// sshConfig is the [tunnel] table for s; rest are further lines of it.
func sshConfig(s *tunneltest.SSHD, rest string) string {
	return fmt.Sprintf("kind = \"ssh\"\nserver = %q\nkey = %q\n%s", s.Server(), s.File("user"), rest)
}

// withTunnel is tweedConfig with lines of [tunnel].
func withTunnel(shop, lines, rest string) string {
	return strings.Replace(tweedConfig(shop, rest), "[tunnel]\n", "[tunnel]\n"+lines, 1)
}

func isOnline(e *engine.Engine) func() bool {
	return func() bool { s := e.Tunnel(); return s.Kind == tunnel.KindSSH && s.State == tunnel.Online }
}

func isLocal(e *engine.Engine) func() bool {
	return func() bool { return e.Tunnel().Kind == tunnel.KindLocal }
}

func TestDeliveriesComeThroughAnSSHServerAsLongAsTheFileSaysSo(t *testing.T) {
	shop, s := openShop(t), tunneltest.NewSSHD(t)
	const secrets = "secrets = [\"env:RIGHT\"]\n"
	o := live(t, tweedConfig(shop.URL().String(), secrets))
	o.Vault.Env = []string{"RIGHT=" + exampleSecret(t, o)}
	o.Now = func() time.Time { return exampleTime(t, o) }
	e := start(t, o)
	pin := "host_key = \"" + s.Fingerprint() + "\"\n"
	rewrite(t, o.File, withTunnel(shop.URL().String(), sshConfig(s, pin), secrets))
	until(t, e, "the tunnel", isOnline(e))
	public := e.Tunnel().URL
	if public == e.Local().URL || e.EndpointURL("tweed") != public+"/tweed/x" {
		t.Errorf("the public address is %s, the endpoint's %s", public, e.EndpointURL("tweed"))
	}
	m, _ := tweed(e)
	if r, err := inspectortest.Send(t.Context(), public, m); err != nil || r.Status != 200 {
		t.Fatalf("a delivery through the server: %d, %v", r.Status, err)
	}
	if got := newest(t, e); got.Outcome != signature.Verified || got.Endpoint != "tweed" || len(shop.Requests()) != 1 {
		t.Errorf("it came in at %q as %s, the shop got %d", got.Endpoint, got.Outcome, len(shop.Requests()))
	}
	rewrite(t, o.File, withTunnel(shop.URL().String(), sshConfig(s, pin), secrets+"[keep]\ndays = 3\n"))
	until(t, e, "the days", func() bool { return e.Settings().Keep.Days == 3 })
	if e.Tunnel().URL != public {
		t.Error("the tunnel was opened anew although its keys stayed")
	}
	rewrite(t, o.File, tweedConfig(shop.URL().String(), secrets))
	until(t, e, "being offline", isLocal(e))
	if r, err := http.Get(public); err == nil {
		r.Body.Close()
		t.Error("the address at the server still answers")
	}
	if p := e.Problems(); len(p) != 0 {
		t.Errorf("offline, the problems are %q", p)
	}
}

func TestUnknownHostKeyWaitsForTheUsersWord(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	o := live(t, "[tunnel]\n"+sshConfig(s, ""))
	e := start(t, o)
	err := e.Online(t.Context())
	told := new(tunnel.Error)
	if !errors.As(err, &told) || told.HostKey == nil || told.HostKey.Fingerprint != s.Fingerprint() {
		t.Fatalf("got %v, expected the fingerprint %s", err, s.Fingerprint())
	}
	e.Trust(tunnel.HostKey{Host: told.HostKey.Host, Type: told.HostKey.Type, Fingerprint: "SHA256:another"})
	if err := e.TryAgain(t.Context()); err == nil || e.UnknownHost() == told.HostKey {
		t.Errorf("with another key trusted: %v", err)
	}
	e.Trust(*told.HostKey)
	if err := e.TryAgain(t.Context()); err != nil || e.UnknownHost() != nil {
		t.Errorf("with the key trusted: %v", err)
	}
	if text := read(t, o.DataDir+"/ssh/known_hosts"); !strings.Contains(text, "ssh-ed25519") {
		t.Errorf("it is kept as %q", text)
	}
}

func TestTunnelOnTheSamePortMakesRoomForTheNext(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	port := idlePort(t)
	config := func(rest string) string {
		return "[tunnel]\n" + sshConfig(s, fmt.Sprintf("host_key = %q\nbind = \"%d\"\n%s", s.Fingerprint(), port, rest))
	}
	o := live(t, config(""))
	e := start(t, o)
	until(t, e, "the tunnel", isOnline(e))
	rewrite(t, o.File, config("url = \"https://hooks.example.com\"\n"))
	until(t, e, "the public address", func() bool { return isOnline(e)() && e.Tunnel().URL == "https://hooks.example.com" })
	rewrite(t, o.File, config("url = \"https://*.example.com\"\n"))
	until(t, e, "why it has no address", func() bool { return strings.Contains(e.Tunnel().Error, "did not say its public address") })
}

// idlePort is a port that nobody listens on.
func idlePort(t *testing.T) int {
	t.Helper()
	s := tunneltest.NewSSHD(t)
	s.Stop()
	return s.Port
}

func TestServerThatIsNotThereIsTriedOnAndSaid(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	s.Stop()
	o := live(t, "[tunnel]\n"+sshConfig(s, "host_key = \""+s.Fingerprint()+"\"\n"))
	e := start(t, o)
	until(t, e, "the reason", func() bool { return strings.Contains(e.Tunnel().Error, "connection refused") })
	if got := e.Tunnel(); got.State != tunnel.Connecting || got.Advice == "" {
		t.Errorf("the status is %+v", got)
	}
	s.Start()
	until(t, e, "the tunnel", isOnline(e))
}

func TestNoServerIsSaidWithTheServicesThatNeedNoAccount(t *testing.T) {
	o := live(t, "[tunnel]\nkind = \"ssh\"\n")
	e := start(t, o)
	if err := e.Online(t.Context()); err == nil || !strings.Contains(e.Tunnel().Advice, "srv.us") {
		t.Errorf("%v, %q", err, e.Tunnel().Advice)
	}
}

func TestGoingOnlineOverSSHIsWrittenOnceItWorked(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	o := live(t, fmt.Sprintf("[tunnel]\nkind = \"local\" # for now\nservice = \"pinggy\"\nbind = \"80\"\nkey = %q\n", s.File("user")))
	e := start(t, o)
	told := new(tunnel.Error)
	if err := e.GoSSH(t.Context(), "", s.Server(), ""); !errors.As(err, &told) || told.HostKey == nil {
		t.Fatalf("an unknown host gives %v", err)
	}
	if e.Settings().Tunnel.Kind != "local" || !isLocal(e)() || e.UnknownHost() != nil {
		t.Error("after the error the local tunnel is gone")
	}
	e.Trust(*told.HostKey)
	if err := e.GoSSH(t.Context(), "", s.Server(), "https://hooks.example.com"); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("[tunnel]\nkind = \"ssh\" # for now\nkey = %q\nserver = %q\nurl = \"https://hooks.example.com\"\n", s.File("user"), s.Server())
	if text := read(t, o.File); text != want || e.Tunnel().URL != "https://hooks.example.com" {
		t.Errorf("online at %s, the file became\n%s", e.Tunnel().URL, text)
	}
	if err := e.GoSSH(t.Context(), "nobody", "", ""); err == nil || !isOnline(e)() {
		t.Error("a service that is not known was taken")
	}
	if err := e.GoLocal(t.Context()); err != nil || !isLocal(e)() {
		t.Errorf("back home: %v", err)
	}
}

func TestServicesOfTheFileAreThoseThatTheTunnelKnows(t *testing.T) {
	var known []string
	for _, s := range tunnel.SSHServices() {
		known = append(known, s.Name)
	}
	slices.Sort(known)
	if !slices.Equal(known, settings.Services()) {
		t.Errorf("the tunnel knows %q, the file %q", known, settings.Services())
	}
}

func TestAddressOfTheFormOfTheSettingsIsTakenFromTheServer(t *testing.T) {
	s := tunneltest.NewSSHD(t, "ForceCommand echo https://quiet-fox.tunnel.example; sleep 60")
	e := start(t, live(t, "[tunnel]\n"+sshConfig(s, fmt.Sprintf("host_key = %q\nurl = \"https://*.tunnel.example/\"\n", s.Fingerprint()))))
	if err := e.Online(t.Context()); err != nil || e.Tunnel().URL != "https://quiet-fox.tunnel.example" {
		t.Errorf("it is at %q, %v", e.Tunnel().URL, err)
	}
}

func TestServiceWithAKnownAddressIsMetWithOurOwnKey(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	o := live(t, fmt.Sprintf("[tunnel]\nkind = \"ssh\"\nservice = \"srv.us\"\nserver = %q\nhost_key = %q\nurl = \"https://abc.srv.us\"\n", s.Server(), s.Fingerprint()))
	e := start(t, o)
	_ = e.Online(t.Context()) // the server knows no such key, a service would not mind
	if text := read(t, o.DataDir+"/ssh/id_ed25519"); !strings.Contains(text, "PRIVATE KEY") {
		t.Error("no key was made")
	}
}

func TestQuestionAboutAHostEndsWithATunnelElsewhere(t *testing.T) {
	s, another := tunneltest.NewSSHD(t), tunneltest.NewSSHD(t)
	another.Write("authorized", read(t, s.File("authorized")))
	e := start(t, live(t, "[tunnel]\n"+sshConfig(s, "")))
	if err := e.Online(t.Context()); err == nil || e.UnknownHost() == nil {
		t.Fatalf("an unknown host gives %v", err)
	}
	var told *tunnel.Error
	if err := e.GoSSH(t.Context(), "", another.Server(), ""); !errors.As(err, &told) || told.HostKey == nil {
		t.Fatalf("another unknown host gives %v", err)
	}
	e.Trust(*told.HostKey)
	if err := e.GoSSH(t.Context(), "", another.Server(), ""); err != nil {
		t.Fatal(err)
	}
	if key := e.UnknownHost(); key != nil {
		t.Errorf("online, %+v is still asked about", key)
	}
}
