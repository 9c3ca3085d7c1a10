package console

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// hexLimit is how many bytes of a body that is not text are shown in hex; more
// of it helps nobody at a terminal.
const hexLimit = 1024

// indentLimit is the depth to which JSON is indented. The indentation of deeper
// nesting would grow with its square: a small body could fill the disk.
const indentLimit = 64

// body prints a body under a heading: JSON indented, other text as it stands,
// anything else in hex.
func (t *terminal) body(heading string, body []byte, mask func([]byte) []byte) {
	shown := mask(body)
	about := fmt.Sprintf("%d bytes", len(body))
	if !bytes.Equal(shown, body) {
		about += ", personal data hidden: --reveal shows it"
	}
	t.line("")
	t.line(t.bold(heading) + " (" + about + ")")
	if len(shown) > 0 {
		t.line(indent(cleanText(readable(shown))))
	}
}

func readable(body []byte) string {
	var pretty bytes.Buffer
	if depth(body) <= indentLimit && json.Indent(&pretty, body, "", "  ") == nil {
		return pretty.String()
	}
	if utf8.Valid(body) && !bytes.ContainsRune(body, 0) {
		return string(body)
	}
	text := hex.Dump(body[:min(len(body), hexLimit)])
	if len(body) > hexLimit {
		text += "…"
	}
	return text
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}

// depth is at least the depth of nesting of JSON; brackets in strings count too.
func depth(body []byte) int {
	now, most := 0, 0
	for _, b := range body {
		switch b {
		case '{', '[':
			now++
			most = max(most, now)
		case '}', ']':
			now--
		}
	}
	return most
}

// bodyText is a body as JSON text, and how it is written.
func bodyText(body []byte) (text, encoding string) {
	if utf8.Valid(body) {
		return string(body), "text"
	}
	return base64.StdEncoding.EncodeToString(body), "base64"
}
