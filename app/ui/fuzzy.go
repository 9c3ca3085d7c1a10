package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a letter of a name that was typed counts for: more at a word's beginning
// and behind the letter before it, less the later the name begins to fit.
const (
	fuzzyLetter = 1
	fuzzyRow    = 4
	fuzzyWord   = 6
	fuzzyStart  = 4
)

// fuzzy tells how well a name fits what was typed, both in lower case: all
// letters must stand in it in that order. 0 is not at all.
func fuzzy(name, typed string) int {
	if strings.Contains(name, typed) {
		return fuzzyWhole(name, typed)
	}
	score, before, row := 0, ' ', false
	for _, c := range name {
		want, size := utf8.DecodeRuneInString(typed)
		for want == ' ' { // words may be typed in full or not
			typed = typed[size:]
			row = false
			want, size = utf8.DecodeRuneInString(typed)
		}
		if size == 0 {
			break
		}
		if c != want {
			row, before = false, c
			continue
		}
		score += fuzzyLetter
		switch {
		case !unicode.IsLetter(before) && !unicode.IsDigit(before):
			score += fuzzyWord
		case row:
			score += fuzzyRow
		}
		row, before, typed = true, c, typed[size:]
	}
	if strings.TrimSpace(typed) != "" {
		return 0
	}
	return max(score, 1)
}

// fuzzyWhole is the score of a name in which the text stands as it is.
func fuzzyWhole(name, typed string) int {
	score := utf8.RuneCountInString(typed)*(fuzzyLetter+fuzzyRow) + fuzzyWord
	switch {
	case strings.HasPrefix(name, typed):
		score += fuzzyWord + fuzzyStart
	case strings.Contains(name, " "+typed):
		score += fuzzyWord
	}
	if name == typed {
		score += fuzzyStart
	}
	return score
}
