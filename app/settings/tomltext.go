package settings

import (
	"fmt"
	"strconv"
	"strings"
)

// tomlText writes text as a TOML basic string, whatever it holds.
func tomlText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text { // what is no UTF-8 comes as U+FFFD
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// pair is a key with its value in TOML; an empty value means no such key.
type pair struct{ key, value string }

// pairs returns what stands in the file for e. Words that are the default are
// left out, as is what is empty.
func (e Endpoint) pairs() []pair {
	text := func(key, value, normal string) pair {
		if value == normal {
			return pair{key, ""}
		}
		return pair{key, tomlText(value)}
	}
	p := []pair{
		text("name", e.Name, ""), text("provider", e.Provider, ""), text("path", e.Path, ""),
		{"secrets", ""}, text("forward", e.Forward, ""),
		text("answer", e.Answer, "shop"), text("unverified", e.Unverified, "hold"),
		{"tolerance", ""}, text("verify_token", e.VerifyToken, ""), {"learn_secret", ""},
		{"concurrency", ""}, text("when_stuck", e.WhenStuck, "wait"), text("probe", e.Probe, ""),
	}
	if len(e.Secrets) > 0 {
		var quoted []string
		for _, r := range e.Secrets {
			quoted = append(quoted, tomlText(string(r)))
		}
		p[3].value = "[" + strings.Join(quoted, ", ") + "]"
	}
	if e.Tolerance != 0 {
		p[7].value = tomlText(FormatSpan(e.Tolerance))
	}
	if e.LearnSecret {
		p[9].value = "true"
	}
	if e.Concurrency > 1 {
		p[10].value = strconv.Itoa(e.Concurrency)
	}
	return p
}
