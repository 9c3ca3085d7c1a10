package look

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// WebLink returns words that open a web page, nil for any other address: the
// system would open that with whatever program claims it.
func WebLink(words, address string) fyne.CanvasObject {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	link := widget.NewHyperlink(words, u)
	link.SizeName = theme.SizeNameText
	return Inset(-theme.InnerPadding(), -theme.InnerPadding()/2, link)
}
