package ui

import (
	"time"

	"fyne.io/fyne/v2/lang"
)

// secretTime is how long a secret stays on the clipboard.
const secretTime = 30 * time.Second

// copySecret puts text that holds a secret on the clipboard and says how long
// it stays there; what names it.
func (w *Window) copySecret(text, what string) {
	w.app.Clipboard().SetContent(text)
	w.forgetSecret(text)
	w.notice.tell(lang.L("Copied {{.What}}. It holds a secret, and is taken off the clipboard in 30 seconds.", map[string]any{"What": what}))
}

// secretCopied is told of a secret that a part of the window has copied.
func (w *Window) secretCopied(text string) {
	w.forgetSecret(text)
	w.notice.tell(lang.L("Copied. It holds a secret, and is taken off the clipboard in 30 seconds."))
}

// forgetSecret empties the clipboard after a while, if text is still there then.
func (w *Window) forgetSecret(text string) {
	w.secret = text
	w.secrets++
	mine := w.secrets
	w.later(secretTime, func() {
		if w.secrets == mine { // else it was copied once more, and has its own time
			w.clearSecret()
		}
	})
}

// clearSecret empties the clipboard if the secret that was copied last is still
// there.
func (w *Window) clearSecret() {
	if w.secret != "" && w.app.Clipboard().Content() == w.secret {
		w.app.Clipboard().SetContent("")
	}
	w.secret = ""
}
