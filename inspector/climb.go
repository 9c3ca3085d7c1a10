package inspector

import (
	"net/url"
	"slices"
	"strings"
)

// unescapeRounds is how often a path is unescaped at most: once by the server,
// once more by a proxy before it, and one to spare.
const unescapeRounds = 3

// climbs tells whether a server that unescapes and cleans path could leave the
// folder that it is in: who knows one secret path must not get at the rest of
// the shop through it. Servers differ in what they take for "..", so this takes
// all of it; a path that is still escaped after so many rounds is of no use to
// anybody else.
func climbs(path string) bool {
	if !strings.Contains(path, "..") && !strings.ContainsAny(path, "%\\") && isASCII(path) {
		return false
	}
	if _, err := url.PathUnescape(path); err != nil {
		return true
	}
	for range unescapeRounds {
		if stepsUp(path) {
			return true
		}
		plain := unescape(path)
		if plain == path {
			return false
		}
		path = plain
	}
	return true
}

// disguises are other spellings that servers were found to take for a dot or a
// slash: UTF-8 that is longer than it may be, and wide characters.
var disguises = strings.NewReplacer(
	"\xc0\xae", ".", "\xc0\x2e", ".", "\xe0\x80\xae", ".", "\xf0\x80\x80\xae", ".", "\uff0e", ".",
	"\xc0\xaf", "/", "\xc0\x2f", "/", "\xe0\x80\xaf", "/", "\xf0\x80\x80\xaf", "/", "\uff0f", "/",
	"\xc1\x9c", "/", "\xc0\x5c", "/", "\xe0\x81\x9c", "/", "\uff3c", "/",
)

// stepsUp tells whether a segment of path is "..". What follows a semicolon is
// a parameter to servers in Java, a zero byte ends a name in C, and a question
// mark or a hash that was escaped ends the path where it is read twice.
func stepsUp(path string) bool {
	segments := strings.FieldsFunc(disguises.Replace(path), func(r rune) bool { return r == '/' || r == '\\' })
	return slices.ContainsFunc(segments, func(s string) bool {
		if n := strings.IndexAny(s, ";\x00?#"); n >= 0 {
			s = s[:n]
		}
		return strings.Map(visible, s) == ".."
	})
}

// visible drops spaces and control characters.
func visible(r rune) rune {
	if r <= ' ' || r == 0x7f {
		return -1
	}
	return r
}

// unescape replaces the escapes in text once and leaves what is none.
func unescape(text string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "%")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		text = after
		if len(after) >= 2 {
			if plain, err := url.PathUnescape("%" + after[:2]); err == nil {
				out.WriteString(plain)
				text = after[2:]
				continue
			}
		}
		out.WriteByte('%')
	}
}
