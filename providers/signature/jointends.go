package signature

import (
	"bytes"
	"slices"
	"strings"
)

// ends tells whether piece i shows in this message where it ends.
func (j *joints) ends(i int, by jointRule) bool {
	p, b := j.pieces[i].part, j.pieces[i].bytes
	switch by {
	case unasked:
		return true
	case byForm:
		return j.readable(p, b)
	case byLength:
		j.refuse(j.readable(p, b) && !j.goesOn(b, i), p)
		return true
	case byTime:
		j.refuse(!j.earlier(i), p)
		return true
	case byNeighbour:
		next := j.next(i)
		if p.Kind == PartURL && len(next) == 0 && !j.bodyless() {
			return false // a body could have become part of the address
		}
		return p.endsBefore(b, next)
	case bySeparator:
		value, separator := b, ""
		if at := p.around(); at >= 0 {
			if len(b) == 0 {
				return true
			}
			_, separator, _ = strings.Cut(p.Filters[len(p.Filters)-1].Arg, "*")
			value = b[at : len(b)-len(separator)]
		} else {
			separator = j.pieces[i+1].part.Name
		}
		if p.joinedBy(separator) { // its own parts do not hold it, and their number is signed
			return true
		}
		if first := firstOf(value, separator); first != len(value) {
			j.held = separator
			return false
		}
		return true
	}
	return false
}

// begins tells whether piece i shows in this message where it begins.
func (j *joints) begins(i int, by jointRule) bool {
	p, b := j.pieces[i].part, j.pieces[i].bytes
	switch by {
	case unasked:
		return true
	case byForm:
		return j.readable(p, b)
	case byNeighbour:
		return p.beginsAfter(b, j.previous(i))
	case bySeparator:
		value, separator := b, ""
		if at := p.around(); at >= 0 {
			if len(b) == 0 {
				return true
			}
			before, after, _ := strings.Cut(p.Filters[len(p.Filters)-1].Arg, "*")
			separator, value = before, b[at:len(b)-len(after)]
		} else {
			separator = j.pieces[i-1].part.Name
		}
		if p.joinedBy(separator) {
			return true
		}
		if bytes.LastIndex(slices.Concat([]byte(separator), value), []byte(separator)) != 0 {
			j.held = separator
			return false
		}
		return true
	}
	return false
}

// firstOf is where separator stands first in value followed by itself.
func firstOf(value []byte, separator string) int {
	if !bytes.Contains(value, []byte(separator[:1])) {
		return len(value)
	}
	return strings.Index(string(value)+separator, separator)
}

// readable tells whether a time is written without anything around it.
func (j *joints) readable(p *Part, b []byte) bool {
	if !j.timed(p) {
		return true
	}
	_, ok := j.c.Timestamp.Format.parse(string(b))
	return ok
}

// refuse keeps the part on whose account the message is not taken.
func (j *joints) refuse(ok bool, p *Part) {
	if !ok && j.moved == nil {
		j.moved = p
	}
}

// joinedBy tells whether p is a list of values with that separator.
func (p *Part) joinedBy(separator string) bool {
	return p.ends("header-values") && p.Filters[len(p.Filters)-1].Arg == separator
}

// maxTime is how many bytes the longest time takes that is read.
const maxTime = maxShown

// next is the beginning of what stands behind piece i, up to the part that is
// left over: what is behind that shows where it begins.
func (j *joints) next(i int) []byte { return j.ahead(nil, i+1, j.left+1) }

// bodyless tells whether the method is signed and goes without a body.
func (j *joints) bodyless() bool {
	signed := slices.ContainsFunc(j.pieces, func(p piece) bool { return p.part.Kind == PartMethod })
	return signed && (j.c.m.Method == "GET" || j.c.m.Method == "HEAD")
}

// ahead adds to text what stands from piece i to another one, as far as a time
// could reach.
func (j *joints) ahead(text []byte, i, to int) []byte {
	for ; i < to && len(text) < 2*maxTime; i++ {
		b := j.pieces[i].bytes
		text = append(text, b[:min(len(b), maxTime)]...)
	}
	return text
}

// previous is the last byte before piece i, or nothing.
func (j *joints) previous(i int) []byte {
	for i--; i >= 0; i-- {
		if b := j.pieces[i].bytes; len(b) > 0 {
			return b[len(b)-1:]
		}
	}
	return nil
}

// goesOn tells whether what follows makes another time of time.
func (j *joints) goesOn(time []byte, i int) bool {
	text := j.ahead(slices.Clone(time), i+1, len(j.pieces))
	for n := len(time) + 1; n <= min(len(text), maxTime); n++ {
		if _, ok := j.c.Timestamp.Format.parse(string(text[:n])); ok {
			return true
		}
	}
	return false
}

// earlier tells whether piece i holds the separator behind it with a time
// behind that and, where the template has one, the next separator.
func (j *joints) earlier(i int) bool {
	value, separator := j.pieces[i].bytes, j.pieces[i+1].part.Name
	if firstOf(value, separator) == len(value) {
		return false
	}
	then := ""
	if i+3 < len(j.pieces) && j.pieces[i+3].part.Kind == PartLiteral {
		then = j.pieces[i+3].part.Name
	}
	text := string(j.ahead(slices.Clone(value), i+1, len(j.pieces)))
	for at := range value {
		if behind, ok := strings.CutPrefix(text[at:], separator); ok && j.timeThen(behind, then) {
			return true
		}
	}
	return false
}

// timeThen tells whether text begins with a time and then.
func (j *joints) timeThen(text, then string) bool {
	for n := range min(len(text), maxTime) + 1 {
		if strings.HasPrefix(text[n:], then) {
			if _, ok := j.c.Timestamp.Format.parse(text[:n]); ok {
				return true
			}
		}
	}
	return false
}
