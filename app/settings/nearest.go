package settings

import "strings"

// Nearest returns the word of words that text was most likely meant to be, ""
// when none is close. It is there for typing errors: one edit in short words,
// a third of the length in long ones.
func Nearest(text string, words []string) string {
	if len(text) > 100 {
		return ""
	}
	text = strings.ToLower(text)
	best, fewest := "", 1+max(1, len(text)/3)
	for _, w := range words {
		if d := distance(text, strings.ToLower(w)); d < fewest {
			best, fewest = w, d
		}
	}
	return best
}

// distance counts the bytes to insert, drop or replace to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
