package signature

import (
	"slices"
	"strings"
)

// joinsLoosely tells whether a filter of p joins names or values of this
// message that could be cut in another way, too.
func (c *check) joinsLoosely(p *Part) bool {
	if !slices.ContainsFunc(p.Filters, Filter.joins) {
		return false
	}
	in, ok := c.unfiltered(p)
	for _, f := range p.Filters {
		if !ok || f.joins() {
			return ok && f.loose(in)
		}
		out, err := f.apply(in)
		in.Bytes, in.Raw, ok = out, "", err == nil
	}
	return false
}

// unfiltered is p as its first filter gets it.
func (c *check) unfiltered(p *Part) (in filterInput, ok bool) {
	if p.Kind == PartBody {
		return filterInput{Fields: c.fields, Bytes: c.m.Body}, true
	}
	v := c.plain(p)
	return filterInput{Fields: c.fields, Bytes: []byte(v.Text), Raw: c.fields.raw(*p, v)}, v.Times == 1
}

// joins tells whether f makes one text of several.
func (f Filter) joins() bool {
	switch f.Name {
	case "sorted", "headers", "header-values", "members", "leaves":
		return true
	}
	return false
}

// loose tells whether what f makes of in could be made of other names or values.
func (f Filter) loose(in filterInput) bool {
	switch f.Name {
	case "sorted":
		return f.looseForm(in)
	case "members":
		parts := append(strings.Split(f.Arg, ":"), "")
		between, pairs := separatorOf(parts[0]), separatorOf(parts[1])
		root, err := filterTree(in.token())
		if err != nil {
			return false
		}
		return slices.ContainsFunc(root.keys, func(key string) bool { return holds(key, between) || holds(key, pairs) }) ||
			slices.ContainsFunc(root.kids, func(kid *node) bool { return holds(kid.text, pairs) })
	case "leaves":
		separator := strings.TrimSuffix(f.Arg, ":2")
		root, err := filterTree(in.token())
		loose := false
		if err == nil {
			err = root.leaves(false, func(text string) { loose = loose || holds(text, separator) })
		}
		return err == nil && loose
	case "headers":
		separator := f.Arg
		if separator == "" {
			separator = ";"
		}
		return listed(headerNames(string(in.Bytes)), separator, in.Fields)
	}
	return listed(strings.Fields(string(in.Bytes)), f.Arg, in.Fields)
}

// listed tells whether a value of those headers holds the separator.
func listed(names []string, separator string, fields *Fields) bool {
	values, err := namedHeaders(names, fields)
	return err == nil && len(values) > 1 && slices.ContainsFunc(values, func(v string) bool { return holds(v, separator) })
}

// looseForm is loose for the fields of a form or query.
func (f Filter) looseForm(in filterInput) bool {
	fields, style, err := f.sortedFields(in.text())
	if err != nil || len(fields) == 0 {
		return false
	}
	parts := append(strings.Split(f.Arg, ":"), "", "")
	between, pairs := separatorOf(parts[0]), separatorOf(parts[1])
	return style.values || slices.ContainsFunc(fields, func(field formField) bool {
		return holds(field.name, between) || holds(field.name, pairs) || holds(field.value, pairs)
	})
}

// holds tells whether text could hide a separator; where there is none, any could.
func holds(text, separator string) bool { return strings.Contains(text, separator) }

// joinedNames are the names of the fields whose values p joins, in the order
// in which they are signed; nil when p joins no form, or one whose names a
// verdict cannot hold.
func (c *check) joinedNames(p *Part) (names []string) {
	if p.Kind != PartForm || p.Name != "" || len(p.Filters) == 0 || p.Filters[0].Name != "sorted" {
		return nil
	}
	fields, _, err := p.Filters[0].sortedFields(string(c.m.Body))
	if err != nil || len(fields) > maxJoined {
		return nil
	}
	for _, f := range fields {
		if f.name == "" || len(f.name) > maxShown || !plain(f.name) || strings.ContainsAny(f.name, "|? ") {
			return nil
		}
		if !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	return names
}

// maxJoined is how many names of fields a verdict holds. Twilio sends about 30.
const maxJoined = 128
