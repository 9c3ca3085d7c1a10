package signature

import (
	"errors"
	"slices"
	"strings"
)

// joinMembers writes the members of a JSON object in the order of their names,
// capital and small letters alike: name, what stands between, value. Null is
// empty. Of arg "=:," the = stands between, and the comma joins the pairs.
func joinMembers(b []byte, arg string) ([]byte, error) {
	root, err := filterTree(b)
	if err != nil {
		return nil, err
	}
	if root.kind != '{' {
		return nil, errors.New("expected a JSON object")
	}
	between, pairs, _ := strings.Cut(arg, ":")
	order := root.order(false)
	name := func(i int) string { return strings.ToLower(root.keys[i]) }
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(name(i), name(j)) })
	texts := make([]string, len(order))
	for at, i := range order {
		value := root.kids[i]
		switch {
		case value.kind == '{' || value.kind == '[' || at > 0 && name(i) == name(order[at-1]):
			return nil, errors.New("expected members with names of their own and values that hold no others")
		case value.kind == 'v' && value.text == "null":
			texts[at] = root.keys[i] + between
		default:
			texts[at] = root.keys[i] + between + value.text
		}
	}
	return []byte(strings.Join(texts, pairs)), nil
}
