package outline

import "bytes"

// xmlKind is what a piece of XML is.
type xmlKind uint8

const (
	xmlText    xmlKind = iota // and white space between tags
	xmlOpen                   // <a ...>
	xmlSingle                 // <a .../>
	xmlClose                  // </a>
	xmlData                   // <![CDATA[...]]>
	xmlAside                  // comments, declarations, instructions
	xmlUnended                // a tag or section that the text ends in
)

// xmlPiece is a tag, or what stands between two.
type xmlPiece struct {
	kind xmlKind
	Span
	name Span // of a tag
}

// nextXML reads the piece that begins at at, which is below len(text).
func nextXML(text []byte, at int) xmlPiece {
	rest := text[at:]
	if rest[0] != '<' {
		n := bytes.IndexByte(rest, '<')
		if n < 0 {
			n = len(rest)
		}
		return xmlPiece{kind: xmlText, Span: span(at, at+n)}
	}
	for _, aside := range [...]struct {
		start, end string
		kind       xmlKind
	}{{"<!--", "-->", xmlAside}, {"<![CDATA[", "]]>", xmlData}, {"<?", "?>", xmlAside}} {
		if bytes.HasPrefix(rest, []byte(aside.start)) {
			n := bytes.Index(rest[len(aside.start):], []byte(aside.end))
			if n < 0 {
				return xmlPiece{kind: xmlUnended, Span: span(at, len(text))}
			}
			return xmlPiece{kind: aside.kind, Span: span(at, at+len(aside.start)+n+len(aside.end))}
		}
	}
	return xmlTag(text, at)
}

// xmlTag reads a tag or a declaration.
func xmlTag(text []byte, at int) xmlPiece {
	p := xmlPiece{kind: xmlOpen, Span: span(at, len(text))}
	from := at + 1
	switch {
	case from < len(text) && text[from] == '/':
		p.kind = xmlClose
		from++
	case from < len(text) && text[from] == '!':
		p.kind = xmlAside
	}
	end := from
	for end < len(text) && !blank(text[end]) && text[end] != '>' && text[end] != '/' && text[end] != '<' {
		end++
	}
	p.name = span(from, end)
	depth := 0 // a declaration may have an inner part in brackets
	for i := end; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\'':
			n := bytes.IndexByte(text[i+1:], c)
			if n < 0 {
				p.kind = xmlUnended
				return p
			}
			i += n + 1
		case c == '[' && p.kind == xmlAside:
			depth++
		case c == ']' && p.kind == xmlAside:
			depth--
		case c == '>' && depth <= 0:
			p.To = int32(i + 1)
			if p.kind == xmlOpen && text[i-1] == '/' {
				p.kind = xmlSingle
			}
			return p
		}
	}
	p.kind = xmlUnended
	return p
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// XMLFault is where XML stops being well-formed, and why.
type XMLFault struct {
	Offset int
	Says   Reason
}

// CheckXML finds the first fault in the tags of XML: one that is not closed,
// closes another, or has no name. Not everything that a parser refuses is found.
func CheckXML(text []byte) *XMLFault {
	var open []Span
	some := false
	for at := 0; at < len(text); {
		p := nextXML(text, at)
		name := text[p.name.From:p.name.To]
		tag := p.kind == xmlOpen || p.kind == xmlSingle || p.kind == xmlClose
		switch {
		case p.kind == xmlUnended:
			return &XMLFault{at, Reason{Why: TagUnended}}
		case tag && len(name) == 0:
			return &XMLFault{at, Reason{Why: TagUnnamed}}
		case tag && p.kind != xmlClose && some && len(open) == 0:
			return &XMLFault{at, Reason{Why: ElementSecond, Name: preview(name)}}
		case (p.kind == xmlText || p.kind == xmlData) && len(open) == 0 && len(bytes.TrimSpace(bytes.TrimPrefix(text[at:p.To], []byte("\ufeff")))) > 0:
			return &XMLFault{at, Reason{Why: TextOutside}}
		case p.kind == xmlOpen:
			open, some = append(open, p.name), true
		case p.kind == xmlSingle:
			some = true
		case p.kind == xmlClose && len(open) == 0:
			return &XMLFault{at, Reason{Why: TagUnopened, Name: preview(name)}}
		case p.kind == xmlClose:
			last := open[len(open)-1]
			if want := text[last.From:last.To]; !bytes.Equal(name, want) {
				return &XMLFault{at, Reason{Why: TagCrossed, Name: preview(name), Open: preview(want)}}
			}
			open = open[:len(open)-1]
		}
		at = int(p.To)
	}
	if n := len(open); n > 0 {
		return &XMLFault{int(open[n-1].From) - 1, Reason{Why: TagUnclosed, Name: preview(text[open[n-1].From:open[n-1].To])}}
	}
	if !some {
		return &XMLFault{0, Reason{Why: ElementAbsent}}
	}
	return nil
}

// IndentXML puts each tag of XML that CheckXML found no fault in on a line of
// its own, indented by two, but leaves an element that holds text as it is:
// there white space means something. ok is false when more than most bytes
// would come of it.
func IndentXML(text []byte, most int) (out []byte, ok bool) {
	depth := 0
	line := func(piece []byte) {
		if len(out) > 0 {
			out = append(out, '\n')
		}
		out = append(append(out, bytes.Repeat([]byte("  "), depth)...), piece...)
	}
	for at := 0; at < len(text) && len(out) <= most; {
		p := nextXML(text, at)
		end := int(p.To)
		switch p.kind {
		case xmlOpen:
			if whole := textElement(text, end); whole > 0 {
				end = whole
				line(text[at:end])
				break
			}
			line(text[at:end])
			depth++
		case xmlClose:
			depth = max(0, depth-1)
			line(text[at:end])
		default:
			if piece := bytes.TrimSpace(text[at:end]); len(piece) > 0 {
				line(piece)
			}
		}
		at = end
	}
	return out, len(out) <= most
}

// textElement is the end of the element whose opening tag ends at at, if text
// stands directly in it or nothing does; else 0.
func textElement(text []byte, at int) int {
	depth, mixed := 0, false
	for from := at; at < len(text); {
		p := nextXML(text, at)
		at = int(p.To)
		switch p.kind {
		case xmlOpen:
			if depth++; !mixed {
				return 0
			}
		case xmlSingle:
			if !mixed {
				return 0
			}
		case xmlClose:
			if depth--; depth < 0 {
				return at
			}
		case xmlData:
			mixed = true
		case xmlText:
			mixed = mixed || len(bytes.TrimSpace(text[p.From:p.To])) > 0
		case xmlAside:
			if !mixed && int(p.From) == from {
				return 0
			}
		}
	}
	return 0
}
