package look

import (
	"bytes"
	"embed"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

//go:embed icons/*.svg
var drawings embed.FS

// Icon is the name of one of our drawings.
type Icon string

// The drawings.
const (
	IconCopy     Icon = "copy"
	IconReplay   Icon = "replay"
	IconPause    Icon = "pause"
	IconPlay     Icon = "play"
	IconFlask    Icon = "flask"
	IconGear     Icon = "gear"
	IconSearch   Icon = "search"
	IconPin      Icon = "pin"
	IconPinned   Icon = "pinned"
	IconPlus     Icon = "plus"
	IconArrow    Icon = "arrow"
	IconDown     Icon = "down"
	IconOpen     Icon = "open"
	IconCheck    Icon = "check"
	IconCross    Icon = "cross"
	IconDash     Icon = "dash"
	IconHalf     Icon = "half"
	IconBang     Icon = "bang"
	IconQuestion Icon = "question"
	IconInbox    Icon = "inbox"
	IconList     Icon = "list"
	IconClock    Icon = "clock"
	IconEdit     Icon = "edit"
	IconEye      Icon = "eye"
	IconBin      Icon = "bin"
	IconRelease  Icon = "release"
)

// Resource returns the drawing in the colour called name, which may be a name
// of ours; "" is the colour of text.
func (i Icon) Resource(name fyne.ThemeColorName) fyne.Resource {
	if name == "" {
		name = theme.ColorNameForeground
	}
	return drawn{icon: i, color: name}
}

// drawn is a drawing in a colour of the theme. The toolkit's own themed
// resource recolours fills only; our drawings are strokes.
type drawn struct {
	icon  Icon
	color fyne.ThemeColorName
}

var _ fyne.ThemedResource = drawn{}

// Name is what the toolkit caches the picture under.
func (d drawn) Name() string { return string(d.color) + "_shopbell-" + string(d.icon) + ".svg" }

// ThemeColorName tells the toolkit that the picture changes with the theme.
func (d drawn) ThemeColorName() fyne.ThemeColorName { return d.color }

// Content is the drawing with its ink in the theme's colour.
func (d drawn) Content() []byte {
	svg, err := drawings.ReadFile("icons/" + string(d.icon) + ".svg")
	if err != nil {
		return theme.BrokenImageIcon().Content()
	}
	ink := color.NRGBAModel.Convert(theme.Color(d.color)).(color.NRGBA)
	return bytes.ReplaceAll(svg, []byte("#000000"), fmt.Appendf(nil, "#%02x%02x%02x", ink.R, ink.G, ink.B))
}

// symbolIcon is the drawing for a verdict's one-character symbol, so that it
// is centred and crisp whatever the font; false for a symbol that has none.
func symbolIcon(symbol string) (Icon, bool) {
	switch symbol {
	case "✓":
		return IconCheck, true
	case "✕", "✗", "×":
		return IconCross, true
	case "–", "-":
		return IconDash, true
	case "◐":
		return IconHalf, true
	case "!":
		return IconBang, true
	case "?":
		return IconQuestion, true
	}
	return "", false
}
