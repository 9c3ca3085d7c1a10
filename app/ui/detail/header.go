package detail

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// header is the head of the pane: who, what, the buttons, and a line of facts.
type header struct {
	zone *time.Location

	mark  *look.Mark
	title *look.Text
	tags  *fyne.Container
	facts *look.Prose
	all   *fyne.Container

	release, replay, edit, export, pin *look.Button
}

// newHeader makes the head; act runs an action on the capture that is shown.
func newHeader(a Actions, zone *time.Location, shown func() inspector.Capture) *header {
	h := &header{
		zone: zone,
		mark: look.LargeMark("", ""), tags: look.Wrap(6), facts: look.NewProse("", look.ColorMuted),
		title: look.NewStyled("", "", look.SizeTitle, fyne.TextStyle{Bold: true}),
	}
	h.title.Cut = true
	h.release = look.Primary(lang.L("Release"), look.IconRelease, call(a.Release, shown))
	h.replay = look.Primary(lang.L("Replay"), look.IconReplay, call(a.Replay, shown))
	h.edit = look.Secondary(lang.L("Edit & re-sign"), "", call(a.Edit, shown))
	h.export = look.MenuButton(lang.L("Export"), nil)
	h.export.OnTapped = func() { a.Export(shown(), h.export) }
	h.pin = look.Secondary("", look.IconPin, func() { a.Pin(shown(), !shown().Pinned) })
	h.release.Hidden = a.Release == nil
	h.replay.Hidden = a.Replay == nil
	h.edit.Hidden = a.Edit == nil
	h.export.Hidden = a.Export == nil
	h.pin.Hidden = a.Pin == nil
	buttons := look.Wrap(8, h.pin, h.release, h.replay, h.edit, h.export)
	name := look.Beside(nameGap, true, h.mark, look.Column(4, h.title, h.tags), nil)
	h.all = look.Column(8, look.AsideNeeding(14, h.room, name, buttons), h.facts)
	return h
}

const (
	nameGap   = 12  // between the mark and the title
	nameLeast = 190 // of both, beside the buttons
	nameMost  = 420 // a title that is longer still is cut
)

// room is the width that the title needs, for the buttons to stand beside it.
func (h *header) room() float32 {
	wide := fyne.MeasureText(h.title.Text, h.title.Theme().Size(look.SizeTitle), fyne.TextStyle{Bold: true}).Width
	return min(max(h.mark.MinSize().Width+nameGap+wide, nameLeast), nameMost)
}

// call runs an action, if there is one, on what is shown.
func call(action func(inspector.Capture), shown func() inspector.Capture) func() {
	return func() {
		if action != nil {
			action(shown())
		}
	}
}

func (h *header) show(c inspector.Capture, p providers.Provider, a Actions) {
	h.mark.Set(p.Mark, p.Colour)
	if p.ID == "" {
		h.mark.Set("?", "")
	}
	h.title.SetText(titleOf(c, p))
	h.tags.Objects = tagsOf(c, p)
	h.tags.Hidden = len(h.tags.Objects) == 0
	h.facts.SetText(h.factsOf(c, p))
	held := c.State == inspector.Held
	h.release.Hidden = a.Release == nil || !held
	h.replay.Weight = look.PrimaryWeight
	if held && a.Release != nil {
		h.replay.Weight = look.SecondaryWeight
	}
	h.pin.Label, h.pin.Icon = lang.L("Pin"), look.IconPin
	if c.Pinned {
		h.pin.Label, h.pin.Icon = lang.L("Unpin"), look.IconPinned
	}
	h.all.Refresh()
}

// titleOf is the title that the list has too.
func titleOf(c inspector.Capture, p providers.Provider) string {
	switch {
	case c.Event != "":
		return c.Event
	case p.Name != "":
		return p.Name
	}
	return lang.L("Delivery without an event name")
}

// tagsOf are the words beside the title: what is special about this capture.
func tagsOf(c inspector.Capture, p providers.Provider) []fyne.CanvasObject {
	var tags []fyne.CanvasObject
	add := func(word string, tone signature.Tone) {
		if word != "" {
			tags = append(tags, look.Tag(word, tone))
		}
	}
	add(handshakeTag(c.Handshake))
	if c.Handshake == "" || c.State != inspector.Kept { // a handshake is never forwarded
		add(stateTag(c.State))
	}
	if c.EventDerived && c.Handshake == "" {
		add(lang.L("derived"), signature.Neutral)
	}
	if c.Detected {
		add(lang.L("provider detected"), signature.Neutral)
	}
	if c.Again != nil {
		_, _, tone := againWords(c.Again.Kind)
		add(againTag(c.Again.Kind), tone)
	}
	if p.Sure == "secondary" {
		add(lang.L("from secondary sources"), signature.Neutral)
	}
	return tags
}

// factsOf is the line below the title.
func (h *header) factsOf(c inspector.Capture, p providers.Provider) string {
	facts := []string{c.Method + " " + inspector.ShownPath(p.MaskTarget(c.Path))}
	if name := nameOf(c, p); name != "" {
		facts = append(facts, name)
	}
	if c.From != "" {
		facts = append(facts, lang.L("from {{.Address}}", map[string]any{"Address": c.From}))
	}
	facts = append(facts, look.Moment(c.Received, h.zone), look.Bytes(c.Size))
	if c.DeliveryID != "" {
		values := map[string]any{"ID": c.DeliveryID}
		id := lang.L("id {{.ID}}", values)
		if c.DeliveryIDDerived {
			id = lang.L("id {{.ID}} (derived)", values)
		}
		facts = append(facts, id)
	}
	for i, fact := range facts {
		facts[i] = strings.ReplaceAll(fact, " ", "\u00a0") // a fact stays together
	}
	return strings.Join(facts, " · ")
}

// nameOf is the endpoint, or what is known instead.
func nameOf(c inspector.Capture, p providers.Provider) string {
	switch {
	case c.Endpoint != "":
		return c.Endpoint
	case p.Name != "":
		return lang.L("{{.Provider}}, no endpoint", map[string]any{"Provider": p.Name})
	}
	return lang.L("no endpoint")
}
