package detail

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// subject is what a viewer shows.
type subject struct {
	// make lays the subject out in one of the viewer's modes, with hidden
	// values shown or not. It runs off the UI goroutine.
	make func(mode int, shown bool) page
	size int // bytes to work through
	mode int // the mode at first
	// reveal is what the button says that shows or hides values, "" without one.
	reveal func(shown bool) string
}

// viewer is a code view with its modes, notes and buttons.
type viewer struct {
	widget.BaseWidget
	// onReveal is told that the user wants hidden values shown, or not.
	onReveal func(shown bool)
	// onShown is told of each page that came on screen.
	onShown func(*rows.Document)

	subject subject
	shown   bool

	modes  *look.Segments
	note   *look.Prose
	reveal *look.Button
	copied *look.Button
	code   *rows.CodeView
	jobs   *jobs
	all    *fyne.Container
}

func newViewer(modes ...string) *viewer {
	v := &viewer{
		modes: look.NewSegments(modes...), note: look.NewProse("", look.ColorMuted),
		code: rows.NewCode(), jobs: newJobs(),
	}
	v.reveal = look.Quiet("", look.IconEye, func() { v.onReveal(!v.shown) })
	v.copied = look.Quiet(wordCopy, look.IconCopy, func() { v.code.Copy() })
	v.modes.OnChanged = func(int) { v.render() }
	v.modes.Hidden = len(modes) < 2
	bar := look.Aside(8, 120, v.modes, look.Row(4, v.reveal, v.copied))
	v.all = look.Fill(10, bar, v.note, look.Frame(v.code))
	v.ExtendBaseWidget(v)
	return v
}

// set shows another subject.
func (v *viewer) set(s subject, shown bool) {
	v.subject, v.shown = s, shown
	v.modes.Choose(s.mode)
	v.render()
}

// setShown shows or hides the hidden values.
func (v *viewer) setShown(shown bool) {
	if v.shown != shown {
		v.shown = shown
		v.render()
	}
}

// clear shows nothing and forgets what is under way.
func (v *viewer) clear() {
	v.jobs.drop()
	v.subject = subject{}
	v.code.SetText(nil, rows.Plain)
}

func (v *viewer) render() {
	s, mode, shown := v.subject, v.modes.Chosen(), v.shown
	if s.make == nil {
		return
	}
	words := s.reveal(shown)
	v.reveal.Hidden = words == ""
	v.reveal.SetText(words)
	if v.jobs.run(s.size, func() page { return s.make(mode, shown) }, v.show) {
		return
	}
	v.code.SetText(nil, rows.Plain)
	v.say(fmt.Sprintf(wordsFormatting, look.Bytes(int64(s.size))))
}

func (v *viewer) show(p page) {
	v.say(strings.Join(p.notes, "\n"))
	v.code.SetDocument(p.doc)
	if v.onShown != nil {
		v.onShown(p.doc)
	}
}

func (v *viewer) say(text string) {
	v.note.Hidden = text == ""
	v.note.SetText(text)
	v.all.Refresh()
}

// CreateRenderer is called by the toolkit.
func (v *viewer) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return widget.NewSimpleRenderer(v.all)
}
