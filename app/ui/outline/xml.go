package outline

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// xmlBranch is what is in an element: its attributes, then elements and texts.
type xmlBranch struct {
	text   []byte
	starts []int32 // of each attribute's name, text or tag
	attrs  int     // how many of them are attributes
	path   string
}

// XML is what is in a body, which CheckXML found no fault in.
func XML(text []byte) Branch {
	b := &xmlBranch{text: text}
	b.list(0, false)
	return b
}

// list notes what stands from at on, up to the tag that closes this element.
func (b *xmlBranch) list(at int, texts bool) {
	for at < len(b.text) {
		p := nextXML(b.text, at)
		switch p.kind {
		case xmlClose, xmlUnended:
			return
		case xmlOpen:
			b.starts = append(b.starts, int32(at))
			at = skipElement(b.text, at)
			continue
		case xmlSingle:
			b.starts = append(b.starts, int32(at))
		case xmlText, xmlData:
			if texts && len(bytes.TrimSpace(b.text[p.From:p.To])) > 0 {
				b.starts = append(b.starts, int32(at))
			}
		}
		at = int(p.To)
	}
}

// skipElement is the end of the element whose tag begins at at.
func skipElement(text []byte, at int) int {
	depth := 0
	for at < len(text) {
		p := nextXML(text, at)
		at = int(p.To)
		switch p.kind {
		case xmlOpen:
			depth++
		case xmlClose:
			depth--
		}
		if depth <= 0 {
			return at
		}
	}
	return at
}

func (b *xmlBranch) Len() int { return len(b.starts) }

// attribute is the name and value of an attribute that begins at at.
func (b *xmlBranch) attribute(at int) (name, value Span) {
	end := at
	for end < len(b.text) && b.text[end] != '=' && !blank(b.text[end]) {
		end++
	}
	name = span(at, end)
	open := end
	for open < len(b.text) && b.text[open] != '"' && b.text[open] != '\'' {
		open++
	}
	if open == len(b.text) {
		return name, span(open, open)
	}
	n := bytes.IndexByte(b.text[open+1:], b.text[open])
	return name, span(open+1, open+1+max(0, n))
}

func (b *xmlBranch) Node(i int) Node {
	at := int(b.starts[i])
	if i < b.attrs {
		name, value := b.attribute(at)
		return Node{Name: "@" + preview(b.text[name.From:name.To]), Value: preview([]byte(b.plain(value)))}
	}
	p := nextXML(b.text, at)
	if p.kind == xmlText || p.kind == xmlData {
		return Node{Name: "text()", Value: preview([]byte(b.Value(i)))}
	}
	n := Node{Name: preview(b.text[p.name.From:p.name.To])}
	n.Opens = b.attributes(p) || p.kind == xmlOpen && !b.onlyText(int(p.To))
	if n.Opens {
		n.Class = Group
		n.Value = preview(bytes.TrimSpace(b.text[p.name.To:min(len(b.text), int(p.name.To)+previewMost+1)]))
	} else {
		n.Value = preview([]byte(b.leaf(p)))
	}
	return n
}

// attributes tells whether a tag has any.
func (b *xmlBranch) attributes(p xmlPiece) bool {
	return bytes.IndexByte(b.text[p.name.To:p.To], '=') >= 0
}

// onlyText tells whether no element comes before the closing tag.
func (b *xmlBranch) onlyText(at int) bool {
	for at < len(b.text) {
		p := nextXML(b.text, at)
		switch p.kind {
		case xmlClose:
			return true
		case xmlOpen, xmlSingle, xmlUnended:
			return false
		}
		at = int(p.To)
	}
	return true
}

// leaf is the text of an element that holds nothing else.
func (b *xmlBranch) leaf(p xmlPiece) string {
	if p.kind == xmlSingle {
		return ""
	}
	var text strings.Builder
	for at := int(p.To); at < len(b.text); {
		piece := nextXML(b.text, at)
		switch piece.kind {
		case xmlClose:
			return text.String()
		case xmlText:
			text.WriteString(b.plain(piece.Span))
		case xmlData:
			text.Write(b.text[piece.From+9 : piece.To-3])
		}
		at = int(piece.To)
	}
	return text.String()
}

// plain is a text with its entities resolved; what is not known stays.
func (b *xmlBranch) plain(s Span) string {
	raw := b.text[s.From:s.To]
	if bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	d := xml.NewDecoder(strings.NewReader("<a>" + strings.ReplaceAll(string(raw), "<", "&lt;") + "</a>"))
	d.Strict = false
	var text string
	if d.Decode(&text) != nil {
		return string(raw)
	}
	return text
}

// end is where number i ends.
func (b *xmlBranch) end(i int) int {
	at := int(b.starts[i])
	if i < b.attrs {
		_, value := b.attribute(at)
		return int(value.To) + 1
	}
	if p := nextXML(b.text, at); p.kind != xmlOpen {
		return int(p.To)
	}
	return skipElement(b.text, at)
}

func (b *xmlBranch) Value(i int) string {
	at := int(b.starts[i])
	if i < b.attrs {
		_, value := b.attribute(at)
		return b.plain(value)
	}
	switch p := nextXML(b.text, at); {
	case p.kind == xmlText:
		return strings.TrimSpace(b.plain(p.Span))
	case p.kind == xmlData:
		return string(b.text[p.From+9 : p.To-3])
	case p.kind == xmlSingle || b.onlyText(int(p.To)):
		return b.leaf(p)
	}
	return string(b.text[at:b.end(i)])
}

func (b *xmlBranch) Way(i int) Way {
	n := b.Node(i)
	if n.Name == "text()" || i < b.attrs {
		return Way{Path: b.path + "/" + n.Name}
	}
	same, before := 0, 0
	for k := b.attrs; k < len(b.starts); k++ {
		p := nextXML(b.text, int(b.starts[k]))
		if string(b.text[p.name.From:p.name.To]) != n.Name || p.kind == xmlText || p.kind == xmlData {
			continue
		}
		same++
		if k <= i {
			before++
		}
	}
	step := n.Name
	if same > 1 {
		step += "[" + strconv.Itoa(before) + "]"
	}
	return Way{Path: fmt.Sprintf("%s/%s", b.path, step)}
}

func (b *xmlBranch) Keys(int) ([]string, WayKind) { return nil, InOther }

func (b *xmlBranch) Size(i int) int {
	if i+1 < len(b.starts) {
		return int(b.starts[i+1] - b.starts[i])
	}
	return len(b.text) - int(b.starts[i])
}

func (b *xmlBranch) Open(i int) Branch {
	if !b.Node(i).Opens {
		return nil
	}
	p := nextXML(b.text, int(b.starts[i]))
	below := &xmlBranch{text: b.text, path: b.Way(i).Path}
	for at := int(p.name.To); at < int(p.To); {
		c := b.text[at]
		if blank(c) || c == '/' || c == '>' || c == '?' {
			at++
			continue
		}
		_, value := b.attribute(at)
		if int(value.To) >= int(p.To) {
			break
		}
		below.starts = append(below.starts, int32(at))
		at = int(value.To) + 1
	}
	below.attrs = len(below.starts)
	if p.kind == xmlOpen {
		below.list(int(p.To), true)
	}
	return below
}
