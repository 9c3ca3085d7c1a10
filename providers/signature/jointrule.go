package signature

import (
	"bytes"
	"slices"
	"strings"
)

// jointRule is by what a part shows where it ends or begins.
type jointRule int

const (
	byNothing   jointRule = iota
	byForm                // of a time, a hash, a JSON object: no other cut has it
	byLength              // the longest text that is a time
	bySeparator           // that the part does not hold
	byTime                // the first separator with a time behind it
	byNeighbour           // what follows cannot belong to it
	unasked               // it need not show it
)

// cost prefers rules that hold for every message, and leaves over the parts
// that can be long.
func (r jointRule) cost(p *Part) int {
	switch {
	case r == byForm:
		return 0
	case r == byNothing:
		return 100
	case r == bySeparator && p.Name == "" && !p.hasFilter("headers") && !p.hasFilter("no-query"):
		return 3
	case r == byNeighbour:
		return 2
	}
	return 1
}

// endRule says how piece i shows where it ends.
func (j *joints) endRule(i int) jointRule {
	p := j.pieces[i].part
	literal, behind := "", i+1
	if behind < len(j.pieces) && j.pieces[behind].part.Kind == PartLiteral {
		literal = j.pieces[behind].part.Name
	}
	switch {
	case j.formed(p), p.ends("json-string"), p.ends("php-serialize"):
		return byForm
	case j.timed(p):
		return byLength
	case p.around() >= 0:
		return bySeparator
	case literal != "" && p.isToken() && strings.IndexByte(",}]", literal[0]) >= 0:
		return byForm
	case literal != "" && behind+1 < len(j.pieces) && j.formed(j.pieces[behind+1].part) && j.timed(j.pieces[behind+1].part):
		return byTime
	case literal != "":
		return bySeparator
	case p.ends("is") || p.Kind == PartMethod || p.Kind == PartURL || p.jsonLike():
		return byNeighbour
	}
	return byNothing
}

// beginRule says how piece i shows where it begins.
func (j *joints) beginRule(i int) jointRule {
	p := j.pieces[i].part
	switch {
	case j.formed(p), j.timed(p):
		return byForm
	case p.around() >= 0, i > 0 && j.pieces[i-1].part.Kind == PartLiteral:
		return bySeparator
	case p.ends("is") || p.Kind == PartMethod || p.Kind == PartURL || p.jsonLike():
		return byNeighbour
	}
	return byNothing
}

// formed tells whether no text that p can be is the beginning or the end of
// another one.
func (j *joints) formed(p *Part) bool {
	switch {
	case j.timed(p):
		return j.c.Timestamp.Format != ISO8601
	case p.Kind == PartHash, p.Kind == PartBody && len(p.Filters) == 0 && j.c.JSONObject:
		return true
	}
	for _, f := range p.Filters {
		if _, fixed := digestSize(f.Name); fixed {
			return true // hex and base64 of it have one length as well
		}
	}
	return false
}

// timed tells whether p is the scheme's time, which was read.
func (j *joints) timed(p *Part) bool {
	t := &j.c.Timestamp
	return !t.At.IsZero() && !t.Optional && (p.Kind == PartTimestamp || p.same(t.At)) && len(p.Filters) == 0
}

func digestSize(filter string) (int, bool) {
	a := Algorithm(filter)
	if !a.Known() {
		return 0, false
	}
	return a.size(), true
}

// ends tells whether the last filter of p is called name.
func (p *Part) ends(name string) bool {
	return len(p.Filters) > 0 && p.Filters[len(p.Filters)-1].Name == name
}

// around is where the value stands in the text that the last filter puts
// around it; -1 when it puts nothing behind it.
func (p *Part) around() int {
	if !p.ends("around") {
		return -1
	}
	before, after, _ := strings.Cut(p.Filters[len(p.Filters)-1].Arg, "*")
	if after == "" {
		return -1
	}
	return len(before)
}

// isToken tells whether p is written as one JSON value.
func (p *Part) isToken() bool {
	return p.ends("raw") || p.ends("compact") || p.ends("php-json")
}

// jsonLike tells whether p may be a JSON object or array whole.
func (p *Part) jsonLike() bool {
	return p.Kind == PartBody && !slices.ContainsFunc(p.Filters, func(f Filter) bool { return f.Name != "compact" })
}

// structured tells whether text is a JSON object or array. None is the
// beginning or the end of another one: a bracket would be left over.
func structured(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[') && ValidJSON(text)
}
