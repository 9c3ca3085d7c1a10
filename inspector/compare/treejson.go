package compare

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"shopbell/providers/signature"
)

// byteOrderMark is what some editors put before UTF-8.
const byteOrderMark = "\ufeff"

// json reads a JSON text. That it is valid and not nested too deep is checked
// first, so the reading itself trusts it.
func (g *grower) json() error {
	text, start := g.tree.text, 0
	if bytes.HasPrefix(text, []byte(byteOrderMark)) {
		g.tree.quirks |= ByteOrder
		start = len(byteOrderMark)
	}
	if !signature.ValidJSON(text[start:]) {
		return errNoTree
	}
	r := &jsonGrower{grower: g, text: text}
	end, err := r.value(r.space(start), node{key: -1, up: -1})
	if err == nil {
		r.space(end)
	}
	return err
}

type jsonGrower struct {
	*grower
	text []byte
}

// space skips white space, counted by kind.
func (r *jsonGrower) space(i int) int {
	for i < len(r.text) {
		k := bytes.IndexByte([]byte(blank), r.text[i])
		if k < 0 {
			break
		}
		r.tree.blanks[k]++
		i++
	}
	return i
}

// value reads the value at i into n and returns the index behind it.
func (r *jsonGrower) value(i int, n node) (int, error) {
	n.from = int32(i)
	open := r.text[i]
	switch open {
	case '{':
		n.kind = object
	case '[':
		n.kind = array
	}
	me, err := r.add(n)
	if err != nil {
		return 0, err
	}
	switch open {
	case '{', '[':
		i, err = r.children(i+1, open == '{')
		if err != nil {
			return 0, err
		}
		r.close(me)
	case '"':
		end := jsonStringEnd(r.text, i)
		r.scalar(me, 's', unescape(r.text[i+1:end-1]))
		i = end
	default:
		end := i
		for end < len(r.text) && bytes.IndexByte([]byte(",]}"+blank), r.text[end]) < 0 {
			end++
		}
		word := r.text[i:end]
		if c := word[0]; c == '-' || c >= '0' && c <= '9' {
			r.scalar(me, 'n', decimal(word))
		} else {
			r.scalar(me, 'w', string(word))
		}
		i = end
	}
	r.tree.nodes[me].to = int32(i)
	return i, nil
}

// children reads up to the closing bracket and behind it.
func (r *jsonGrower) children(i int, keyed bool) (int, error) {
	for {
		i = r.space(i)
		switch r.text[i] {
		case '}', ']':
			return i + 1, nil
		case ',':
			i++
			continue
		}
		n := node{key: -1, up: -1}
		if keyed {
			end := jsonStringEnd(r.text, i)
			n.keyFrom, n.keyTo, n.member = int32(i), int32(end), true
			n.key = r.key(unescape(r.text[i+1 : end-1]))
			i = r.space(r.space(end) + 1) // behind the colon
		}
		var err error
		if i, err = r.value(i, n); err != nil {
			return 0, err
		}
	}
}

// jsonStringEnd is the index behind the string that begins at i.
func jsonStringEnd(text []byte, i int) int {
	for i++; text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// odd begins what stands in a decoded text for something that no text can hold:
// half of a surrogate pair, a byte 0xff, an escape that cannot be decoded. So
// two texts are the same only if the same was written.
const odd = 0xff

// unescape decodes what stands between the quotes of a JSON string.
func unescape(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, odd) < 0 {
		return string(raw)
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == odd:
			out = append(out, odd, odd)
		case raw[i] != '\\':
			out = append(out, raw[i])
		case raw[i+1] == 'u':
			r, size := unicodeEscape(raw[i:])
			if utf16.IsSurrogate(r) {
				out = append(append(out, odd), raw[i+2:i+6]...)
			} else {
				out = utf8.AppendRune(out, r)
			}
			i += size - 1
		default:
			i++
			out = append(out, plainEscape(raw[i]))
		}
	}
	return string(out)
}

// plainEscape is the character that stands behind a backslash as c.
func plainEscape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// unicodeEscape decodes the escape that raw begins with: one, or two that are a
// pair. Half of a pair comes back as it is.
func unicodeEscape(raw []byte) (r rune, size int) {
	first := hexRune(raw[2:6])
	if utf16.IsSurrogate(first) && len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
		if pair := utf16.DecodeRune(first, hexRune(raw[8:12])); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return first, 6
}

func hexRune(digits []byte) rune {
	n, _ := strconv.ParseUint(string(digits), 16, 16) // checked by signature.ValidJSON
	return rune(n)
}
