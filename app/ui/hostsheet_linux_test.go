package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// openDeskAt is a desk whose settings name the key that s lets in.
func openDeskAt(t *testing.T, s *tunneltest.SSHD) *desk {
	t.Helper()
	return openDeskWith(t, "http://127.0.0.1:9", nil, func(o *engine.Options) {
		o.Settings.Tunnel.Key = s.File("user")
		text := fmt.Sprintf("[tunnel]\nkind = \"local\"\nlisten = \"127.0.0.1:0\"\nkey = %q\n[shop]\nurl = \"http://127.0.0.1:9\"\n", s.File("user"))
		if err := os.WriteFile(o.File, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	})
}

// asks waits for the question about s.
func (d *desk) asks(s *tunneltest.SSHD) {
	d.t.Helper()
	d.wait("the question", func() bool { return len(d.sheets) > 0 && d.front().title.Text == "Is this the right server?" })
	if seen := d.seen(); !strings.Contains(seen, s.Fingerprint()) || !strings.Contains(seen, "ssh-ed25519") {
		d.t.Errorf("the question shows no fingerprint: %s", seen)
	}
}

func (d *desk) front() *sheet { return d.sheets[len(d.sheets)-1] }

// say presses a button at the foot of the sheet in front.
func (d *desk) say(label string) {
	d.t.Helper()
	for _, o := range d.front().foot.Objects {
		if b, ok := o.(*look.Button); ok && b.Text == label {
			b.Tapped(nil)
			return
		}
	}
	d.t.Fatalf("there is no button %q", label)
}

func TestNewServerIsAskedAboutAndThenOnline(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	d := openDeskAt(t, s)
	f := d.newTunnelForm("ssh")
	f.ssh.service.choose("")
	f.ssh.server.SetText(s.Server())
	f.submit()
	d.asks(s)
	d.say("Don't connect")
	if d.model.tunnel.Kind != tunnel.KindLocal || !strings.Contains(f.sheet.wrong.Text(), "is not known") {
		t.Errorf("refused, the form says %q", f.sheet.wrong.Text())
	}
	f.submit()
	d.asks(s)
	d.say("Trust")
	d.wait("being online", func() bool { return d.model.tunnel.Kind == tunnel.KindSSH && f.going.Text == "" })
	if d.top.said.tunnel.title != "ssh" || !strings.HasPrefix(d.top.said.tunnel.address, "http://127.0.0.1:") || !strings.HasPrefix(d.status.tunnel.Text, "● Tunnel up") {
		t.Errorf("the pill says %+v, the status bar %q", d.top.said.tunnel, d.status.tunnel.Text)
	}
	s.Kill()
	d.wait("another address", func() bool { return d.model.tunnel.PreviousURL != "" && d.model.tunnel.State == tunnel.Online })
	f.fill()
	if seen := d.seen(); !strings.Contains(seen, "no longer reach this shop") {
		t.Errorf("nothing says that the address is another: %s", seen)
	}
	f.goLocal()
	d.wait("being offline", func() bool { return d.model.tunnel.Kind == tunnel.KindLocal })
}

// refuseInSettings names s in the settings and says no to its key.
func (d *desk) refuseInSettings(s *tunneltest.SSHD) *settingsSheet {
	d.t.Helper()
	page := d.newSettings()
	page.choose(d.t, "tunnel.kind", "ssh")
	page.typeInto(d.t, "tunnel.server", s.Server())
	page.submit()
	d.asks(s)
	d.say("Don't connect")
	return page
}

func TestAQuestionAboutAHostOutlivesTheLanguage(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	d := openDeskAt(t, s)
	page := d.refuseInSettings(s)
	page.sheet.close()
	d.speak("de")
	d.rest()
	if len(d.sheets) != 0 {
		t.Error("what was refused is asked again in another language")
	}
	d.speak("en")
	page = d.newSettings()
	page.typeInto(t, "tunnel.url", "https://hooks.example.com")
	page.submit()
	d.asks(s)
	d.speak("cs")
	d.wait("the question again", func() bool { return d.host.open != nil })
	if seen := d.seen(); !strings.Contains(seen, s.Fingerprint()) {
		t.Errorf("the question is gone: %s", seen)
	}
}

func TestServerOfTheSettingsIsAskedAboutOnceForEachAttempt(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	d := openDeskAt(t, s)
	page := d.refuseInSettings(s)
	d.rest()
	if len(d.sheets) != 1 || d.model.tunnel.State == tunnel.Online {
		t.Errorf("%d sheets are open, the tunnel is %+v", len(d.sheets), d.model.tunnel)
	}
	page.typeInto(t, "tunnel.url", "https://hooks.example.com")
	page.submit()
	d.asks(s)
	d.say("Trust")
	d.wait("being online", func() bool { return d.model.tunnel.State == tunnel.Online && d.model.tunnel.Kind == tunnel.KindSSH })
	if d.model.tunnel.URL != "https://hooks.example.com" || len(d.sheets) != 1 {
		t.Errorf("it is %+v, with %d sheets", d.model.tunnel, len(d.sheets))
	}
}

func TestNewServerIsAskedAboutOnceWhenFormAndSettingsNameIt(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	d := openDeskAt(t, s)
	page := d.refuseInSettings(s)
	page.sheet.close()
	f := d.newTunnelForm("ssh")
	before := d.model.unknown
	f.submit()
	d.asks(s)
	d.wait("the next attempt at the tunnel of the settings", func() bool { return d.model.unknown != nil && d.model.unknown != before })
	d.rest()
	if len(d.sheets) != 2 {
		t.Errorf("%d sheets are open, expected the form and one question", len(d.sheets))
	}
	d.say("Trust")
	d.wait("being online", func() bool { return d.model.tunnel.State == tunnel.Online && d.model.tunnel.Kind == tunnel.KindSSH })
	if len(d.sheets) != 1 {
		t.Errorf("online, %d sheets are open", len(d.sheets))
	}
}
