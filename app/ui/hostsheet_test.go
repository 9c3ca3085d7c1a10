package ui

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/settings"
	"shopbell/tunnel"
)

// exampleHost is a server that nobody knows.
func exampleHost() tunnel.HostKey {
	return tunnel.HostKey{Host: "[hooks.example.com]:2222", Type: "ssh-ed25519", Fingerprint: "SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDi7K6bJpFzMHqq3sE"}
}

func TestGoingOnlineOverSSHIsDrawn(t *testing.T) {
	d := openSettingsScene(t)
	d.win.Resize(fyne.NewSize(840, 660))
	for _, theme := range []string{themeLight, themeDark} {
		d.wear(settings.Window{Theme: theme, Scale: 100, Density: densityComfortable})
		h := d.openHost(exampleHost(), func() {})
		test.AssertImageMatches(t, filepath.Join("ssh", "host-"+theme+".png"), h.sheet.drawn())
		h.sheet.close()
		s := d.newSettings()
		s.choose(t, "tunnel.kind", "ssh")
		d.win.Canvas().Unfocus()
		test.AssertImageMatches(t, filepath.Join("ssh", "settings-"+theme+".png"), s.sheet.drawn())
		s.sheet.close()
	}
}

func TestFieldsOfATunnelAreThereWhileItIsChosen(t *testing.T) {
	d := openDesk(t, nil)
	s := d.newSettings()
	seen := func(place string) bool { return shownOn(s.sections[0].content, s.fieldOf(t, place).field.content) }
	if seen("tunnel.server") || seen("tunnel.domain") || !seen("tunnel.listen") {
		t.Error("fields of a public tunnel are there for a local one")
	}
	s.choose(t, "tunnel.kind", "ssh")
	if !seen("tunnel.server") || !seen("tunnel.host_key") || seen("tunnel.domain") {
		t.Error("the fields are not those of ssh")
	}
	s.typeInto(t, "tunnel.server", "a b")
	s.choose(t, "tunnel.kind", "ngrok")
	if !seen("tunnel.server") || !seen("tunnel.domain") || !s.apply.Disabled() {
		t.Error("a wrong value that was typed is hidden")
	}
}

// shownOn tells whether a part below page is visible together with all around it.
func shownOn(page, part fyne.CanvasObject) bool {
	if !page.Visible() {
		return false
	}
	if page == part {
		return true
	}
	if c, ok := page.(*fyne.Container); ok {
		for _, below := range c.Objects {
			if shownOn(below, part) {
				return true
			}
		}
	}
	return false
}

func TestSSHWithoutAServerIsAskedForInPlace(t *testing.T) {
	d := openDesk(t, nil)
	f := d.newTunnelForm("ssh")
	f.ssh.service.choose("")
	f.submit()
	if !f.ssh.serverField.wrong.Visible() || f.cancel != nil {
		t.Error("nothing asks for the server")
	}
	f.ssh.server.SetText("me@example.com:ssh")
	f.submit()
	d.wait("the refusal", func() bool { return f.ssh.serverField.wrong.Visible() && f.cancel == nil })
	f.ssh.server.SetText("me@example.com")
	f.ssh.url.SetText("hooks.example.com")
	f.submit()
	d.wait("the refusal", func() bool { return f.ssh.urlField.wrong.Visible() && !f.ssh.serverField.wrong.Visible() })
}
