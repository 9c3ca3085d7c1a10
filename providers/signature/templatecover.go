package signature

import "slices"

// cover tells what a signature over t protects, without filters: whatever they
// make of the body, it is the body. A timestamp in a header of its own counts
// as that header; one inside the signature itself needs no name.
func (t Template) cover(timestamp Part) (cover Cover, parts []string) {
	cover = CoverNone
	for i := range t {
		p := &t[i]
		if p.checksum() != "" {
			continue
		}
		switch p.Kind {
		case PartLiteral, PartSecret, PartKey:
			continue
		case PartTimestamp:
			if timestamp.IsZero() || timestamp.Kind == PartKey {
				continue
			}
			p = &timestamp
		}
		name := string(PartBody)
		if p.wholeBody() {
			cover = CoverBody
		} else {
			name = p.covered()
			if cover == CoverNone {
				cover = CoverFields
			}
		}
		if !slices.Contains(parts, name) {
			parts = append(parts, name)
		}
	}
	return cover, parts
}

// leavesFilter takes the values of a body without their keys: what stands under
// which key is not signed.
const leavesFilter = "leaves"

// EveryValue stands in Verdict.Covered for all values of a JSON body or a form,
// without their keys: "json:*".
const EveryValue = "*"

// wholeBody tells whether p stands for all of the body. What a filter cuts out
// of it is the signature itself, which cannot sign itself.
func (p *Part) wholeBody() bool {
	if p.Kind == PartHash {
		return true
	}
	if p.Kind != PartBody && (p.Kind != PartForm || p.Name != "") {
		return false
	}
	for _, f := range p.Filters {
		if f.Name == leavesFilter || f.leavesOut() || f.Name != "without" && !f.whole() {
			return false
		}
	}
	return true
}

// covered is p as a verdict names it: of a member that a filter takes out of
// the body, the member.
func (p *Part) covered() string {
	partly := slices.ContainsFunc(p.Filters, Filter.leavesOut)
	switch {
	case partly && p.Kind != PartBody && p.Name == "":
		return string(p.Kind) + ":" + EveryValue
	case partly && p.Kind == PartBody:
		return string(PartJSON) + ":" + EveryValue
	case p.Kind != PartBody || len(p.Filters) == 0:
		return p.where()
	}
	for _, f := range p.Filters {
		switch f.Name {
		case "json":
			return string(PartJSON) + ":" + f.Arg
		case leavesFilter:
			return string(PartJSON) + ":" + EveryValue
		}
	}
	return p.where()
}

// holds tells whether a signature that is written to at would change the text
// of t. Filters are trusted to leave it out.
func (t Template) holds(at Part) bool {
	for _, p := range t {
		if len(p.Filters) > 0 {
			continue
		}
		switch at.Kind {
		case PartJSON, PartForm:
			if p.wholeBody() {
				return true
			}
		case PartQuery:
			if p.Kind == PartURL || p.Kind == PartTarget || p.Kind == PartQuery && p.Name == "" {
				return true
			}
		}
		if p.same(at) {
			return true
		}
	}
	return false
}
