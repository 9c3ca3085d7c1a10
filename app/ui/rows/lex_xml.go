package rows

import "bytes"

// The states of the XML lexer.
const (
	xmlText   uint8 = iota
	xmlTag          // inside a tag, after its name
	xmlDouble       // inside "..." in a tag
	xmlSingle       // inside '...' in a tag
	xmlRemark       // inside a comment
	xmlData         // inside a CDATA section
)

func lexXML(state uint8, text []byte, e emitter) uint8 {
	for at := 0; at < len(text); {
		from := at
		switch state {
		case xmlTag:
			at, state = tagPart(text, at, e)
		case xmlDouble:
			at, state = through(text, at, `"`, xmlTag, state)
			e.emit(from, at, stringText)
		case xmlSingle:
			at, state = through(text, at, `'`, xmlTag, state)
			e.emit(from, at, stringText)
		case xmlRemark:
			at, state = through(text, at, "-->", xmlText, state)
			e.emit(from, at, punct)
		case xmlData:
			at, state = through(text, at, "]]>", xmlText, state)
			e.emit(from, at, plainText)
		default:
			at, state = outsideTag(text, at, e)
		}
	}
	return state
}

// through is the offset after the next end, and the state then; without one it
// is the end of text, and the state stays.
func through(text []byte, at int, end string, then, stay uint8) (int, uint8) {
	if n := bytes.Index(text[at:], []byte(end)); n >= 0 {
		return at + n + len(end), then
	}
	return len(text), stay
}

// outsideTag takes text up to a tag, or the opening of a tag with its name.
func outsideTag(text []byte, at int, e emitter) (int, uint8) {
	rest := text[at:]
	switch {
	case rest[0] != '<':
		n := bytes.IndexByte(rest, '<')
		if n < 0 {
			n = len(rest)
		}
		e.emit(at, at+n, plainText)
		return at + n, xmlText
	case bytes.HasPrefix(rest, []byte("<!--")):
		e.emit(at, at+4, punct)
		return at + 4, xmlRemark
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		e.emit(at, at+9, punct)
		return at + 9, xmlData
	}
	open := run(text, at+1, func(c byte) bool { return c == '/' || c == '?' || c == '!' })
	e.emit(at, open, punct)
	name := run(text, open, nameByte)
	e.emit(open, name, word)
	return name, xmlTag
}

// tagPart takes one part inside a tag: its end, a quote, a name, or the rest.
func tagPart(text []byte, at int, e emitter) (int, uint8) {
	switch c := text[at]; {
	case c == '>':
		e.emit(at, at+1, punct)
		return at + 1, xmlText
	case c == '"':
		e.emit(at, at+1, stringText)
		return at + 1, xmlDouble
	case c == '\'':
		e.emit(at, at+1, stringText)
		return at + 1, xmlSingle
	case nameByte(c):
		end := run(text, at, nameByte)
		e.emit(at, end, number)
		return end, xmlTag
	}
	e.emit(at, at+1, punct)
	return at + 1, xmlTag
}

func nameByte(c byte) bool {
	return letter(c) || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == ':' || c >= 0x80
}
