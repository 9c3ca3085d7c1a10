package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// maxProseBytes bounds what a Prose lays out; a body belongs in a code view.
const maxProseBytes = 8 << 10

// Run is a piece of a Prose in one style.
type Run struct {
	Text  string
	Color fyne.ThemeColorName // "" is the colour of the Prose
	Bold  bool
	Mono  bool
}

// Prose is wrapped text without padding: sentences and evidence. Line ends in
// it are kept; text above 8 KiB is cut with "…". Tapping it with the second
// button offers to copy it.
type Prose struct {
	widget.BaseWidget
	// Align places each line; it is read when the text is laid out.
	Align fyne.TextAlign
	// OnMenu takes the place of the offer to copy.
	OnMenu func(at *fyne.PointEvent)
	// OnCopied is told of the text when the user copied it; nil tells nobody.
	OnCopied func(text string)

	runs     []Run
	color    fyne.ThemeColorName
	sizeName fyne.ThemeSizeName
}

// NewProse returns wrapped text in a colour of ours.
func NewProse(text string, color fyne.ThemeColorName) *Prose {
	return newProse(color, theme.SizeNameText, Run{Text: text})
}

// NewEvidence returns wrapped monospaced text.
func NewEvidence(text string, color fyne.ThemeColorName) *Prose {
	return newProse(color, SizeCode, Run{Text: text, Mono: true})
}

// NewRuns returns wrapped text in several styles.
func NewRuns(color fyne.ThemeColorName, runs ...Run) *Prose {
	return newProse(color, theme.SizeNameText, runs...)
}

func newProse(color fyne.ThemeColorName, size fyne.ThemeSizeName, runs ...Run) *Prose {
	p := &Prose{runs: runs, color: color, sizeName: size}
	p.ExtendBaseWidget(p)
	return p
}

// SetText replaces everything by one run.
func (p *Prose) SetText(text string) {
	mono := len(p.runs) > 0 && p.runs[0].Mono
	p.runs = []Run{{Text: text, Mono: mono}}
	p.Refresh()
}

// Set replaces text and colour.
func (p *Prose) Set(color fyne.ThemeColorName, runs ...Run) {
	p.color, p.runs = color, runs
	p.Refresh()
}

// Text is everything that the prose says, uncut.
func (p *Prose) Text() string {
	text := ""
	for _, run := range p.runs {
		text += run.Text
	}
	return text
}

// AccessibilityLabel is the text.
func (p *Prose) AccessibilityLabel() string { return p.Text() }

// AccessibilityRole tells that this is text.
func (p *Prose) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// TappedSecondary offers to copy the text.
func (p *Prose) TappedSecondary(at *fyne.PointEvent) {
	if p.OnMenu != nil {
		p.OnMenu(at)
		return
	}
	OfferCopy(p, at, lang.L("Copy"), p.Text(), p.OnCopied)
}

// OfferCopy shows a menu at the pointer that copies text to the clipboard and
// then tells copied, unless that is nil.
func OfferCopy(over fyne.CanvasObject, at *fyne.PointEvent, label, text string, copied func(string)) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(over)
	if canvas == nil {
		return
	}
	item := fyne.NewMenuItem(label, func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		if copied != nil {
			copied(text)
		}
	})
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", item), canvas, at.AbsolutePosition)
}

// NewCodeRuns returns wrapped text in several styles at the size of code.
func NewCodeRuns(runs ...Run) *Prose { return newProse("", SizeCode, runs...) }
