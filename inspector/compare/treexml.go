package compare

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxNesting is the deepest XML that is read; JSON has the same limit.
const maxNesting = 10_000

// xml reads an XML document by its elements. Space between elements, comments,
// instructions and the prefixes of namespaces do not count; text does, as it is.
func (g *grower) xml() error {
	if bytes.HasPrefix(g.tree.text, []byte(byteOrderMark)) {
		g.tree.quirks |= ByteOrder
	}
	x := &xmlGrower{grower: g, decoder: xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(g.tree.text, []byte(byteOrderMark))))}
	if g.tree.quirks&ByteOrder != 0 {
		x.skipped = int64(len(byteOrderMark))
	}
	for {
		before := x.offset()
		token, err := x.decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			if len(g.tree.nodes) == 0 || len(x.open) > 0 {
				return errNoTree
			}
			return nil
		case err != nil:
			return errNoTree
		}
		if err := x.take(token, before, x.offset()); err != nil {
			return err
		}
	}
}

type xmlGrower struct {
	*grower
	decoder *xml.Decoder
	skipped int64
	open    []int32
	text    []byte // gathered since the last tag
	from    int32  // where text begins
	to      int32
}

func (x *xmlGrower) offset() int32 { return int32(x.decoder.InputOffset() + x.skipped) }

func (x *xmlGrower) take(token xml.Token, from, to int32) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(x.open) == 0 && len(x.tree.nodes) > 0 || len(x.open) == maxNesting {
			return errNoTree // a second root, or too deep
		}
		if err := x.endText(false); err != nil {
			return err
		}
		return x.start(t, from, to)
	case xml.EndElement:
		return x.stop(to)
	case xml.CharData:
		if len(x.open) == 0 {
			if len(bytes.Trim(t, blank)) > 0 {
				return errNoTree
			}
			return nil
		}
		if len(x.text) == 0 {
			x.from = from
		}
		x.text, x.to = append(x.text, t...), to
	case xml.Directive: // a DOCTYPE may define what the rest means
		return errNoTree
	}
	return nil
}

// start opens an element with its attributes.
func (x *xmlGrower) start(t xml.StartElement, from, to int32) error {
	name := qualified(t.Name)
	nameTo := from + 1
	for int(nameTo) < len(x.tree.text) && bytes.IndexByte([]byte(blank+"/>"), x.tree.text[nameTo]) < 0 {
		nameTo++
	}
	me, err := x.add(node{kind: element, key: x.key(name), keyFrom: from + 1, keyTo: nameTo, from: from, up: -1})
	if err != nil {
		return err
	}
	x.open = append(x.open, me)
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue // it only says what a prefix stands for
		}
		// Where exactly it stands does not matter: rows write it anew.
		i, err := x.add(node{kind: scalar, member: true, key: x.key(qualified(a.Name)), from: from, to: to, up: -1})
		if err != nil {
			return err
		}
		x.scalar(i, 's', a.Value)
	}
	return nil
}

// stop closes the element that is open.
func (x *xmlGrower) stop(to int32) error {
	me := x.open[len(x.open)-1]
	n := &x.tree.nodes[me]
	alone := int(me) == len(x.tree.nodes)-1
	n.to = to
	if alone { // neither attributes nor elements: the text is all
		n.kind = leaf
		x.room = append(x.room[:0], 'l')
		x.named(x.tree.keys[n.key])
		x.room = append(x.room, x.text...)
		n.id = half(x.room)
		x.room, x.text, n.end = x.room[:0], x.text[:0], me+1
	} else {
		if err := x.endText(true); err != nil {
			return err
		}
		x.close(me)
	}
	x.open = x.open[:len(x.open)-1]
	return nil
}

// endText makes a node of the text since the last tag, unless that is the space
// between two elements.
func (x *xmlGrower) endText(last bool) error {
	text := x.text
	x.text = x.text[:0]
	if len(x.open) == 0 || len(text) == 0 {
		return nil
	}
	if len(bytes.Trim(text, blank)) == 0 && !(last && x.bare()) {
		return nil
	}
	i, err := x.add(node{kind: scalar, key: -1, from: x.from, to: x.to, up: -1})
	if err != nil {
		return err
	}
	x.scalar(i, 't', string(text))
	return nil
}

// bare tells whether the open element has attributes only: then white space in
// it is a text.
func (x *xmlGrower) bare() bool {
	for c := x.open[len(x.open)-1] + 1; int(c) < len(x.tree.nodes); c++ {
		if !x.tree.nodes[c].member {
			return false
		}
	}
	return true
}

// qualified is a name with its namespace.
func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + strings.ReplaceAll(n.Space, "}", "%7D") + "}" + n.Local
}

// localName is a qualified name without its namespace.
func localName(name string) string { return name[strings.LastIndexByte(name, '}')+1:] }
