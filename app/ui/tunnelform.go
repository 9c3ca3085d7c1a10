package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/tunnel"
)

// tunnelForm takes an ngrok token and goes online with it.
type tunnelForm struct {
	window        *Window
	sheet         *sheet
	token, domain *entry
	tokenField    *field
	going         *look.Text
	online, local *look.Button
	cancel        context.CancelFunc // of the attempt under way, else nil
}

// openTunnel opens the form.
func (w *Window) openTunnel() { w.newTunnelForm() }

func (w *Window) newTunnelForm() *tunnelForm {
	f := &tunnelForm{window: w, sheet: w.openSheet(lang.L("Go online"))}
	s, t := f.sheet, w.engine.Settings().Tunnel
	s.enter, s.closed = f.submit, f.stop
	f.token = newSecretEntry(s, lang.L("paste the authtoken here"))
	if t.Authtoken != "" {
		f.token.PlaceHolder = lang.L("leave empty to use the kept token")
	}
	f.domain = newEntry(s, t.Domain, lang.L("for example quiet-fox-1042.ngrok.app"))
	f.tokenField = newField(lang.L("ngrok authtoken"), f.token,
		lang.L("From dashboard.ngrok.com, Your Authtoken. It is kept in the keyring of this machine."))
	f.going = look.NewText("", look.ColorMuted)
	f.going.Hide()
	f.online = look.Primary(lang.L("Go online"), "", f.submit)
	f.local = look.Secondary(lang.L("Work offline"), "", f.goLocal)
	f.fill()
	s.focus(f.token)
	return f
}

func (f *tunnelForm) fill() {
	status := f.window.engine.Tunnel()
	parts := []fyne.CanvasObject{look.NewProse(tunnelSays(status), look.ColorMuted)}
	if status.URL != "" {
		url := newCodeLine(func(text string) { f.window.copy(text, lang.L("the tunnel's address")) })
		url.set(status.URL)
		parts = append(parts, url.content)
	}
	parts = append(parts, f.tokenField.content,
		newField(lang.L("Domain"), f.domain, lang.L("Your account's stable domain; left empty, ngrok gives one.")).content, f.going)
	buttons := []fyne.CanvasObject{look.Secondary(lang.L("Close"), "", f.sheet.close), f.online}
	if status.Kind != tunnel.KindLocal {
		buttons = append([]fyne.CanvasObject{f.local}, buttons...)
	}
	f.sheet.fill(parts, buttons...)
}

// tunnelSays is the state of the tunnel in sentences.
func tunnelSays(s tunnel.Status) string {
	var parts []string
	switch {
	case s.Kind == tunnel.KindLocal:
		parts = append(parts, lang.L("A public HTTPS address by ngrok, which providers can reach. Without one, deliveries come from this machine only."))
	case s.State == tunnel.Online:
		parts = append(parts, lang.L("You are online. Another token or domain takes the place of this address."))
	case s.Error != "":
		parts = append(parts, reason(&tunnel.Error{Says: s.Error, Advice: s.Advice}))
	case s.State == tunnel.Lost:
		parts = append(parts, lang.L("The tunnel was lost and is coming back by itself."))
	default:
		parts = append(parts, lang.L("The tunnel is connecting."))
	}
	return strings.Join(append(parts, s.Notes...), " ")
}

// submit goes online, away from the UI goroutine.
func (f *tunnelForm) submit() {
	if f.cancel != nil {
		return
	}
	token, domain := strings.TrimSpace(f.token.Text), strings.TrimSpace(f.domain.Text)
	if token == "" && f.window.engine.Settings().Tunnel.Authtoken == "" {
		f.tokenField.say(lang.L("ngrok needs an authtoken."))
		f.sheet.fit()
		return
	}
	f.tokenField.say("")
	f.sheet.say("")
	f.begin(lang.L("Connecting to ngrok…"))
	f.run(func(ctx context.Context) error { return f.window.engine.GoOnline(ctx, token, domain) })
}

// goLocal closes the public tunnel.
func (f *tunnelForm) goLocal() {
	if f.cancel != nil {
		return
	}
	f.begin(lang.L("Closing the tunnel…"))
	f.run(f.window.engine.GoLocal)
}

func (f *tunnelForm) begin(says string) {
	f.going.SetText(says)
	f.going.Show()
	f.sheet.fit()
	f.online.Disable()
	f.local.Disable()
}

func (f *tunnelForm) run(work func(context.Context) error) {
	var ctx context.Context
	ctx, f.cancel = context.WithCancel(f.window.shift)
	f.window.task(func(context.Context) error { return work(ctx) }, func(err error) {
		stopped := ctx.Err() != nil
		f.stop()
		f.window.refresh.refreshNow()
		if stopped && err != nil {
			return
		}
		f.ended(err)
	})
}

// stop breaks off an attempt under way.
func (f *tunnelForm) stop() {
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
}

func (f *tunnelForm) ended(err error) {
	f.going.SetText("")
	f.going.Hide()
	f.online.Enable()
	f.local.Enable()
	if err != nil {
		f.sheet.say(reason(err))
		return
	}
	f.token.SetText("")
	f.fill()
}
