package engine_test

import (
	"errors"
	"strings"
	"testing"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestGoingOnlineAndBack(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	edge.Accept("good")
	o := options(t, "")
	o.Ngrok = edge.Options("")
	e := start(t, o)
	local := e.Tunnel().URL

	told := new(tunnel.Error)
	if err := e.GoOnline(t.Context(), "bad", ""); !errors.As(err, &told) || told.Code != "ERR_NGROK_105" {
		t.Fatalf("a bad token gave %v, expected ERR_NGROK_105", err)
	}
	if e.Tunnel().URL != local {
		t.Error("after the error the local tunnel is gone")
	}
	if err := e.GoOnline(t.Context(), "good", ""); err != nil {
		t.Fatal(err)
	}
	s := e.Tunnel()
	if s.Kind != tunnel.KindNgrok || s.State != tunnel.Online || s.URL == "" {
		t.Errorf("online, the status is %+v", s)
	}
	if text := read(t, o.File); !strings.Contains(text, `kind = "ngrok"`) || !strings.Contains(text, "keyring:ngrok") {
		t.Errorf("the file became\n%s", text)
	}
	if err := e.GoLocal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e.Tunnel().URL != local {
		t.Errorf("back home the address is %s, expected %s", e.Tunnel().URL, local)
	}
}

func TestReferenceInPlaceOfATokenNeedsNoKeyring(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	o := options(t, "")
	o.Ngrok = edge.Options("")
	o.Vault.Env = []string{"TOKEN=" + tunneltest.Token}
	o.Vault.Keyring.Set = func(string, string) error { return errors.New("there is no keyring") }
	e := start(t, o)
	if err := e.GoOnline(t.Context(), "env:TOKEN", ""); err != nil {
		t.Fatal(err)
	}
	if text := read(t, o.File); !strings.Contains(text, `authtoken = "env:TOKEN"`) {
		t.Errorf("the file became\n%s", text)
	}
}

func TestStartWithNgrokTellsWhyItIsNotOnline(t *testing.T) {
	edge := tunneltest.NewEdge(t)
	o := options(t, "[tunnel]\nkind = \"ngrok\"\nauthtoken = \"env:TOKEN\"\n")
	o.Vault.Env = append(o.Vault.Env, "TOKEN=nobody-knows-it")
	o.Ngrok = edge.Options("")
	e := start(t, o)
	if err := e.Online(t.Context()); err == nil || !strings.Contains(e.Tunnel().Code, "105") {
		t.Errorf("error %v, status %+v", err, e.Tunnel())
	}
}
