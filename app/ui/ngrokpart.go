package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
)

// ngrokPart is what going online by ngrok needs.
type ngrokPart struct {
	token, domain *entry
	tokenField    *field
}

func newNgrokPart(s *sheet, t settings.Tunnel) ngrokPart {
	p := ngrokPart{token: newSecretEntry(s, lang.L("paste the authtoken here"))}
	if t.Authtoken != "" {
		p.token.PlaceHolder = lang.L("leave empty to use the kept token")
	}
	p.domain = newEntry(s, t.Domain, lang.L("for example quiet-fox-1042.ngrok.app"))
	p.tokenField = newField(lang.L("ngrok authtoken"), p.token,
		lang.L("From dashboard.ngrok.com, Your Authtoken. It is kept in the keyring of this machine."))
	return p
}

func (p *ngrokPart) fields() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		p.tokenField.content, newField(lang.L("Domain"), p.domain, lang.L("Your account's stable domain; left empty, ngrok gives one.")).content,
	}
}

// submitNgrok goes online by ngrok.
func (f *tunnelForm) submitNgrok() {
	token, domain := strings.TrimSpace(f.ngrok.token.Text), strings.TrimSpace(f.ngrok.domain.Text)
	if token == "" && f.window.engine.Settings().Tunnel.Authtoken == "" {
		f.ngrok.tokenField.say(lang.L("ngrok needs an authtoken."))
		f.sheet.fit()
		return
	}
	f.ngrok.tokenField.say("")
	f.begin(lang.L("Connecting to ngrok…"))
	f.run(func(ctx context.Context) error { return f.window.engine.GoOnline(ctx, token, domain) })
}
