package settings

import (
	"fmt"
	"strconv"
)

// Problem is one wrong place in a config file. Its text is one sentence with
// file and line, and what was expected.
type Problem struct {
	File   string // as it was given; "" for settings that come from no file
	Line   int    // from 1; 0 when the whole file is meant
	Says   string
	Advice string
	// Place is the setting that is meant, such as "tunnel.kind" or
	// "endpoint[0].forward"; empty when it is no single one. Where a value is
	// wrong, Says begins with the last word of Place.
	Place string
	// Err is the error underneath, nil for wrong content.
	Err error
}

// Error returns "file:line: says".
func (p *Problem) Error() string {
	switch {
	case p.File == "":
		return p.Says
	case p.Line == 0:
		return p.File + ": " + p.Says
	default:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Says)
	}
}

// Unwrap returns the error underneath, so that errors.Is finds fs.ErrNotExist.
func (p *Problem) Unwrap() error { return p.Err }

// finding is a Problem before its place was looked up in the file.
type finding struct {
	place  string
	says   string
	advice string
}

// problem turns f into a Problem of the file that s was read from.
func (s *Settings) problem(f *finding) *Problem {
	return &Problem{File: s.file, Line: s.line(f.place), Says: f.says, Advice: f.advice, Place: f.place}
}

// line returns the line of place, or of the nearest thing around it: a key that
// is missing is reported at its table.
func (s *Settings) line(place string) int {
	for place != "" {
		if n, ok := s.lines[place]; ok {
			return n
		}
		place = parentOf(place)
	}
	return 0
}

// parentOf cuts the last ".key" or "[n]" off a place.
func parentOf(place string) string {
	for i := len(place) - 1; i > 0; i-- {
		if place[i] == '.' || place[i] == '[' {
			return place[:i]
		}
	}
	return ""
}

// quote returns text as it may stand in a one-line sentence: quoted, control
// characters escaped, and cut, because a hostile value may be a megabyte long.
func quote(text string) string {
	const most = 80
	n := 0
	for i := range text {
		if n == most {
			return strconv.Quote(text[:i] + "…")
		}
		n++
	}
	return strconv.Quote(text)
}
