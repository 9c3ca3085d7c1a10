package signature

import (
	"errors"
	"slices"
	"strings"
)

// membersArg tells whether arg is "=:,", with styles behind it or none.
func membersArg(arg string) bool {
	style, ok := styleBehind(arg)
	return ok && style.ofJSON()
}

// joinMembers writes the members of a JSON object in the order of their names,
// capital and small letters alike: name, what stands between, value. Null is
// empty. Of arg "=:," the = stands between, and the comma joins the pairs; of
// the styles behind it, bytes sorts in byte order, filled leaves empty values
// out, and values leaves the names out.
func joinMembers(b []byte, arg string) ([]byte, error) {
	root, err := filterTree(b)
	if err != nil {
		return nil, err
	}
	if root.kind != '{' {
		return nil, errors.New("expected a JSON object")
	}
	parts := append(strings.SplitN(arg, ":", 3), "")
	style, _ := fieldStyleOf(parts[2])
	order := root.order(false)
	name := func(i int) string {
		if style.bytes {
			return root.keys[i]
		}
		return strings.ToLower(root.keys[i])
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(name(i), name(j)) })
	texts := make([]string, 0, len(order))
	for at, i := range order {
		value, plain := root.kids[i], ""
		switch {
		case value.kind == '{' || value.kind == '[' || at > 0 && name(i) == name(order[at-1]):
			return nil, errors.New("expected members with names of their own and values that hold no others")
		case value.kind == 'v' && value.text == "null":
		default:
			plain = value.text
		}
		if text, there := style.text(root.keys[i], separatorOf(parts[0]), plain); there {
			texts = append(texts, text)
		}
	}
	return []byte(strings.Join(texts, separatorOf(parts[1]))), nil
}
