package redact

import (
	"bytes"
)

// xml finds the values of telling elements and attributes. Tags need not match.
func (s *search) xml() {
	var stack []field
	in := func() field {
		if len(stack) == 0 {
			return noField
		}
		return stack[len(stack)-1]
	}
	text := s.text
	for i := bytes.IndexByte(text, '<'); i >= 0 && i < len(text); {
		end := bytes.IndexByte(text[i:], '>')
		if end < 0 {
			return
		}
		end += i
		tag := text[i+1 : end]
		switch {
		case bytes.HasPrefix(tag, []byte("![CDATA[")):
			from := i + len("<![CDATA[")
			end = from + indexOr(text[from:], "]]>")
			s.element(in(), from, end)
			end = min(end+2, len(text)-1)
		case len(tag) > 0 && tag[0] == '/':
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case len(tag) > 0 && letter(tag[0]):
			f := s.tag(tag, i+1, in())
			if tag[len(tag)-1] != '/' && len(stack) < maxLevels {
				stack = append(stack, f)
			}
		}
		next := bytes.IndexByte(text[end:], '<')
		if next < 0 {
			return
		}
		s.element(in(), end+1, end+next)
		i = end + next
	}
}

// element hides the text of an element of a telling name.
func (s *search) element(in field, from, to int) {
	if to <= from {
		return
	}
	if in.hide || s.inside(s.text[from:to]) {
		s.hide(from, to, false)
	}
}

// tag reads a tag from offset at on and returns what its name says.
func (s *search) tag(tag []byte, at int, in field) field {
	n := 0
	for n < len(tag) && tag[n] != ' ' && tag[n] != '\t' && tag[n] != '\n' && tag[n] != '\r' && tag[n] != '/' {
		n++
	}
	name := tag[:n]
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	f := s.field(name, in)
	for i := n; i < len(tag); {
		eq := bytes.IndexByte(tag[i:], '=')
		if eq < 0 {
			break
		}
		attribute := bytes.TrimSpace(tag[i : i+eq])
		open := skipSpace(tag, i+eq+1)
		if open >= len(tag) || tag[open] != '"' && tag[open] != '\'' {
			i += eq + 1
			continue
		}
		end := bytes.IndexByte(tag[open+1:], tag[open])
		if end < 0 {
			break
		}
		end += open + 1
		if f.hide || s.field(attribute, f).hide || s.inside(tag[open+1:end]) {
			s.hide(at+open+1, at+end, false)
		}
		i = end + 1
	}
	return f
}

// indexOr is where sep begins in text, its end where it does not.
func indexOr(text []byte, sep string) int {
	if n := bytes.Index(text, []byte(sep)); n >= 0 {
		return n
	}
	return len(text)
}

// pairs finds the values of telling names in forms and queries: name=value.
func (s *search) pairs() {
	text := s.text
	last := 0
	for i := bytes.IndexByte(text, '='); i >= 0; {
		from := i
		for from > last && i-from < maxNameLen && !pairBreak(text[from-1]) {
			from--
		}
		to := i + 1
		for to < len(text) && !pairBreak(text[to]) && text[to] != '=' {
			to++
		}
		s.pair(text[from:i], i+1, to)
		last = i + 1
		next := bytes.IndexByte(text[i+1:], '=')
		if next < 0 {
			return
		}
		i += 1 + next
	}
}

func (s *search) pair(name []byte, from, to int) {
	if from == to {
		return
	}
	plain := string(name)
	if bytes.IndexByte(name, '%') >= 0 {
		plain = firstOr(unpacked(name), plain)
	}
	if s.field([]byte(plain), noField).hide || s.inside(s.text[from:to]) {
		s.hide(from, to, false)
	}
}

func firstOr(texts []string, other string) string {
	if len(texts) > 0 {
		return texts[0]
	}
	return other
}

// pairBreak tells what ends a name or a value of a form.
func pairBreak(c byte) bool { return c <= ' ' || bytes.IndexByte([]byte("&;?<>\"'{},"), c) >= 0 }

// lines finds the values of telling names in header fields, and in the parts of
// a multipart form.
func (s *search) lines() {
	text := s.text
	for at := 0; at < len(text); {
		end := at + indexOr(text[at:], "\n")
		line := bytes.TrimRight(text[at:end], "\r")
		if name, _, found := bytes.Cut(line, []byte{':'}); found && headerName(name) {
			value := at + len(name) + 1
			if hidesHeader(string(name)) {
				s.hide(value, at+len(line), false)
			} else if bytes.EqualFold(name, []byte("content-disposition")) && s.partHides(line) {
				end = s.hidePart(end)
			}
		}
		at = end + 1
	}
}

// maxPartHead is how far behind its Content-Disposition a part may begin.
const maxPartHead = 4 << 10

// hidePart hides the part of a multipart form whose head goes on at offset at,
// and returns where the part ends.
func (s *search) hidePart(at int) int {
	head := s.text[at:min(len(s.text), at+maxPartHead)]
	n := bytes.Index(head, []byte("\n\r\n"))
	if n < 0 {
		return at
	}
	from := at + n + len("\n\r\n")
	to := from + indexOr(s.text[from:], "\r\n--")
	s.hide(from, to, false)
	return to
}

// partHides tells whether the part that a line begins has a telling name.
func (s *search) partHides(line []byte) bool {
	const mark = ` name="`
	at := bytes.Index(line, []byte(mark))
	if at < 0 {
		return false
	}
	name, _, closed := bytes.Cut(line[at+len(mark):], []byte{'"'})
	return closed && s.field(name, noField).hide
}

// headerName tells whether text can be the name of a header field.
func headerName(text []byte) bool {
	if len(text) == 0 || len(text) > maxNameLen {
		return false
	}
	for _, c := range text {
		if !digit(c) && !letter(c) && c != '-' && c != '_' {
			return false
		}
	}
	return true
}
