package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const fingerprint = "SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDi7K6bJpFzMHqq3sE"

func TestKeysOfAnSSHTunnelAreRead(t *testing.T) {
	got := read(t, `[tunnel]
kind = "ssh"
service = "localhost.run"
server = "nokey@localhost.run:22"
bind = "0.0.0.0:443"
run = "--output json"
url = "https://*.lhr.life"
key = "~/.ssh/id_ed25519"
host_key = "`+fingerprint+`"
`).Tunnel
	want := Tunnel{
		Kind: "ssh", Service: "localhost.run", Server: "nokey@localhost.run:22", Bind: "0.0.0.0:443", Run: "--output json",
		URL: "https://*.lhr.life", Key: "~/.ssh/id_ed25519", HostKey: fingerprint,
	}
	if got != want {
		t.Errorf("read %+v, expected %+v", got, want)
	}
}

func TestFormsOfAnSSHTunnelsKeysThatAreTaken(t *testing.T) {
	for _, good := range []Tunnel{
		{Server: "example.com"}, {Server: "me@example.com:2222"}, {Server: "ssh://me@example.com"}, {Server: "me@[2001:db8::1]:22"}, {Server: "me@[::1]"},
		{Bind: "0"}, {Bind: "8080"}, {Bind: "*:80"}, {Bind: "[::]:80"}, {URL: "http://example.com:8080"}, {URL: "https://example.com/"},
		{Key: "keys/hooks"}, {Key: `C:\Users\me\.ssh\id_rsa`}, {Kind: "ssh"},
	} {
		if f := checkTunnel(good); f != nil {
			t.Errorf("%+v: %s", good, f.says)
		}
	}
	for _, bad := range []Tunnel{
		{Server: "me@"}, {Server: "@example.com"}, {Server: "me@example.com/path"}, {Server: "me@example.com:0"}, {Server: "me@example.com\n"},
		{Bind: "70000"}, {Bind: "a b:80"}, {URL: "https://"}, {URL: "https://*."}, {URL: "https://*.*.com"}, {URL: "https://*.a.com:443"}, {URL: "https://a.com?x"},
		{HostKey: fingerprint + "="}, {HostKey: strings.ToLower(fingerprint)}, {Key: "a\nb"}, {Key: "b3BlbnNzaC1rZXktdjEAAAAA"}, {Key: "/home/me/b3BlbnNzaC1rZXktdjEAAAAA"},
	} {
		if f := checkTunnel(bad); f == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestKeyFileIsFoundFromHomeAndFromTheSettings(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	v := Vault{Dir: t.TempDir()}
	whole := filepath.Join(v.Dir, "whole")
	for key, want := range map[string]string{"": "", "~/.ssh/hooks": filepath.Join(home, ".ssh", "hooks"), "hooks": filepath.Join(v.Dir, "hooks"), whole: whole} {
		if got := v.KeyFile(Tunnel{Key: key}); got != want {
			t.Errorf("%q is %q, expected %q", key, got, want)
		}
	}
}
