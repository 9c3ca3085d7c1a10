package signature

import (
	"bytes"
	"strconv"

	"github.com/tidwall/gjson"
)

// maxNesting is the deepest JSON that is read; encoding/json has the same limit.
const maxNesting = 10_000

// ValidJSON tells whether body is one JSON value that is safe to walk: valid,
// and nested at most 10,000 deep.
//
// gjson checks by recursion and has no limit of its own: 32 MiB of "[" would
// end the program with an exhausted stack, so the depth is checked first.
func ValidJSON(body []byte) bool {
	return shallow(body) && gjson.ValidBytes(body)
}

// shallow tells whether body nests at most maxNesting deep. Counting the
// opening brackets settles nearly every body at memory speed.
func shallow(body []byte) bool {
	if bytes.Count(body, []byte("["))+bytes.Count(body, []byte("{")) <= maxNesting {
		return true
	}
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			if depth++; depth > maxNesting {
				return false
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return true
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
