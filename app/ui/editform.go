package ui

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// editForm changes a capture, signs it anew by choice, and sends it.
type editForm struct {
	window       *Window
	sheet        *sheet
	capture      inspector.Capture
	provider     providers.Provider
	method, path *entry
	heads        *editHeads
	body         *editBody
	sign         *choice
	fresh        *widget.Check
	to           *target
	verdict      *verdictLine
	result       *look.Prose
	send         *look.Button
	soon         soon
}

// editWidth is the breadth of the sheet: it fits beside the edge of the
// smallest window.
const editWidth = 780

// The choices for the signature.
const (
	keepSignature = "keep"
	signAnew      = "sign"
)

// editCapture opens the selected capture for editing. What is edited is the
// capture as it came, so hidden personal data is only shown when the user says so.
func (w *Window) editCapture() {
	switch c := w.detail.capture; {
	case c == nil:
	case w.private.on.Load():
		w.confirm(lang.L("Show personal data?"), lang.L("Personal data is hidden, but editing shows the whole request, with all that it carries."),
			lang.L("Edit"), func() { w.openEdit(*c) })
	default:
		w.openEdit(*c)
	}
}

func (w *Window) openEdit(c inspector.Capture) *editForm {
	f := &editForm{window: w, sheet: w.openSheet(lang.L("Edit & re-sign")), capture: c, verdict: newVerdictLine(), result: look.NewProse("", look.ColorMuted)}
	f.provider, _ = w.senders(c)
	f.soon.window, f.sheet.width = w, editWidth
	f.result.Hide()
	s := f.sheet
	f.method = newEntry(s, c.Message.Method, "POST")
	f.path = newEntry(s, f.provider.MaskTarget(c.Message.Target), "/")
	f.path.CursorColumn = 0
	f.method.OnChanged, f.path.OnChanged = func(string) { f.changed() }, func(string) { f.changed() }
	f.heads = newEditHeads(s, f.provider, c.Message.Header, f.changed)
	f.body = w.newEditBody(s, c.Message.Body, f.changed)
	f.sign = newChoice(nil, nil, "", func(string) { f.chose() })
	f.fresh = widget.NewCheck(lang.L("Under a new delivery id"), func(bool) { f.renew() })
	f.to = newTarget(s, f.changed)
	f.to.offer([]string{""}, []string{lang.L("The shop")})
	f.offerSigning()
	f.send = look.Primary(lang.L("Send"), look.IconReplay, f.submit)
	s.enter, s.closed = f.submit, f.closed
	f.fill()
	f.judge()
	s.focus(f.send)
	return f
}

func (f *editForm) closed() {
	f.soon.drop()
	f.body.close()
}

// offerSigning offers what can be done about the signature.
func (f *editForm) offerSigning() {
	values, labels := []string{keepSignature}, []string{lang.L("Keep the signature as it is")}
	if f.provider.Signs {
		values = append([]string{signAnew}, values...)
		labels = append([]string{lang.L("Sign it now with the endpoint's secret")}, labels...)
	}
	f.sign.offer(values, labels, "")
	f.fresh.Hide()
	ok, p, m := false, f.provider, f.capture.Message
	f.window.task(func(context.Context) error {
		_, ok = p.FreshID(m)
		return nil
	}, func(error) {
		setVisible(f.fresh, ok)
		f.sheet.fit() // what is below has to make room
	})
}

func (f *editForm) fill() {
	line := container.New(leftRight{gap: 6, left: func(float32) float32 { return 96 }}, f.method, f.path)
	f.sheet.fillAbove([]fyne.CanvasObject{
		newField(lang.L("Request"), line, "").content,
		newField(lang.L("Headers"), f.heads.content, "").content,
		newField(lang.L("Body"), f.body.content, "").content,
		container.New(thirds{gap: 14, least: 300},
			newField(lang.L("Signature"), look.Column(4, f.sign.object(), f.fresh), "").content,
			newField(lang.L("To"), f.to.content, "").content),
	}, []fyne.CanvasObject{f.verdict.panel, f.result}, look.Secondary(lang.L("Close"), "", f.sheet.close), f.send)
}

// chose is the choice for the signature: a new id does not go with the old one.
func (f *editForm) chose() {
	if f.sign.chosen == keepSignature && f.fresh.Checked && f.provider.Signs {
		f.fresh.SetChecked(false)
	}
	f.changed()
}

// renew is the choice of a new id, which is signed where the provider signs.
func (f *editForm) renew() {
	if f.fresh.Checked && f.provider.Signs {
		f.sign.set(signAnew)
	}
	f.changed()
}

// changed looks again at what was typed, after a pause.
func (f *editForm) changed() {
	f.verdict.wait()
	f.soon.ask(f.judge)
}

// message is what was typed.
func (f *editForm) message() (signature.Message, error) {
	m := inspector.Retarget(f.capture.Message, unmasked(strings.TrimSpace(f.path.Text), f.capture.Message.Target))
	m.Method, m.Body = strings.TrimSpace(f.method.Text), f.body.now
	m.Header = f.heads.header(len(m.Body))
	return m, inspector.CheckEdit(m)
}

// options are those of the replay. What was not changed at all is replayed as it
// came.
func (f *editForm) options() (inspector.ReplayOptions, error) {
	m, err := f.message()
	if err != nil {
		return inspector.ReplayOptions{}, err
	}
	o := inspector.ReplayOptions{Message: &m, Resign: f.sign.chosen == signAnew, Fresh: f.fresh.Checked}
	if was := f.capture.Message; m.Method == was.Method && m.Target == was.Target && slices.Equal(m.Header, was.Header) && bytes.Equal(m.Body, was.Body) {
		o.Message = nil
	}
	o.To, err = f.to.url()
	return o, err
}

// judge shows the verdict that the edited delivery would get.
func (f *editForm) judge() {
	turn := f.soon.turn()
	o, err := f.options()
	if err != nil {
		f.refuse(err)
		return
	}
	f.verdict.wait()
	var v signature.Verdict
	w, c := f.window, f.capture
	w.task(func(context.Context) (err error) {
		_, v, err = w.engine.Inspector().Preview(c, o)
		return err
	}, func(err error) {
		switch {
		case !f.soon.latest(turn):
		case err != nil:
			f.refuse(err)
		default:
			f.send.Enable()
			f.verdict.show(v)
			f.sheet.fit()
		}
	})
}

// refuse tells why it can't be sent like this.
func (f *editForm) refuse(err error) {
	f.send.Disable()
	f.verdict.fail(reason(err))
	f.sheet.fit()
}

// unmasked puts the secrets of the query back that are shown as dots.
func unmasked(shown, real string) string {
	path, query, asked := strings.Cut(shown, "?")
	_, was, _ := strings.Cut(real, "?")
	if !asked || !strings.Contains(query, "•") {
		return shown
	}
	pairs, olds := strings.Split(query, "&"), strings.Split(was, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.Contains(value, "•") {
			continue
		}
		for k, old := range olds {
			if strings.HasPrefix(old, name+"=") {
				pairs[i], olds[k] = old, ""
				break
			}
		}
	}
	return path + "?" + strings.Join(pairs, "&")
}
