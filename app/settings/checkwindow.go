package settings

import (
	"fmt"
	"strconv"
	"time"
)

// Languages are the languages that the window may be set to, as BCP 47 codes.
func Languages() []string { return []string{"en", "cs", "pl", "es", "sk", "de"} }

// The words of [window].
var (
	themes    = []string{"system", "light", "dark"}
	densities = []string{"comfortable", "compact"}
	languages = append([]string{"system"}, Languages()...)
)

// The ranges of [limits] and [window]. The largest delivery may not take more
// than half of the memory that all bodies together may take.
const (
	minBody  = 1 << 10
	maxBody  = 256 << 20
	minScale = 80
	maxScale = 150
)

const (
	adviceBody  = "Write a number and a unit; no provider that we know of sends more than 25 MB."
	adviceWait  = "Write how long the shop may take; a provider that documents a limit of its own is not kept waiting longer."
	adviceScale = "Write the size of the text in per cent; 100 is the usual one."
)

var waits = spanRange{time.Second, 10 * time.Minute, "30s", adviceWait}

// ScaleRange is what the key scale of [window] may be, in per cent.
func ScaleRange() (least, most int) { return minScale, maxScale }

func (d *decoder) limits(key, place string, v value) {
	l := &d.settings.Limits
	switch key {
	case "body":
		if d.size(place, v, &l.Body); d.wrong == nil {
			d.wrong = checkLimits(*l)
		}
	case "wait":
		d.span(place, v, &l.Wait, waits)
	}
}

func (d *decoder) window(key, place string, v value) {
	w := &d.settings.Window
	switch key {
	case "theme":
		d.choice(place, v, &w.Theme, themes)
	case "scale":
		var n int64
		if d.integer(place, v, &n); d.wrong != nil {
			return
		}
		if n < minScale || n > maxScale {
			d.wrong = wrongScale(v.text)
			return
		}
		w.Scale = int(n)
	case "density":
		d.choice(place, v, &w.Density, densities)
	case "language":
		d.choice(place, v, &w.Language, languages)
	case "close_to_tray":
		d.boolean(place, v, &w.CloseToTray)
	case "start":
		d.choice(place, v, &w.Start, windowStarts)
	case "hide_personal":
		d.boolean(place, v, &w.HidePersonal)
	}
}

// checkLimits takes 0 for the default.
func checkLimits(l Limits) *finding {
	if l.Body != 0 && (l.Body < minBody || l.Body > maxBody) {
		return &finding{"limits.body", fmt.Sprintf("body is %d bytes, expected 1KiB to 256MiB", l.Body), adviceBody}
	}
	return waits.check("limits.wait", l.Wait)
}

func wrongScale(value string) *finding {
	return &finding{"window.scale", fmt.Sprintf("scale is %s, expected %d to %d", quote(value), minScale, maxScale), adviceScale}
}

// checkWindow takes what is empty for the default.
func checkWindow(w Window) *finding {
	for _, word := range []struct {
		place, value string
		choices      []string
	}{{"window.theme", w.Theme, themes}, {"window.density", w.Density, densities}, {"window.language", w.Language, languages}, {"window.start", w.Start, windowStarts}} {
		if f := oneOf(word.place, word.value, word.choices); f != nil && word.value != "" {
			return f
		}
	}
	if w.Scale != 0 && (w.Scale < minScale || w.Scale > maxScale) {
		return wrongScale(strconv.Itoa(w.Scale))
	}
	return nil
}
