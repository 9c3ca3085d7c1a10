package ui

import (
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// notifySection is the page of what is told outside of the window, and of where
// the window is.
func (s *settingsSheet) notifySection() *settingsSection {
	failed := s.checkSetting(keyOf("notify", "failed"), lang.L("Tell on the desktop"), lang.L("Deliveries that did not verify"), "",
		func(now settings.Settings) bool { return now.Notify.Failed })
	tunnel := s.checkSetting(keyOf("notify", "tunnel"), "", lang.L("The tunnel is down, or up again"), "",
		func(now settings.Settings) bool { return now.Notify.Tunnel })
	shop := s.checkSetting(keyOf("notify", "shop"), "", lang.L("The shop is silent, or answers again"), "",
		func(now settings.Settings) bool { return now.Notify.Shop })
	quiet := s.textSetting(keyOf("notify", "quiet"), lang.L("Quiet hours"), lang.L("for example 22:00-07:00"),
		lang.L("Nothing is told then; left empty, at any hour."), true, func(now settings.Settings) string { return string(now.Notify.Quiet) })
	start := s.choiceSetting(keyOf("window", "start"), lang.L("At the start"), lang.L("Without a tray the window always opens."),
		[]string{"shown", "hidden"}, []string{lang.L("Open the window"), lang.L("Stay in the tray")}, func(now settings.Settings) string { return now.Window.Start })
	closing := s.checkSetting(keyOf("window", "close_to_tray"), lang.L("Closing the window"), lang.L("Leaves Shopbell in the tray"), "",
		func(now settings.Settings) bool { return now.Window.CloseToTray })
	personal := s.checkSetting(keyOf("window", "hide_personal"), lang.L("Personal data"), lang.L("Masked on the screen"), "",
		func(now settings.Settings) bool { return now.Window.HidePersonal })
	content := pageOf(lang.L("Notifications"), lang.L("Nothing is told while the window has the focus."), failed.field.content,
		tunnel.field.content, shop.field.content, quiet.field.content, start.field.content, closing.field.content, personal.field.content)
	return s.section(lang.L("Notifications"), look.IconBang, content, nil)
}
