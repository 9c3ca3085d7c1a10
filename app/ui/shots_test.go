package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
)

func TestShots(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { scene(t, e) })
	d.setTheme(themeLight)
	d.rest()
	d.list.rows.Select(0)
	d.pose(true)
	d.shot("light")
	d.setTheme(themeDark)
	d.shot("dark")
	d.setTheme(themeLight)
	d.choose(scope{kind: scopeEndpoint, endpoint: "Twisto"})
	d.win.Resize(fyne.NewSize(900, 600))
	d.rest()
	d.shot("narrow")
	d.win.Resize(fyne.NewSize(1280, 760))
	f := d.openEndpoint("yshop.pl")
	d.shot("edit")
	f.sheet.close()
	tf := d.newTunnelForm()
	tf.sheet.say("The authtoken is not known to ngrok. Copy it again from the dashboard.")
	d.shot("tunnel")
	tf.sheet.close()
	sf := d.openSample("")
	d.shot("simulate")
	sf.sheet.close()
	d.openKeys()
	d.shot("keys")
	d.closeTop()
	d.openSaved(d.engine.Settings().Endpoints[0])
	d.shot("saved")
	d.closeTop()
	d.notice.fail("The sample could not be sent", engine.ErrNoEndpoint)
	d.unselect()
	d.refresh.setHidden(false)
	d.choose(scope{kind: scopePinned})
	d.list.search.entry.SetText("nothing like this")
	d.rest()
	d.shot("nomatch")
	d.list.search.entry.SetText("outcome:foo")
	d.rest()
	d.shot("wrong")
}
