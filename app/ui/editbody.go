package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// maxLoaded is the largest body that is loaded from a file, in bytes: what the
// receiver takes.
const maxLoaded = 32 << 20

// editBody changes the body of a request: as text here, or, where it is large or
// no text, as a file that another program edits.
type editBody struct {
	window   *Window
	sheet    *sheet
	was      []byte
	now      []byte
	json     bool // it was JSON, so it should stay so
	text     *area
	state    *look.Prose // whether it is JSON
	file     *codeLine
	outside  *fyne.Container
	load     *look.Button
	path     string // of the file, "" before it was written
	content  fyne.CanvasObject
	onChange func()
	life     context.Context    // the file's
	close    context.CancelFunc // removes the file, as the end of the window does
}

func (w *Window) newEditBody(s *sheet, body []byte, onChange func()) *editBody {
	b := &editBody{window: w, sheet: s, was: body, now: body, onChange: onChange, text: newArea(s, 8), state: look.NewProse("", look.ColorMuted)}
	b.life, b.close = context.WithCancel(w.life)
	b.json = looksLikeJSON(body)
	b.file = newCodeLine(func(text string) { w.copy(text, lang.L("the path")) })
	b.file.content.Hide()
	b.load = look.Secondary(lang.L("Load it again"), "", b.reload)
	b.load.Disable()
	why := look.NewProse(b.whyOutside(), look.ColorMuted)
	b.outside = look.Column(8, why, b.file.content, look.Wrap(8, look.Secondary(lang.L("Open as a file"), look.IconOpen, b.open), b.load))
	setVisible(b.text, editable(body))
	setVisible(b.outside, !editable(body))
	if editable(body) {
		b.text.show(string(body))
		b.text.OnChanged = func(text string) { b.set([]byte(text)) }
	}
	b.content = look.Column(6, b.text, b.outside, b.state)
	if editable(body) { // what is large is looked through when it is loaded again
		b.json = signature.ValidJSON(body)
		b.tell(findFault(b.json, body))
	}
	setVisible(b.state, b.state.Text() != "")
	return b
}

func looksLikeJSON(body []byte) bool {
	start := bytes.TrimLeft(body[:min(len(body), 64)], " \t\r\n")
	return len(start) > 0 && (start[0] == '{' || start[0] == '[')
}

// editable tells whether a body is text of a size that is edited here.
func editable(body []byte) bool {
	return len(body) <= areaLimit && utf8.Valid(body) && !bytes.ContainsFunc(body, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f
	})
}

func (b *editBody) whyOutside() string {
	size := map[string]any{"Size": look.Bytes(int64(len(b.was))), "Most": look.Bytes(areaLimit)}
	if len(b.was) > areaLimit {
		return lang.L("The body has {{.Size}}; up to {{.Most}} can be edited here. Open it as a file, save it there, then load it again.", size)
	}
	return lang.L("The body is no plain text. Open it as a file, save it there, then load it again.")
}

func (b *editBody) set(body []byte) {
	b.now = body
	b.tell(findFault(b.json, body))
	b.onChange()
}

func findFault(wanted bool, body []byte) *jsonFault {
	if !wanted {
		return nil
	}
	return findJSONFault(body)
}

// tell says whether the body still is JSON.
func (b *editBody) tell(fault *jsonFault) {
	before := b.state.Text()
	switch {
	case !b.json:
		b.state.SetText("")
	case fault == nil:
		b.state.Set(look.ColorGood, look.Run{Text: lang.L("✓ JSON")})
	default:
		b.state.Set(look.ColorBad, look.Run{Text: lang.L("✕ No JSON: line {{.Line}}, column {{.Column}}: {{.Why}}.", map[string]any{
			"Line": fault.line, "Column": fault.column, "Why": fault.why,
		})})
	}
	setVisible(b.state, b.state.Text() != "")
	if before != b.state.Text() && before != "" {
		b.sheet.fit()
	}
}

// open writes the body into a file of the user's alone, if there is none yet, and
// opens it.
func (b *editBody) open() {
	body, path := b.now, b.path
	b.window.task(func(context.Context) (err error) {
		if _, err := os.Stat(path); err == nil {
			return nil // what the user made of it stays
		}
		path, err = writeBody(body)
		context.AfterFunc(b.life, func() { _ = os.Remove(path) }) // it holds what the provider sent
		return err
	}, func(err error) {
		if err != nil {
			b.sheet.say(reason(err))
			return
		}
		b.path = path
		b.file.set(path)
		b.file.content.Show()
		b.load.Enable()
		b.sheet.fit()
		if err := b.window.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
			b.sheet.say(lang.L("No program opened the file by itself: open it from the path above."))
		}
	})
}

// writeBody writes a body to a new file.
func writeBody(body []byte) (path string, err error) {
	name := "shopbell-*.bin"
	switch {
	case signature.ValidJSON(body):
		name = "shopbell-*.json"
	case utf8.Valid(body):
		name = "shopbell-*.txt"
	}
	f, err := os.CreateTemp("", name) // 0600
	if err != nil {
		return "", fmt.Errorf("%s: %w", lang.L("write the body to a file"), err)
	}
	_, err = f.Write(body)
	return f.Name(), errors.Join(err, f.Close())
}

// reload takes the body from the file.
func (b *editBody) reload() {
	path, wanted := b.path, b.json
	var body []byte
	var fault *jsonFault
	b.window.task(func(context.Context) (err error) {
		body, err = readBody(path)
		fault = findFault(wanted, body)
		return err
	}, func(err error) {
		if err != nil {
			b.sheet.say(reason(err))
			return
		}
		b.sheet.say("")
		b.now = body
		b.tell(fault)
		b.onChange()
	})
}

func readBody(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lang.L("load the body"), err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxLoaded+1))
	if err == nil && len(body) > maxLoaded {
		err = errors.New(lang.L("load the body: the file has more than {{.Size}}", map[string]any{"Size": look.Bytes(maxLoaded)}))
	}
	return body, err
}
