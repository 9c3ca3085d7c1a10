package console

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHostileTextCannotSteerTheScreen(t *testing.T) {
	for hostile, want := range map[string]string{
		"plain żółć ✓":           "plain żółć ✓",
		"\x1b[2Jgone":            `\x1b[2Jgone`,
		"a\nb":                   `a\x0ab`,
		"a\rb":                   `a\x0db`,
		"\u009b31m":              `\x9b31m`,
		"\x9b31m":                `\x9b31m`,
		"invoice\u202egpj.exe":   `invoice\u202egpj.exe`,
		"zero\u200bwidth":        `zero\u200bwidth`,
		"line\u2028separator":    `line\u2028separator`,
		"replacement \ufffd too": "replacement \ufffd too",
		"tag\U000E0041":          `tag\ue0041`,
	} {
		if got := clean(hostile); got != want {
			t.Errorf("clean(%q) = %q, expected %q", hostile, got, want)
		}
	}
}

func TestTextOfSeveralLinesKeepsItsLines(t *testing.T) {
	if got, want := cleanText("a\r\n\tb\nc\rd\x07"), "a\r\n\tb\nc\\x0dd\\x07"; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("\x1b]0;title\x07")
	f.Add("ok \xff\xfe \u202e")
	f.Fuzz(func(t *testing.T, text string) {
		one, lines := clean(text), cleanText(text)
		if !utf8.ValidString(one) || strings.ContainsFunc(one, hidden) {
			t.Errorf("clean(%q) = %q still steers a screen", text, one)
		}
		lines = strings.NewReplacer("\r\n", "", "\n", "", "\t", "").Replace(lines)
		if strings.ContainsFunc(lines, hidden) {
			t.Errorf("cleanText(%q) still steers a screen", text)
		}
	})
}
