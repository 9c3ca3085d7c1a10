package signature

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Filter turns the value of a part into another text: "sha256", "hex",
// "without:signature". A filter is pure; its time and memory are bounded by
// the size of what goes in.
type Filter struct {
	Name string
	// Arg is what follows the first colon, empty when there is none.
	Arg string
}

// filterInput is what a filter works on.
type filterInput struct {
	// Bytes is the value of the part, or what the filter before it made. It
	// may be the body itself: a filter must not change it.
	Bytes []byte
	// Raw is the JSON token or the raw text of a form or query that Bytes was
	// read from; empty behind another filter.
	Raw string
	// Fields reads other parts of the same message; nil when there is none.
	Fields *Fields
	// Key is the endpoint's secret, for handshakes; nil elsewhere.
	Key []byte
}

const (
	// maxFiltered bounds what one filter makes, in bytes: three times the
	// largest body is room for every encoding.
	maxFiltered = 128 << 20
	// maxFilters is the longest chain. The longest that a provider needs has four.
	maxFilters = 8
)

var errTooLong = errors.New("the result is longer than 128 MiB")

// argRule tells what a filter takes behind its colon.
type argRule int

const (
	argNone argRule = iota
	argOptional
	argNeeded
)

// rule tells whether there is a filter called name, and its argument.
func (f Filter) rule() (argRule, bool) {
	switch f.Name {
	case "md5", "sha1", "sha256", "sha384", "sha512", "hmac-md5", "hmac-sha1", "hmac-sha256", "hmac-sha512",
		"hex", "base64", "base64url", "crc32", "lower", "upper", "trim", "reverse", "unbase64", "unhex", "urlencode",
		"compact", "raw", "json-string", "php-serialize", "port", "no-port", "no-query", "empty", "jwt", "encoded-target", "header-lines":
		return argNone, true
	case "sorted", "headers", "php-json", "default", "qsh", "urldecode":
		return argOptional, true
	case "without", "before", "after", "leaves", "members", "json", "around", "prefix", "suffix", "header-values", "is":
		return argNeeded, true
	}
	return 0, false
}

// parseFilter reads a filter as it is written behind a part: "hex",
// "sorted:=:&".
func parseFilter(text string) (Filter, error) {
	name, arg, colon := strings.Cut(text, ":")
	f := Filter{name, arg}
	rule, known := f.rule()
	switch {
	case !known:
		return Filter{}, fmt.Errorf("read filter %q: expected a filter like sha256, hex or without:NAME", text)
	case rule == argNone && colon:
		return Filter{}, fmt.Errorf("read filter %q: expected %s without a colon", text, name)
	case rule == argNeeded && arg == "":
		return Filter{}, fmt.Errorf("read filter %q: expected %s:ARGUMENT", text, name)
	}
	return f, f.checkArg()
}

// checkArg tells what is wrong with the argument.
func (f Filter) checkArg() error {
	switch {
	case f.Name == "is" && !valueForm(f.Arg).known():
		return fmt.Errorf("read filter %q: expected is:word, is:base64-json or is:untimed", f)
	case f.Name == "around" && strings.Count(f.Arg, "*") != 1:
		return fmt.Errorf("read filter %q: expected one * where the value goes, like around:id=*;", f)
	case f.Name == "sorted" && f.Arg != "" && !sortedArg(f.Arg):
		return fmt.Errorf("read filter %q: expected sorted, or sorted:=:& with what stands between name and value, and between pairs", f)
	case f.Name == "members" && !membersArg(f.Arg):
		return fmt.Errorf("read filter %q: expected members:=:, with what stands between name and value, and between pairs", f)
	case f.Name == "php-json" && f.Arg != "" && f.Arg != "array":
		return fmt.Errorf("read filter %q: expected php-json or php-json:array", f)
	}
	return nil
}

// String returns f as it is written in a catalogue file.
func (f Filter) String() string {
	if f.Arg == "" {
		return f.Name
	}
	return f.Name + ":" + f.Arg
}

// apply returns what f makes of in. Its errors say what was expected and
// nothing of the value, which may hold a secret.
func (f Filter) apply(in filterInput) ([]byte, error) {
	out, err := f.transform(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f, err)
	}
	if len(out) > maxFiltered {
		return nil, fmt.Errorf("%s: %w", f, errTooLong)
	}
	return out, nil
}

// transform asks each family of filters.
func (f Filter) transform(in filterInput) ([]byte, error) {
	for _, family := range [...]func(Filter, filterInput) ([]byte, bool, error){
		Filter.digest, Filter.encode, Filter.rewrite, Filter.json, Filter.form, Filter.request,
	} {
		if out, mine, err := family(f, in); mine {
			return out, err
		}
	}
	return nil, errors.New("expected a known filter")
}

// applyFilters runs a chain. Behind the first filter there is no raw text.
func applyFilters(filters []Filter, in filterInput) ([]byte, error) {
	if len(filters) > maxFilters {
		return nil, fmt.Errorf("%d filters, expected at most %d", len(filters), maxFilters)
	}
	for _, f := range filters {
		out, err := f.apply(in)
		if err != nil {
			return nil, err
		}
		in.Bytes, in.Raw = out, ""
	}
	return in.Bytes, nil
}

// whole tells whether what f makes still stands for all of the value, so that
// a signature over it covers the value: a digest does, one member of a JSON
// text does not. Before and after stand for it because they come in pairs,
// with the secret in between.
func (f Filter) whole() bool {
	return !slices.Contains([]string{"json", "without", "headers", "header-lines", "header-values", "no-query", "jwt"}, f.Name)
}
