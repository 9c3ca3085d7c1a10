package signature

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// phpDepth is the deepest JSON that PHP's json_decode reads by default.
const phpDepth = 512

// phpJSON decodes JSON and encodes it as PHP 7.1 and later do by default:
// no white space, slashes and everything outside ASCII escaped, floats in
// their shortest form. With arrays, objects became arrays on the way, as
// json_decode($text, true) has it: {} comes back as [].
func phpJSON(b []byte, arrays bool) ([]byte, error) {
	if !utf8.Valid(b) {
		return nil, errNotUTF8
	}
	root, err := filterTree(b)
	if err != nil {
		return nil, err
	}
	if loneSurrogate(b) {
		return nil, errNotJSON
	}
	w := phpWriter{arrays: arrays}
	if err := w.value(root, 0); err != nil {
		return nil, err
	}
	return w.out.Bytes(), nil
}

type phpWriter struct {
	out    bytes.Buffer
	arrays bool
}

func (w *phpWriter) value(n *node, depth int) error {
	if depth > phpDepth {
		return fmt.Errorf("expected at most %d levels, as PHP reads", phpDepth)
	}
	switch {
	case n.number:
		text, ok := phpNumber(n.text)
		if !ok {
			return errors.New("expected numbers that fit a float")
		}
		w.out.WriteString(text)
	case n.kind == 'v':
		w.out.WriteString(n.text)
	case n.kind == '"':
		w.text(n.text)
	default:
		return w.container(n, depth)
	}
	return nil
}

func (w *phpWriter) container(n *node, depth int) error {
	order := n.phpOrder()
	list := n.kind == '[' || w.arrays && n.phpList(order)
	open, end := byte('{'), byte('}')
	if list {
		open, end = '[', ']'
	}
	w.out.WriteByte(open)
	for i, kid := range order {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if !list {
			w.text(n.keys[kid])
			w.out.WriteByte(':')
		}
		if err := w.value(n.kids[kid], depth+1); err != nil {
			return err
		}
	}
	w.out.WriteByte(end)
	return nil
}

// phpOrder lists the members: a key that stands twice keeps its first place
// and its last value.
func (n *node) phpOrder() []int {
	order := make([]int, 0, len(n.kids))
	if n.kind == '[' {
		for i := range n.kids {
			order = append(order, i)
		}
		return order
	}
	places := make(map[string]int, len(n.keys))
	for i, key := range n.keys {
		if at, twice := places[key]; twice {
			order[at] = i
			continue
		}
		places[key] = len(order)
		order = append(order, i)
	}
	return order
}

// phpList tells whether the keys are 0, 1, 2 and so on: PHP can't tell such
// an object from a list.
func (n *node) phpList(order []int) bool {
	for i, kid := range order {
		if n.keys[kid] != itoa(int64(i)) {
			return false
		}
	}
	return true
}

func (w *phpWriter) text(text string) {
	w.out.WriteByte('"')
	for _, r := range text {
		short := strings.IndexRune("\"\\\n\r\t\b\f/", r)
		switch {
		case short >= 0:
			w.out.Write([]byte{'\\', `"\nrtbf/`[short]})
		case r >= ' ' && r < utf8.RuneSelf:
			w.out.WriteByte(byte(r))
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&w.out, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&w.out, `\u%04x`, r)
		}
	}
	w.out.WriteByte('"')
}

// phpNumber writes a number as PHP does: an integer of 64 bits as it is,
// anything else as a float with 17 digits at most and an exponent when the
// point would stand more than 17 digits behind or 3 before the first one.
func phpNumber(text string) (string, bool) {
	if !strings.ContainsAny(text, ".eE") {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return itoa(n), true
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		return "", false
	}
	if f == 0 {
		return strconv.FormatFloat(f, 'f', -1, 64), true
	}
	form := strconv.FormatFloat(f, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(form, "e")
	power, _ := strconv.Atoi(exponent)
	if power >= -4 && power < 17 {
		return strconv.FormatFloat(f, 'f', -1, 64), true
	}
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	return fmt.Sprintf("%se%+d", mantissa, power), true
}

// loneSurrogate tells whether a \u escape names half a pair. Go reads it as
// U+FFFD, PHP refuses the text. b is valid JSON.
func loneSurrogate(b []byte) bool {
	high := false // the escape before was the first half
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' {
			if high {
				return true
			}
			continue
		}
		i++
		n := uint64(0)
		if b[i] == 'u' {
			n, _ = strconv.ParseUint(string(b[i+1:i+5]), 16, 32)
			i += 4
		}
		if low := n >= 0xdc00 && n < 0xe000; low != high {
			return true
		}
		high = n >= 0xd800 && n < 0xdc00
	}
	return high
}
