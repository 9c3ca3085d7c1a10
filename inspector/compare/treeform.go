package compare

import (
	"bytes"
	"net/url"
	"strings"
)

// form reads a URL-encoded form: one object whose members are the fields, a
// field that comes again in its order.
func (g *grower) form() error {
	text := g.tree.text
	if _, err := g.add(node{kind: object, key: -1, up: -1, to: int32(len(text))}); err != nil {
		return err
	}
	end := len(bytes.TrimRight(text, "\r\n"))
	if end < len(text) {
		g.tree.blanks[2] += len(text) - end
	}
	for at := 0; at < end; {
		stop := end
		if n := bytes.IndexByte(text[at:end], '&'); n >= 0 {
			stop = at + n
		}
		if stop > at {
			if err := g.field(at, stop); err != nil {
				return err
			}
		}
		at = stop + 1
	}
	if len(g.tree.nodes) == 1 {
		return errNoTree
	}
	g.close(0)
	return nil
}

// field reads the field in [from, to).
func (g *grower) field(from, to int) error {
	pair := g.tree.text[from:to]
	equals := bytes.IndexByte(pair, '=')
	nameEnd, mark := from+equals, byte('s')
	if equals < 0 { // a name without a value is not one with an empty value
		equals, nameEnd, mark = len(pair), to, 'w'
	}
	value := min(nameEnd+1, to)
	n := node{
		from: int32(value), to: int32(to), keyFrom: int32(from), keyTo: int32(nameEnd),
		key: g.key(unquery(pair[:equals])), member: true, up: -1,
	}
	me, err := g.add(n)
	if err != nil {
		return err
	}
	g.scalar(me, mark, unquery(g.tree.text[value:to]))
	return nil
}

// unquery decodes a name or a value of a form. What cannot be decoded stays and
// is marked, so that it equals only itself.
func unquery(raw []byte) string {
	if plain, err := url.QueryUnescape(string(raw)); err == nil {
		return strings.ReplaceAll(plain, string([]byte{odd}), string([]byte{odd, odd}))
	}
	return string([]byte{odd}) + "?" + string(raw)
}
