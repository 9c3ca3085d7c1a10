package signature

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// node is a JSON value that keeps the order of its keys and its numbers as
// they were written.
type node struct {
	kind byte // '{', '[', '"', or 'v' for numbers and words
	text string
	keys []string
	kids []*node
	// number tells a number from the other words.
	number bool
}

// parseTree reads body in time linear in its size.
func parseTree(body []byte) (*node, bool) {
	if !ValidJSON(body) {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	top := &node{kind: '['}
	stack := []*node{top}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return top.kids[0], len(top.kids) == 1
		}
		if err != nil {
			return nil, false
		}
		at := stack[len(stack)-1]
		if at.kind == '{' && len(at.keys) == len(at.kids) && token != json.Delim('}') {
			key, ok := token.(string)
			if !ok {
				return nil, false
			}
			at.keys = append(at.keys, key)
			continue
		}
		n, end := newNode(token)
		if end {
			stack = stack[:len(stack)-1]
			continue
		}
		at.kids = append(at.kids, n)
		if n.kind == '{' || n.kind == '[' {
			stack = append(stack, n)
		}
	}
}

func newNode(token json.Token) (n *node, end bool) {
	switch v := token.(type) {
	case json.Delim:
		return &node{kind: byte(v)}, v == '}' || v == ']'
	case string:
		return &node{kind: '"', text: v}, false
	case json.Number:
		return &node{kind: 'v', text: v.String(), number: true}, false
	case bool:
		if v {
			return &node{kind: 'v', text: "true"}, false
		}
		return &node{kind: 'v', text: "false"}, false
	}
	return &node{kind: 'v', text: "null"}, false
}

// unsorted tells whether any object has keys out of order.
func (n *node) unsorted() bool {
	return !slices.IsSorted(n.keys) || slices.ContainsFunc(n.kids, (*node).unsorted)
}

// features tells which characters stand in keys and strings that encoders
// write in different ways.
func (n *node) features() (slashes, letters, html bool) {
	texts := n.keys
	if n.kind == '"' {
		texts = []string{n.text}
	}
	for _, t := range texts {
		slashes = slashes || strings.Contains(t, "/")
		html = html || strings.ContainsAny(t, "<>&\u2028\u2029")
		letters = letters || strings.ContainsFunc(t, func(r rune) bool { return r > '~' })
	}
	for _, kid := range n.kids {
		s, l, h := kid.features()
		slashes, letters, html = slashes || s, letters || l, html || h
	}
	return slashes, letters, html
}

// order is the sequence of an object's members.
func (n *node) order(sorted bool) []int {
	out := make([]int, len(n.kids))
	for i := range out {
		out[i] = i
	}
	if sorted && n.kind == '{' {
		slices.SortStableFunc(out, func(a, b int) int { return strings.Compare(n.keys[a], n.keys[b]) })
	}
	return out
}
