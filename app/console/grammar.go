package console

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/kong"
)

// wrongGrammar prints what is wrong with the command line, and its usage where
// the complaint goes, so that a pipe gets neither.
func wrongGrammar(s *session, args []string, err error) int {
	advice := ""
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		usage := parse.Context.Model.Summary()
		if command := parse.Context.Selected(); command != nil {
			usage = " " + command.Summary()
		}
		advice = "usage: shopbell" + usage
	}
	// What the library says it expects there is no more than a placeholder.
	says, _, _ := strings.Cut(err.Error(), `, expecting "<arg>`)
	return s.finish(wrongUse(hideSecrets(says, args), advice))
}

// hideSecrets takes out of a complaint whatever args have as a secret: the
// library repeats what it could not read.
func hideSecrets(complaint string, args []string) string {
	values := secretValues(args)
	// The longest first: one may be a part of another.
	slices.SortFunc(values, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	for _, value := range values {
		quoted := strconv.Quote(value)
		complaint = hide(complaint, quoted[1:len(quoted)-1])
		complaint = hide(complaint, value)
	}
	return complaint
}

// secretValues are the arguments that hold a secret, or a part of one that was
// pasted without quotes: what follows --secret up to the next long flag.
func secretValues(args []string) []string {
	var values []string
	within := false
	for i, arg := range args {
		value, joined := strings.CutPrefix(arg, "--secret=")
		switch {
		case joined:
			values, within = append(values, value), true
		case i > 0 && args[i-1] == "--secret":
			values, within = append(values, arg), true
		case strings.HasPrefix(arg, "--"):
			within = false
		case within:
			values = append(values, arg)
		}
	}
	return values
}

// hide replaces value in text by dots where it stands as a word of its own; a
// secret of one letter must not take that letter out of every word.
func hide(text, value string) string {
	if value == "" {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(text, value)
		if at < 0 {
			return b.String() + text
		}
		end := at + len(value)
		before, _ := utf8.DecodeLastRuneInString(b.String() + text[:at])
		after, _ := utf8.DecodeRuneInString(text[end:])
		b.WriteString(text[:at])
		if inWord(before) || inWord(after) {
			b.WriteString(value)
		} else {
			b.WriteString("••••")
		}
		text = text[end:]
	}
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
