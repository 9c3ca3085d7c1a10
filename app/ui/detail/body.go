package detail

import (
	"bytes"
	"sort"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// The modes of a body, in the order of their buttons.
const (
	modePretty = iota
	modeTree
	modeText
	modeHex
)

// bodyModes are the words of the modes.
func bodyModes() []string {
	return []string{lang.L("Pretty"), lang.L("Tree"), lang.L("Raw"), lang.L("Hex")}
}

// content is a body with what decides how it is read.
type content struct {
	header   signature.Header
	body     []byte
	size     int64 // of the whole body, where less was kept
	provider providers.Provider
	of       contentOf
	cover    cover
	clock    clock
	// hide takes personal data out of what is shown; nil leaves it in.
	hide func([]byte) []byte
}

// contentOf is whose body it is.
type contentOf int

const (
	ofRequest contentOf = iota
	ofAnswer
)

// subject is how a viewer shows the body.
func (c content) subject() subject {
	s := subject{make: c.page, size: len(c.body), reveal: c.reveal}
	if len(encodings(c.header)) > 0 && len(c.body) > 0 {
		s.size = max(s.size, atOnce+1) // a few bytes can become many
	} else if binary(c.body) && outline.Boundary(c.header.Get("Content-Type")) == "" {
		s.mode = modeHex
	}
	return s
}

func (c content) reveal(shown bool) string {
	if !c.provider.HidesBody() || len(c.body) == 0 || c.hide != nil {
		return ""
	}
	return revealWords(c.provider, shown)
}

// page lays the body out in a mode. Between its steps it asks stop.
func (c content) page(mode int, shown bool, stop func() bool) page {
	if len(c.body) == 0 {
		return page{doc: rows.NewDocument(nil, rows.Plain), nothing: c.nothing()}
	}
	var p page
	if c.size > int64(len(c.body)) {
		p.say(lang.L("Only the first {{.Size}} were kept.", map[string]any{"Size": look.Bytes(int64(len(c.body)))}))
	}
	shown = shown && c.hide == nil
	masked := !shown && c.provider.HidesBody()
	body, decoded := c.body, false
	if mode != modeHex || masked || c.hide != nil {
		read := decode(c.header, c.body)
		p.say(read.note)
		body, decoded = read.body, !read.same
	}
	p.hidden = masked || c.hide != nil
	eyes := outline.Eyes{Clock: c.clock}
	if masked {
		body, eyes.Mask = c.provider.Mask(body), c.provider.Mask
	}
	switch {
	case c.hide != nil:
		p.say(lang.L("Personal data is hidden; copying copies what is shown."))
		body, eyes.Mask = c.hide(body), func(text []byte) []byte { return c.hide(c.provider.Mask(text)) }
	case masked:
		p.say(maskedWords(c.provider))
	}
	if stop() {
		return page{}
	}
	return c.laidOut(p, mode, body, decoded, eyes, stop)
}

// laidOut fills p with a body that was decoded and masked.
func (c content) laidOut(p page, mode int, body []byte, decoded bool, eyes outline.Eyes, stop func() bool) page {
	kind := kindOf(c.header, body)
	laid := prettied{text: body, kind: kind}
	switch mode {
	case modePretty:
		laid = c.pretty(body, kind, eyes)
	case modeTree:
		p.tree, p.treeless = c.tree(body, kind, eyes)
		p.covers = c.cover.covers
	}
	if stop() {
		return page{}
	}
	spans := c.cover.spans(laid, kind, mode != modePretty)
	p.locate = locator(laid, kind, mode != modePretty)
	if mode == modeHex {
		p.locate = nil
		p.bytes = laid.text[:min(len(laid.text), dumpLimit)]
		if c.cover.whole {
			spans = []rows.Span{{To: rows.MaxDocument}}
		} else {
			spans = dumped(spans)
		}
		laid = dump(body)
	}
	p.say(laid.note)
	p.doc, p.fault, p.covered = rows.NewDocument(laid.text, laid.kind), laid.fault, spans
	p.legend = c.cover.legend(len(spans) > 0 && (mode != modeTree || p.tree != nil), decoded)
	p.marked = len(spans) > 0
	return p
}

// pretty lays the body out for reading.
func (c content) pretty(body []byte, kind rows.Kind, eyes outline.Eyes) prettied {
	if boundary := outline.Boundary(c.header.Get("Content-Type")); boundary != "" {
		return prettyParts(body, boundary, eyes)
	}
	if t, is := outline.ReadToken(body); is && kind == rows.Plain {
		return prettyToken(t, eyes)
	}
	if kind == rows.Form {
		return prettyForm(outline.MaskFields(outline.Fields(body), eyes))
	}
	return pretty(body, kind)
}

// tree is the body's structure, or why it has none.
func (c content) tree(body []byte, kind rows.Kind, eyes outline.Eyes) (outline.Branch, string) {
	if boundary := outline.Boundary(c.header.Get("Content-Type")); boundary != "" {
		if parts, _ := outline.Parts(body, boundary); len(parts) > 0 {
			return outline.Multipart(parts, eyes, look.Bytes), ""
		}
	}
	text := bytes.TrimPrefix(body, []byte("\ufeff"))
	t, token := outline.ReadToken(body)
	switch {
	case kind == rows.JSON && signature.ValidJSON(text):
		return outline.JSON(text, eyes), ""
	case kind == rows.XML && !isHTML(body) && outline.CheckXML(text) == nil:
		return outline.XML(text), ""
	case kind == rows.Form:
		return outline.Form(body, eyes), ""
	case kind == rows.Plain && token:
		return t.Branch(eyes), ""
	case kind == rows.JSON:
		return nil, lang.L("This is not one valid JSON value. Pretty shows where it breaks off.")
	case kind == rows.XML:
		return nil, lang.L("This is not well-formed XML. Pretty shows where it breaks off, or a page of HTML as it is.")
	}
	return nil, lang.L("This body is neither JSON, XML, a form, nor made of parts, so it has nothing to fold. Raw and Hex show it.")
}

// locator finds the value at an offset of what is shown, nil where values have
// no names. It may walk the text.
func locator(p prettied, kind rows.Kind, raw bool) func(offset int) (outline.Place, bool) {
	text := p.text
	places := p.places
	switch {
	case len(places) > 0:
	case kind == rows.JSON:
		return func(offset int) (outline.Place, bool) {
			skip := len(text) - len(bytes.TrimPrefix(text, []byte("\ufeff")))
			return outline.Locate(text[skip:], offset-skip)
		}
	case kind == rows.XML && p.fault == nil && !isHTML(text):
		return func(offset int) (outline.Place, bool) { return outline.LocateXML(text, offset) }
	case kind == rows.Form && raw:
		for _, f := range outline.Fields(text) {
			places = append(places, fieldPlace(f, int(f.Pair.From), int(f.Pair.To)))
		}
	default:
		return nil
	}
	return func(offset int) (outline.Place, bool) {
		i := sort.Search(len(places), func(i int) bool { return int(places[i].Whole.To) > offset })
		if i == len(places) || int(places[i].Whole.From) > offset {
			return outline.Place{}, false
		}
		return places[i], true
	}
}

// nothing is what to say of a body without a byte.
func (c content) nothing() *blank {
	says := lang.L("The request carried no body. What it says is in its address and its headers.")
	if c.of == ofAnswer {
		says = lang.L("The shop answered without a body. Its status is above; what else it said is in its headers.")
	}
	return &blank{icon: look.IconList, title: lang.L("No body"), says: says, step: lang.L("Show its headers")}
}
