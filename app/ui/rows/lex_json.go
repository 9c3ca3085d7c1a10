package rows

import "bytes"

// The states of the JSON lexer.
const (
	jsonOutside uint8 = iota
	jsonString        // inside a string
	jsonEscape        // inside a string, after a backslash
)

// keyAhead is how far after a string a colon is looked for.
const keyAhead = 64

func lexJSON(state uint8, text []byte, e emitter) uint8 {
	at := 0
	if state != jsonOutside {
		at, state = stringEnd(text, 0, state)
		e.emit(0, at, stringText)
	}
	for at < len(text) {
		from := at
		switch c := text[at]; {
		case c == '"':
			at, state = stringEnd(text, at+1, jsonString)
			if state == jsonOutside && colonFollows(text[at:]) {
				e.emit(from, at, key)
			} else {
				e.emit(from, at, stringText)
			}
		case c == '-' || c >= '0' && c <= '9':
			at = run(text, at, numeric)
			e.emit(from, at, number)
		case letter(c):
			at = run(text, at, letter)
			e.emit(from, at, word)
		case bytes.IndexByte([]byte("{}[],:"), c) >= 0:
			at = run(text, at, func(c byte) bool { return bytes.IndexByte([]byte("{}[],:"), c) >= 0 })
			e.emit(from, at, punct)
		default:
			at = run(text, at+1, func(c byte) bool { return c == ' ' || c == '\t' || c >= 0x80 })
			e.emit(from, at, plainText)
		}
	}
	return state
}

// stringEnd is the offset after the closing quote of a string that goes on at
// at; without one the state says so.
func stringEnd(text []byte, at int, state uint8) (int, uint8) {
	if state == jsonEscape && at < len(text) {
		at++
	}
	for at < len(text) {
		n := bytes.IndexAny(text[at:min(len(text), at+512)], `"\`)
		if n < 0 {
			at = min(len(text), at+512)
			continue
		}
		at += n
		if text[at] == '"' {
			return at + 1, jsonOutside
		}
		if at+1 == len(text) {
			return len(text), jsonEscape
		}
		at += 2
	}
	return len(text), jsonString
}

func colonFollows(text []byte) bool {
	for _, c := range text[:min(len(text), keyAhead)] {
		if c == ':' {
			return true
		}
		if c != ' ' && c != '\t' {
			return false
		}
	}
	return false
}

// run is the offset of the first byte from at on that is not in class.
func run(text []byte, at int, class func(byte) bool) int {
	for at < len(text) && class(text[at]) {
		at++
	}
	return at
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func numeric(c byte) bool {
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'
}
