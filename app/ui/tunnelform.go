package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/tunnel"
)

// tunnelForm goes online: by ngrok with a token, or over SSH.
type tunnelForm struct {
	window        *Window
	sheet         *sheet
	kind          *choice
	ngrok         ngrokPart
	ssh           sshPart
	going         *look.Text
	online, local *look.Button
	cancel        context.CancelFunc // of the attempt under way, else nil
}

// openTunnel opens the form at the kind of tunnel of the settings.
func (w *Window) openTunnel() { w.newTunnelForm(w.engine.Settings().Tunnel.Kind) }

// openSSH opens the form at SSH.
func (w *Window) openSSH() { w.newTunnelForm(string(tunnel.KindSSH)) }

func (w *Window) newTunnelForm(kind string) *tunnelForm {
	f := &tunnelForm{window: w, sheet: w.openSheet(lang.L("Go online"))}
	s, t := f.sheet, w.engine.Settings().Tunnel
	s.enter, s.closed = f.submit, f.stop
	kinds := []string{string(tunnel.KindNgrok), string(tunnel.KindSSH)}
	f.kind = newChoice(kinds, []string{lang.L("ngrok, with a token"), lang.L("SSH")}, kind, func(string) { f.fill() })
	f.ngrok, f.ssh = newNgrokPart(s, t), newSSHPart(s, t, f.fill)
	f.going = look.NewText("", look.ColorMuted)
	f.going.Hide()
	f.online = look.Primary(lang.L("Go online"), "", f.submit)
	f.local = look.Secondary(lang.L("Work offline"), "", f.goLocal)
	f.fill()
	if !f.overSSH() {
		s.focus(f.ngrok.token)
	}
	return f
}

func (f *tunnelForm) overSSH() bool { return f.kind.chosen == string(tunnel.KindSSH) }

func (f *tunnelForm) fill() {
	status := f.window.engine.Tunnel()
	parts := []fyne.CanvasObject{look.NewProse(tunnelSays(status), look.ColorMuted)}
	if status.URL != "" {
		url := newCodeLine(func(text string) { f.window.copy(text, lang.L("the tunnel's address")) })
		url.set(status.URL)
		parts = append(parts, url.content)
	}
	parts = append(parts, newField(lang.L("Go online with"), f.kind.object(), "").content)
	if f.overSSH() {
		parts = append(parts, f.ssh.fields()...)
	} else {
		parts = append(parts, f.ngrok.fields()...)
	}
	buttons := []fyne.CanvasObject{look.Secondary(lang.L("Close"), "", f.sheet.close), f.online}
	if status.Kind != tunnel.KindLocal {
		buttons = append([]fyne.CanvasObject{f.local}, buttons...)
	}
	f.sheet.fill(append(parts, f.going), buttons...)
}

// tunnelSays is the state of the tunnel in sentences.
func tunnelSays(s tunnel.Status) string {
	var parts []string
	switch {
	case s.Kind == tunnel.KindLocal:
		parts = append(parts, lang.L("A public HTTPS address is one that providers can reach. Without it, deliveries come from this machine only."))
	case s.State == tunnel.Online && s.Kind == tunnel.KindSSH:
		parts = append(parts, lang.L("You are online. Another service or server takes the place of this address."))
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
	f.sheet.say("")
	if f.overSSH() {
		f.submitSSH()
	} else {
		f.submitNgrok()
	}
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
		f.refused(err)
		return
	}
	f.ngrok.token.SetText("")
	f.fill()
}
