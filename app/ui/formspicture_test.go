package ui

import (
	"errors"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func TestEveryStateOfTheEndpointFormIsDrawn(t *testing.T) {
	d := openFixed(t)
	d.pose(true)
	d.win.Resize(fyne.NewSize(900, 1000))
	held := fixedEndpoint("Keypay", "keypay", "Keypay")
	held.Secrets, held.Answer, held.Endpoint.Unverified = []settings.Reference{"keyring:Keypay"}, "accept", "forward"
	held.Concurrency, held.WhenStuck, held.Forward = 4, "pass", "/webhooks/keypay"
	detected := fixedEndpoint("Everything", "", "")
	detected.Endpoint.Path, detected.Endpoint.Answer, detected.Endpoint.Unverified = "/", "shop", "hold"
	d.pretend(func(m *model) { m.endpoints = []endpointItem{held, detected} })
	fresh := func(provider string) func() *endpointForm {
		return func() *endpointForm {
			f := d.openEndpoint("")
			if provider != "" {
				f.provider.choose(provider)
			}
			f.path.SetText("/" + orElse(provider, "hook") + "/9f1c07de55b04a0e")
			return f
		}
	}
	for _, s := range []struct {
		name string
		open func() *endpointForm
	}{
		{"new", fresh("")}, {"offers", fresh("hookside")}, {"public", fresh("keypay")}, {"verifies", fresh("meterpost")},
		{"token", fresh("anchor")}, {"unsigned", fresh("nothing")},
		{"queue", func() *endpointForm { return d.openEndpoint("Keypay") }},
		{"detect", func() *endpointForm { return d.openEndpoint("Everything") }},
		{"wrong", func() *endpointForm {
			f := fresh("")()
			f.name.SetText("Keypay")
			f.path.SetText("no path")
			f.forward.SetText("localhost")
			f.submit()
			return f
		}},
		{"refused", func() *endpointForm {
			f := fresh("stripy")()
			f.secret.entry().SetText("a secret")
			f.sheet.say(reason(&settings.Problem{Says: "the keyring of this machine is locked", Advice: "unlock it and save again"}))
			return f
		}},
		{"saving", func() *endpointForm {
			f := fresh("stripy")()
			f.save.Disable()
			return f
		}},
	} {
		f := s.open()
		f.sheet.fit()
		d.both(filepath.Join("form", s.name), f.sheet.alone)
		f.sheet.close()
	}
	d.win.Resize(fyne.NewSize(900, 600))
	f := fresh("keypay")()
	f.sheet.fit()
	d.both("form/small", f.sheet.alone)
}

func TestEveryStateOfGoingOnlineIsDrawn(t *testing.T) {
	d, _ := openDeskOnline(t)
	d.pose(false)
	d.win.Resize(fyne.NewSize(900, 800))
	f := d.newTunnelForm("ngrok")
	looks := func(name string) {
		f.sheet.fix("http://127.0.0.1:", "http://127.0.0.1:8787")
		f.sheet.fit()
		d.both(filepath.Join("online", name), f.sheet.alone)
	}
	looks("ngrok")
	f.submit()
	looks("ngrok-no-token")
	f.ngrok.tokenField.say("")
	f.begin("Connecting to ngrok…")
	looks("ngrok-connecting")
	f.ended(&tunnel.Error{Says: "ngrok does not take this authtoken", Advice: "copy it again from dashboard.ngrok.com, Your Authtoken"})
	looks("ngrok-refused")
	f.sheet.say("")
	f.kind.choose("ssh")
	looks("ssh-service")
	f.ssh.service.choose("")
	looks("ssh-server")
	f.submit()
	looks("ssh-no-server")
	f.ssh.serverField.say("")
	f.begin("Connecting over SSH…")
	looks("ssh-connecting")
	f.ended(&settings.Problem{Place: "tunnel.url", Says: "\"hooks.example.com\" is no address", Advice: "begin it with https://"})
	looks("ssh-wrong")
	f.sheet.close()
	if err := d.engine.GoOnline(t.Context(), tunneltest.Token, "quiet-fox-1042.ngrok.app"); err != nil {
		t.Fatal(err)
	}
	f = d.newTunnelForm("ngrok")
	looks("online")
	f.begin("Closing the tunnel…")
	looks("closing")
	f.sheet.close()
	for name, status := range map[string]tunnel.Status{
		"lost":       {Kind: tunnel.KindNgrok, State: tunnel.Lost},
		"unreached":  {Kind: tunnel.KindNgrok, State: tunnel.Lost, Error: "ngrok cannot be reached", Advice: "check the network; it is tried again by itself"},
		"connecting": {Kind: tunnel.KindSSH, State: tunnel.Connecting},
		"online-ssh": {Kind: tunnel.KindSSH, State: tunnel.Online, Notes: []string{"The address ends after 60 minutes."}},
	} {
		f = d.newTunnelForm(string(status.Kind))
		f.sheet.body.Objects[0].(*look.Prose).SetText(tunnelSays(status))
		if status.State == tunnel.Connecting {
			f.sheet.body.Remove(f.sheet.body.Objects[1]) // there is no address yet
		}
		looks(name)
		f.sheet.close()
	}
}

func TestEveryStateOfTheShopFormIsDrawn(t *testing.T) {
	d := openFixed(t)
	d.pose(false)
	d.win.Resize(fyne.NewSize(900, 600))
	f := d.newShopForm()
	for _, s := range []posed{
		{"answers", func() { f.field.explain(shopSays(true, "")) }},
		{"silent", func() { f.field.explain(shopSays(false, "nothing answers on localhost:8080")) }},
		{"wrong", func() {
			f.address.SetText("localhost:8080")
			f.submit()
		}},
		{"refused", func() {
			f.field.say("")
			f.sheet.say("Nothing was changed. " + reason(errors.New("writing the config file: the disk is full")))
		}},
	} {
		s.show()
		f.sheet.fit()
		d.both(filepath.Join("shop", s.name), f.sheet.alone)
	}
}

func TestEveryStateOfSavingASearchIsDrawn(t *testing.T) {
	d := openFixed(t)
	d.pose(false)
	d.win.Resize(fyne.NewSize(900, 600))
	s := d.nameSearch("Save the search", "", settings.Search{Query: "outcome:mismatch since:1d"})
	d.both("searches/new", s.alone)
	d.pretend(func(m *model) { m.chosen.Searches = []settings.Search{{Name: "Failed", Query: "outcome:mismatch"}} })
	d.sheetEntry().SetText("Failed")
	s.enter()
	d.both("searches/taken", s.alone)
	s.close()
	d.both("searches/delete", d.removeSearch("Failed").alone)
}
