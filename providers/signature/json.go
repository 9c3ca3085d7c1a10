package signature

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// maxNesting is the deepest JSON that is read; encoding/json has the same limit.
const maxNesting = 10_000

// ValidJSON tells whether body is one JSON value that is safe to walk: valid,
// and nested at most 10,000 deep: 32 MiB of "[" would end a program that walks
// by recursion with an exhausted stack. As in encoding/json, a string may hold
// bytes that are not UTF-8.
func ValidJSON(body []byte) bool { return readJSON(body, nil) }

// readJSON is ValidJSON in one walk, which also lists the members of an
// outermost object, and of objects directly in it, in found unless that is nil.
func readJSON(body []byte, found *outline) bool {
	end := jsonReader{body, found}.value(skipSpace(body, 0), 0)
	return end >= 0 && skipSpace(body, end) == len(body)
}

// jsonReader reads the tokens of a text. Its methods take the index at which
// one begins and return the one behind it, -1 when it is no JSON.
type jsonReader struct {
	text  []byte
	found *outline
}

// value reads any value; depth is how many others it stands in.
func (r jsonReader) value(i, depth int) int {
	if i >= len(r.text) {
		return -1
	}
	switch c := r.text[i]; c {
	case '"':
		return stringEnd(r.text, i+1)
	case '{', '[':
		if depth == maxNesting {
			return -1
		}
		if c == '{' {
			return r.object(i+1, depth+1)
		}
		return r.array(i+1, depth+1)
	case 't':
		return r.word(i, "true")
	case 'f':
		return r.word(i, "false")
	case 'n':
		return r.word(i, "null")
	}
	return r.number(i)
}

// object reads what follows the opening brace.
func (r jsonReader) object(i, depth int) int {
	b := r.text
	if i = skipSpace(b, i); i < len(b) && b[i] == '}' {
		return i + 1
	}
	for i < len(b) && b[i] == '"' {
		m := member{key: i}
		if i = stringEnd(b, i+1); i < 0 {
			return -1
		}
		m.keyEnd = i
		if i = skipSpace(b, i); i >= len(b) || b[i] != ':' {
			return -1
		}
		m.from = skipSpace(b, i+1)
		if i = r.value(m.from, depth); i < 0 {
			return -1
		}
		if m.to = i; r.found != nil && depth <= outlined {
			r.found.add(m, depth)
		}
		if i = skipSpace(b, i); i < len(b) && b[i] == '}' {
			return i + 1
		}
		if i >= len(b) || b[i] != ',' {
			return -1
		}
		i = skipSpace(b, i+1)
	}
	return -1
}

// array reads what follows the opening bracket.
func (r jsonReader) array(i, depth int) int {
	r.found = nil
	b := r.text
	if i = skipSpace(b, i); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i = r.value(i, depth); i < 0 {
			return -1
		}
		if i = skipSpace(b, i); i < len(b) && b[i] == ']' {
			return i + 1
		}
		if i >= len(b) || b[i] != ',' {
			return -1
		}
		i = skipSpace(b, i+1)
	}
}

func (r jsonReader) word(i int, word string) int {
	end := i + len(word)
	if end > len(r.text) || string(r.text[i:end]) != word {
		return -1
	}
	return end
}

// number reads an integer with an optional fraction and exponent.
func (r jsonReader) number(i int) int {
	b := r.text
	if b[i] == '-' {
		i++
	}
	whole := i
	if i = skipDigits(b, i); i == whole || b[whole] == '0' && i > whole+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		fraction := i + 1
		if i = skipDigits(b, fraction); i == fraction {
			return -1
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		exponent := i
		if i = skipDigits(b, exponent); i == exponent {
			return -1
		}
	}
	return i
}

func skipDigits(b []byte, i int) int {
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// stringEnd returns the index behind the quote that ends a string, -1 when it
// holds a control character or a wrong escape, or has no end. It looks at eight
// bytes at once: a body is mostly strings.
func stringEnd(b []byte, i int) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for i+8 <= len(b) {
		// Of the bits that are set in each, the lowest is the first such byte.
		x := binary.LittleEndian.Uint64(b[i:])
		quote, slash := x^each*'"', x^each*'\\'
		quotes := (quote - each) &^ quote & high
		others := ((x-each*' ')&^x | (slash-each)&^slash) & high
		switch {
		case others&(quotes^(quotes-1)) != 0: // before the first quote
			if i = escapeEnd(b, i+bits.TrailingZeros64(others)/8); i < 0 {
				return -1
			}
		case quotes != 0:
			return i + bits.TrailingZeros64(quotes)/8 + 1
		default:
			i += 8
		}
	}
	for i < len(b) && b[i] != '"' {
		if b[i] >= ' ' && b[i] != '\\' {
			i++
		} else if i = escapeEnd(b, i); i < 0 {
			return -1
		}
	}
	if i >= len(b) {
		return -1
	}
	return i + 1
}

// escapeEnd returns the index behind an escape, -1 when none begins at i.
func escapeEnd(b []byte, i int) int {
	if b[i] != '\\' || i+1 == len(b) {
		return -1
	}
	switch b[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		if i+6 > len(b) {
			return -1
		}
		for _, c := range b[i+2 : i+6] {
			if c-'0' > 9 && c|0x20-'a' > 5 {
				return -1
			}
		}
		return i + 6
	}
	return -1
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
