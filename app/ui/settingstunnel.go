package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// tunnelSection is the page of how providers reach this machine. The keys of a
// kind are there while that is chosen.
func (s *settingsSheet) tunnelSection() *settingsSection {
	state := look.NewProse(tunnelSays(s.window.model.tunnel), look.ColorMuted)
	ngrok, ssh := s.ngrokSettings(), s.sshSettings()
	ngrokPart, sshPart := columnOf(ngrok), columnOf(ssh)
	var kind *setting
	regroup := func() {
		setVisible(ngrokPart, kind.typed() == "ngrok" || anyEdited(ngrok))
		setVisible(sshPart, kind.typed() == "ssh" || anyEdited(ssh))
	}
	kind = s.kindSetting(func() {
		regroup()
		s.state()
	})
	listen := s.textSetting(keyOf("tunnel", "listen"), lang.L("Local address"), lang.L("for example 127.0.0.1:9000"),
		lang.L("Where this machine is listened on; left empty, loopback and a port that stays the same."), true,
		func(now settings.Settings) string { return now.Tunnel.Listen })
	https := s.checkSetting(keyOf("tunnel", "https"), lang.L("Local HTTPS"), lang.L("With a certificate of our own authority"), "",
		func(now settings.Settings) bool { return now.Tunnel.HTTPS })
	regroup()
	content := pageOf(lang.L("Tunnel"), "", state, kind.field.content, ngrokPart, sshPart, listen.field.content, https.field.content)
	return s.section(lang.L("Tunnel"), look.IconOpen, content, func(settings.Settings) {
		state.SetText(tunnelSays(s.window.model.tunnel))
		regroup()
	})
}

func columnOf(fields []*setting) *fyne.Container {
	column := look.Column(14)
	for _, f := range fields {
		column.Objects = append(column.Objects, f.field.content)
	}
	return column
}

func anyEdited(fields []*setting) bool {
	for _, f := range fields {
		if f.edited {
			return true
		}
	}
	return false
}

// kindSetting chooses the kind of tunnel and tells when it was chosen.
func (s *settingsSheet) kindSetting(chosen func()) *setting {
	f := &setting{key: keyOf("tunnel", "kind")}
	c := newChoice([]string{"local", "ngrok", "ssh"}, []string{
		lang.L("Not at all: this machine only"), lang.L("At a public address, through ngrok"), lang.L("At a public address, over SSH"),
	}, "", func(string) {
		s.edit(f)
		chosen()
	})
	s.choices = append(s.choices, c)
	f.input, f.lock = c.object(), c.button.Disable
	f.put = func(now settings.Settings) { c.set(now.Tunnel.Kind) }
	f.typed = func() any { return c.chosen }
	return s.add(f, lang.L("How providers reach you"), "")
}

func (s *settingsSheet) ngrokSettings() []*setting {
	token := s.tokenSetting()
	domain := s.textSetting(keyOf("tunnel", "domain"), lang.L("Domain"), lang.L("for example quiet-fox-1042.ngrok.app"),
		lang.L("Your ngrok account's stable domain; left empty, ngrok gives one."), true,
		func(now settings.Settings) string { return now.Tunnel.Domain })
	return []*setting{token, domain}
}

func (s *settingsSheet) sshSettings() []*setting {
	values, labels := serviceChoices()
	service := s.choiceSetting(keyOf("tunnel", "service"), lang.L("SSH service"),
		lang.L("A service needs no account. HTTPS ends there, so it can read what passes."), values, labels,
		func(now settings.Settings) string { return now.Tunnel.Service })
	typed := service.typed
	service.typed = func() any {
		if name := typed(); name != "" {
			return name
		}
		return nil
	}
	service.kept = service.typed()
	text := func(key, name, placeholder, hint string, get func(settings.Tunnel) string) *setting {
		return s.textSetting(keyOf("tunnel", key), name, placeholder, hint, true, func(now settings.Settings) string { return get(now.Tunnel) })
	}
	return []*setting{
		service,
		text("server", lang.L("SSH server"), lang.L("for example me@example.com:2222"),
			lang.L("A server of your own; beside a service, it takes the place of the service's."), func(t settings.Tunnel) string { return t.Server }),
		text("url", lang.L("Public address"), lang.L("for example https://hooks.example.com"),
			lang.L("Under which the server is reached. https://*.example.com takes the one of that form that it says."), func(t settings.Tunnel) string { return t.URL }),
		text("bind", lang.L("Address at the server"), "", lang.L("The port, or host:port, that it listens on; left empty, it chooses."), func(t settings.Tunnel) string { return t.Bind }),
		text("run", lang.L("Command at the server"), "", lang.L("What makes a service say its address; left empty, a shell."), func(t settings.Tunnel) string { return t.Run }),
		text("key", lang.L("Private key"), lang.L("for example ~/.ssh/id_ed25519"),
			lang.L("The path of its file; left empty, the keys of the SSH agent and of ~/.ssh."), func(t settings.Tunnel) string { return t.Key }),
		text("host_key", lang.L("The server's fingerprint"), lang.L("for example SHA256:…"),
			lang.L("Only a server with this key is taken; left empty, known_hosts decides, and you are asked about a new one."), func(t settings.Tunnel) string { return t.HostKey }),
	}
}
