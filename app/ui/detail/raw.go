package detail

import (
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
	"shopbell/providers"
)

// The modes of the raw request.
const (
	rawText = iota
	rawHex
)

// raw is the request byte for byte.
type raw struct {
	capture  inspector.Capture
	provider providers.Provider
	hide     func([]byte) []byte // see content
}

func (r raw) subject() subject {
	m := r.capture.Message
	return subject{make: r.page, size: len(m.Head) + len(m.Body), reveal: r.reveal}
}

func (r raw) reveal(shown bool) string {
	if r.hide != nil || !Hides(r.capture.Message, r.provider) {
		return ""
	}
	return revealWords(r.provider, shown)
}

func (r raw) page(mode int, shown bool, _ func() bool) page {
	m := r.capture.Message
	if m.Method == "" && m.Head == nil && m.Body == nil {
		return page{doc: rows.NewDocument(nil, rows.Plain), nothing: &blank{
			icon:  look.IconInbox,
			title: lang.L("Nothing was kept"),
			says:  lang.L("Of this request neither head nor body is in the store. Have the sender send it again, or replay another capture of it."),
		}}
	}
	notes := []string{lang.L("The request exactly as received from the tunnel: head in order and case, body byte for byte.")}
	if m.Head == nil {
		notes[0] = lang.L("The head is put together from the headers: its exact bytes are not known. The body is exact.")
	}
	bare := m
	bare.Body = nil
	head, body := bare.Raw(), m.Body
	shown = shown && r.hide == nil
	if Hides(m, r.provider) && !shown || r.hide != nil {
		notes = append(notes, lang.L("Personal data and credentials are hidden; copying copies what is shown."))
		head, body = maskHead(head, r.provider), r.provider.Mask(body) // of what is compressed, nothing is shown
	}
	whole := append(head[:len(head):len(head)], body...)
	if r.hide != nil {
		whole = r.hide(whole)
	}
	if mode == rawHex {
		p := dump(whole)
		if p.note != "" {
			notes = append(notes, p.note)
		}
		return page{doc: rows.NewDocument(p.text, p.kind), notes: notes}
	}
	return page{doc: rows.NewDocument(whole, rows.HTTP), notes: notes}
}
