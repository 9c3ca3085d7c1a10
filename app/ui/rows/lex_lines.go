package rows

import "bytes"

// lexForm takes a=1&b=2; state 1 is inside a value.
func lexForm(state uint8, text []byte, e emitter) uint8 {
	from := 0
	flush := func(to int) {
		if state == 0 {
			e.emit(from, to, number)
		} else {
			e.emit(from, to, stringText)
		}
		from = to
	}
	for at, c := range text {
		if c == '&' || c == '=' && state == 0 {
			flush(at)
			e.emit(at, at+1, punct)
			from = at + 1
			state = 0
			if c == '=' {
				state = 1
			}
		}
	}
	flush(len(text))
	return state
}

// lexFields takes "name = value".
func lexFields(text []byte, e emitter) uint8 {
	n := bytes.IndexByte(text, '=')
	if n < 0 {
		e.emit(0, len(text), plainText)
		return 0
	}
	e.emit(0, n, number)
	e.emit(n, n+1, punct)
	e.emit(n+1, len(text), stringText)
	return 0
}

// The states of the HTTP lexer.
const (
	httpFirst uint8 = iota // the request or status line
	httpHead
	httpBody
)

// lexHTTP takes a line of a raw message.
func lexHTTP(state uint8, text []byte, e emitter) uint8 {
	line := bytes.TrimRight(text, "\r\n")
	switch {
	case state == httpBody:
		e.emit(0, len(text), plainText)
		return httpBody
	case state == httpFirst:
		n := bytes.IndexByte(line, ' ')
		if n < 0 {
			n = len(line)
		}
		e.emit(0, n, word)
		e.emit(n, len(text), plainText)
		return httpHead
	case len(line) == 0 && len(text) > 0:
		return httpBody
	}
	n := bytes.IndexByte(line, ':')
	if n < 0 {
		n = 0
	}
	e.emit(0, n, number)
	e.emit(n, min(n+1, len(text)), punct)
	e.emit(min(n+1, len(text)), len(text), plainText)
	return httpHead
}

// lexHex takes a line of a dump: eight digits of offset, bytes, |characters|.
func lexHex(text []byte, e emitter) uint8 {
	offset := min(8, len(text))
	bar := bytes.IndexByte(text, '|')
	if bar < offset {
		bar = len(text)
	}
	e.emit(0, offset, punct)
	e.emit(offset, bar, plainText)
	e.emit(bar, len(text), stringText)
	return 0
}
