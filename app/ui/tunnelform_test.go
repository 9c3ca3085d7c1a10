package ui

import (
	"strings"
	"testing"

	"shopbell/app/engine"
	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// openDeskOnline is a desk whose ngrok is an edge on loopback.
func openDeskOnline(t *testing.T) (*desk, *tunneltest.Edge) {
	t.Helper()
	edge := tunneltest.NewEdge(t)
	return openDeskWith(t, "http://127.0.0.1:9", nil, func(o *engine.Options) { o.Ngrok = edge.Options("") }), edge
}

func TestWrongTokenIsExplainedInTheDialog(t *testing.T) {
	d, _ := openDeskOnline(t)
	f := d.newTunnelForm("ngrok")
	f.ngrok.token.SetText("2wrongTokenOfNobody_0000000000000000000000")
	f.submit()
	if !f.online.Disabled() || f.going.Text == "" {
		t.Error("the dialog does not show that it is connecting")
	}
	d.wait("the refusal", func() bool { return f.sheet.wrong.Visible() })
	if says := f.sheet.wrong.Text(); strings.Contains(says, "2wrongToken") || !strings.Contains(strings.ToLower(says), "authtoken") {
		t.Errorf("it says %q", says)
	}
	if f.online.Disabled() || d.model.tunnel.Kind != tunnel.KindLocal {
		t.Error("the present tunnel did not stay")
	}
}

func TestGoingOnlineShowsTheAddressEverywhere(t *testing.T) {
	d, _ := openDeskOnline(t)
	f := d.newTunnelForm("ngrok")
	f.ngrok.token.SetText(tunneltest.Token)
	f.submit()
	d.wait("being online", func() bool { return d.model.tunnel.Kind == tunnel.KindNgrok && f.going.Text == "" })
	if f.ngrok.token.Text != "" || f.sheet.wrong.Visible() {
		t.Errorf("the dialog keeps the token, or says %q", f.sheet.wrong.Text())
	}
	if !strings.HasPrefix(d.status.tunnel.Text, "● Tunnel up") {
		t.Errorf("the status bar says %q", d.status.tunnel.Text)
	}
	if ref := d.engine.Settings().Tunnel.Authtoken; ref != "keyring:ngrok" {
		t.Errorf("the token is kept as %q", ref)
	}
	f.goLocal()
	d.wait("being offline", func() bool { return d.model.tunnel.Kind == tunnel.KindLocal })
}

func TestNoTokenIsAskedForInPlace(t *testing.T) {
	d, _ := openDeskOnline(t)
	f := d.newTunnelForm("ngrok")
	f.submit()
	if !f.ngrok.tokenField.wrong.Visible() || f.cancel != nil {
		t.Error("nothing asks for the token")
	}
}

func TestClosingTheDialogBreaksTheAttemptOff(t *testing.T) {
	d, edge := openDeskOnline(t)
	edge.Down()
	f := d.newTunnelForm("ngrok")
	f.ngrok.token.SetText(tunneltest.Token)
	f.submit()
	f.sheet.close()
	d.rest()
	if d.model.tunnel.Kind != tunnel.KindLocal || f.cancel != nil {
		t.Error("the attempt goes on")
	}
}

func TestShopAddressIsCheckedInPlace(t *testing.T) {
	d := openDesk(t, nil)
	f := d.newShopForm()
	for _, wrong := range []string{"", "localhost:8080", "ftp://x", "http://"} {
		f.address.SetText(wrong)
		f.submit()
		if !f.field.wrong.Visible() {
			t.Errorf("%q is taken", wrong)
		}
	}
	f.address.SetText("http://127.0.0.1:9")
	f.submit()
	d.wait("the new shop", func() bool { return d.model.shop.URL == "http://127.0.0.1:9" && !d.model.shop.Checked.IsZero() })
	if title, note, _ := shopWords(d.model.shop, false); title != "Shop" || note != "no answer" {
		t.Errorf("the pill says %s, %s", title, note)
	}
}
