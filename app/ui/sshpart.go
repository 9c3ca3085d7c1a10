package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
)

// sshPart is what going online over SSH needs: a service, or a server and where
// it is reached.
type sshPart struct {
	now          settings.Tunnel // when the form was opened
	service      *choice
	server, url  *entry
	serviceField *field
	serverField  *field
	urlField     *field
}

// firstService is offered to who has not chosen: its addresses stay.
const firstService = "srv.us"

// newSSHPart makes the fields; changed is called when others have to be shown.
func newSSHPart(s *sheet, t settings.Tunnel, changed func()) sshPart {
	values, labels := serviceChoices()
	chosen := t.Service
	if t.Service == "" && t.Server == "" {
		chosen = firstService
	}
	p := sshPart{now: t, service: newChoice(values, labels, chosen, func(string) { changed() })}
	p.serviceField = newField(lang.L("SSH service"), p.service.object(), "")
	p.server = newEntry(s, t.Server, lang.L("for example me@example.com:2222"))
	p.serverField = newField(lang.L("SSH server"), p.server, lang.L("You log in with the keys of the SSH agent and of ~/.ssh, or the one that the settings name."))
	p.url = newEntry(s, t.URL, lang.L("for example https://hooks.example.com"))
	p.urlField = newField(lang.L("Public address"), p.url, lang.L("Of the web server in front of it; left empty, plain http at the server itself."))
	return p
}

// fields are those for what is chosen.
func (p *sshPart) fields() []fyne.CanvasObject {
	p.serviceField.explain(serviceSays(p.service.chosen))
	parts := []fyne.CanvasObject{p.serviceField.content}
	if p.service.chosen == "" {
		parts = append(parts, p.serverField.content, p.urlField.content)
	}
	return parts
}

// asked is what the form asks for. What the settings say of a service beside its
// name stays with it.
func (p *sshPart) asked() (service, server, url string) {
	switch service = p.service.chosen; {
	case service == "":
		return "", strings.TrimSpace(p.server.Text), strings.TrimSpace(p.url.Text)
	case service == p.now.Service:
		return service, p.now.Server, p.now.URL
	}
	return service, "", ""
}

// submitSSH goes online over SSH.
func (f *tunnelForm) submitSSH() {
	service, server, url := f.ssh.asked()
	f.ssh.serverField.say("")
	f.ssh.urlField.say("")
	if service == "" && server == "" {
		f.ssh.serverField.say(lang.L("SSH needs a server."))
		f.sheet.fit()
		return
	}
	f.begin(lang.L("Connecting over SSH…"))
	f.run(func(ctx context.Context) error { return f.window.engine.GoSSH(ctx, service, server, url) })
}

// refused says why it did not go online, at the field that is meant, and asks
// about a server that is new here.
func (f *tunnelForm) refused(err error) {
	at := ""
	if p := (*settings.Problem)(nil); errors.As(err, &p) {
		at = p.Place
	}
	switch at {
	case "tunnel.server":
		f.ssh.serverField.say(reason(err))
	case "tunnel.url":
		f.ssh.urlField.say(reason(err))
	default:
		f.sheet.say(reason(err))
	}
	f.sheet.fit()
	if key := unknownHost(err); key != nil && !f.window.asksAbout(*key) {
		f.window.openHost(*key, f.submit)
	}
}
