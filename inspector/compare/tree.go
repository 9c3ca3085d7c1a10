package compare

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"math"
	"mime"
	"slices"
)

// kind is what a node is.
type kind uint8

const (
	scalar  kind = iota // a string, number or word; a form's value; an attribute, a text
	object              // members by key: a JSON object, a form
	array               // items in order
	element             // an XML element with attributes or elements inside
	leaf                // an XML element that holds nothing but text
)

// hash stands for what a node means: two nodes that mean the same have the same
// one, whatever they look like. It is half of a SHA-256.
type hash [16]byte

// node is a value in a body. The nodes of a tree are in the order of the text,
// a container before what is inside.
type node struct {
	id             hash
	from, to       int32 // the value in the text
	keyFrom, keyTo int32 // the key in the text, or an element's name
	key            int32 // of a member: its key in tree.keys; of an element: its name; else -1
	end            int32 // the node behind this one and all inside
	up             int32 // the container, -1 for the root
	at             int32 // among the items, or among the members of the same key
	kind           kind
	member         bool // found by key, not by order
}

// tree is a body read by its meaning.
type tree struct {
	syntax Syntax
	text   []byte
	nodes  []node
	keys   []string
	quirks Forms  // what is odd about the writing as a whole
	blanks [4]int // of each blank, how many stand between values; not counted in XML
	shown  *tree  // the same with hidden values masked; nil hides all values
}

// blank are the characters that JSON and XML allow between values.
const blank = " \t\n\r"

// inside yields the direct children of node i.
func (t *tree) inside(i int32) func(func(int32) bool) {
	return func(yield func(int32) bool) {
		for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
			if !yield(c) {
				return
			}
		}
	}
}

// readTree reads a body by its meaning, told from its first bytes and, since
// senders often get that wrong, only then from its Content-Type; nil when it is
// nothing that has one. The error is that of ctx.
func readTree(ctx context.Context, contentType string, body []byte) (*tree, error) {
	for _, syntax := range syntaxesOf(contentType, body) {
		t, err := readAs(ctx, syntax, body)
		if err == nil || ctx.Err() != nil {
			return t, ctx.Err()
		}
	}
	return nil, nil
}

// syntaxesOf are the syntaxes that a body may have, the likeliest first.
func syntaxesOf(contentType string, body []byte) []Syntax {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = ""
	}
	start := bytes.TrimLeft(body[:min(len(body), 4<<10)], "\ufeff"+blank)
	switch {
	case len(start) == 0:
		return nil
	case start[0] == '<':
		return []Syntax{XML}
	case media == "application/x-www-form-urlencoded" && start[0] != '{' && start[0] != '[':
		return []Syntax{Form}
	case media == "" && looksLikeForm(body):
		return []Syntax{Form, JSON}
	}
	return []Syntax{JSON}
}

// looksLikeForm tells whether a body without a type can be a form.
func looksLikeForm(body []byte) bool {
	return bytes.IndexByte(body, '=') > 0 && !bytes.ContainsAny(body, " \r\n\t<>\"{}")
}

// readAs reads a body of a syntax; errNoTree when it has not that syntax, or
// too many values.
func readAs(ctx context.Context, syntax Syntax, body []byte) (*tree, error) {
	if len(body) > math.MaxInt32 {
		return nil, errNoTree
	}
	g := &grower{ctx: ctx, keyed: map[string]int32{}, tree: &tree{syntax: syntax, text: body}}
	var err error
	switch syntax {
	case JSON:
		err = g.json()
	case Form:
		err = g.form()
	case XML:
		err = g.xml()
	}
	if err != nil {
		return nil, err
	}
	g.tree.shown = g.tree
	return g.tree, nil
}

// grower builds a tree.
type grower struct {
	tree  *tree
	ctx   context.Context
	keyed map[string]int32 // the numbers of keys
	room  []byte           // what is hashed, of the containers that are open
	order []int32          // members to be sorted
}

// add puts a node at the end and returns its number.
func (g *grower) add(n node) (int32, error) {
	t := g.tree
	if len(t.nodes) >= maxValues {
		return 0, errNoTree
	}
	if len(t.nodes)%checkEvery == 0 && g.ctx.Err() != nil {
		return 0, g.ctx.Err()
	}
	t.nodes = append(t.nodes, n)
	return int32(len(t.nodes) - 1), nil
}

// key is the number of a key.
func (g *grower) key(text string) int32 {
	n, known := g.keyed[text]
	if !known {
		n = int32(len(g.tree.keys))
		g.keyed[text] = n
		g.tree.keys = append(g.tree.keys, text)
	}
	return n
}

// scalar ends the scalar i: mark tells a string from a number.
func (g *grower) scalar(i int32, mark byte, value string) {
	g.room = append(append(g.room, mark), value...)
	g.tree.nodes[i].id = half(g.room)
	g.room = g.room[:0]
	g.tree.nodes[i].end = i + 1
}

// close ends container i: its hash is made of its members by key, those of one
// key in their order, and of its items in their order.
func (g *grower) close(i int32) {
	t := g.tree
	n := &t.nodes[i]
	n.end = int32(len(t.nodes))
	g.order = g.order[:0]
	items := int32(0)
	g.room = append(g.room[:0], byte('A'+n.kind))
	if n.kind == element {
		g.named(t.keys[n.key])
	}
	for c := range t.inside(i) {
		t.nodes[c].up = i
		if t.nodes[c].member {
			g.order = append(g.order, c)
		} else {
			t.nodes[c].at = items
			items++
		}
	}
	slices.SortStableFunc(g.order, func(a, b int32) int {
		return cmp.Compare(t.keys[t.nodes[a].key], t.keys[t.nodes[b].key])
	})
	for k, c := range g.order {
		if k > 0 && t.nodes[c].key == t.nodes[g.order[k-1]].key {
			t.nodes[c].at = t.nodes[g.order[k-1]].at + 1
		}
		g.named(t.keys[t.nodes[c].key])
		g.room = append(g.room, t.nodes[c].id[:]...)
	}
	g.room = append(g.room, 0xff)
	for c := range t.inside(i) {
		if !t.nodes[c].member {
			g.room = append(g.room, t.nodes[c].id[:]...)
		}
	}
	n.id = half(g.room)
	g.room = g.room[:0]
}

// named adds a name to what is hashed, with its length, so that names and
// values cannot run into each other.
func (g *grower) named(name string) {
	n := len(name)
	g.room = append(g.room, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	g.room = append(g.room, name...)
}

func half(text []byte) hash {
	sum := sha256.Sum256(text)
	return hash(sum[:16])
}

// children are the members and the items of a container.
func (t *tree) children(i int32) (members, items []int32) {
	for c := range t.inside(i) {
		if t.nodes[c].member {
			members = append(members, c)
		} else {
			items = append(items, c)
		}
	}
	return members, items
}

func (t *tree) named(list []int32) []string {
	names := make([]string, len(list))
	for n, i := range list {
		names[n] = t.keys[t.nodes[i].key]
	}
	return names
}

func (t *tree) ids(list []int32) []hash {
	ids := make([]hash, len(list))
	for n, i := range list {
		ids[n] = t.nodes[i].id
	}
	return ids
}
