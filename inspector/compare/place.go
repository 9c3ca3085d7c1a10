package compare

import (
	"slices"
	"strconv"
	"strings"
)

// place is node i as in Verdict.Covered, "json:items.0.id"; in XML
// "xml:order/item[2]/@id".
func (t *tree) place(i int32) string {
	var steps []string
	for ; i >= 0; i = t.nodes[i].up {
		if step := t.step(i); step != "" {
			steps = append(steps, step)
		}
	}
	slices.Reverse(steps)
	between := "."
	if t.syntax == XML {
		between = "/"
	}
	return string(t.syntax) + ":" + strings.Join(steps, between)
}

// step is what leads from a container to node i.
func (t *tree) step(i int32) string {
	n := t.nodes[i]
	switch {
	case t.syntax == XML && n.member:
		return "@" + localName(t.keys[n.key])
	case t.syntax == XML && n.key < 0:
		return "text()"
	case t.syntax == XML:
		return localName(t.keys[n.key]) + t.nth(i)
	case n.up < 0:
		return ""
	case n.member && n.at > 0:
		return dotless(t.keys[n.key]) + "#" + strconv.Itoa(int(n.at)+1)
	case n.member:
		return dotless(t.keys[n.key])
	}
	return strconv.Itoa(int(n.at))
}

// nth is "[2]" for the second element of its name, "" where there is only one.
func (t *tree) nth(i int32) string {
	n := t.nodes[i]
	if n.up < 0 || t.nodes[n.up].end-n.up > placeWalk {
		return ""
	}
	before, all := 0, 0
	for c := range t.inside(n.up) {
		if o := t.nodes[c]; !o.member && o.key == n.key {
			all++
			if c < i {
				before++
			}
		}
	}
	if all < 2 {
		return ""
	}
	return "[" + strconv.Itoa(before+1) + "]"
}

// placeWalk bounds how many nodes are walked to count elements of one name.
const placeWalk = 20_000

// dotless is a key as a path writes it.
func dotless(key string) string { return strings.ReplaceAll(key, ".", `\.`) }
