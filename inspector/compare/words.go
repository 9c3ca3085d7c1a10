package compare

import (
	"unicode"

	"znkr.io/diff"
)

// maxWords is how many words of two texts together are compared; of longer
// ones the part between what both begin and end with is told.
const maxWords = 2_000

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Words tells which parts of two texts differ, by words. Parts that only one
// character separates are told as one.
func Words(a, b string) (inA, inB []Span) {
	if a == b {
		return nil, nil
	}
	x, y := words(a), words(b)
	if x == nil || y == nil {
		start := commonStart([]byte(a), []byte(b))
		end := commonEnd([]byte(a[start:]), []byte(b[start:]))
		return spanned(start, len(a)-end), spanned(start, len(b)-end)
	}
	atA, atB := 0, 0
	for _, e := range diff.Edits(x, y) {
		switch e.Op {
		case diff.Match:
			atA, atB = atA+len(e.X), atB+len(e.Y)
		case diff.Delete:
			inA, atA = widened(inA, atA, atA+len(e.X)), atA+len(e.X)
		case diff.Insert:
			inB, atB = widened(inB, atB, atB+len(e.Y)), atB+len(e.Y)
		}
	}
	return inA, inB
}

func spanned(from, to int) []Span {
	if from >= to {
		return nil
	}
	return []Span{{from, to}}
}

// widened adds a part to spans, joined to the last one if that is near.
func widened(spans []Span, from, to int) []Span {
	if n := len(spans); n > 0 && from-spans[n-1].To <= 1 {
		spans[n-1].To = to
		return spans
	}
	return append(spans, Span{from, to})
}

// words cuts text into runs of letters and digits and single other characters;
// nil when there are too many.
func words(text string) []string {
	list, from, word := []string{}, 0, false
	for i, r := range text {
		inWord := unicode.IsLetter(r) || unicode.IsDigit(r)
		if i > 0 && !(word && inWord) {
			list, from = append(list, text[from:i]), i
		}
		if word = inWord; len(list) > maxWords/2 {
			return nil
		}
	}
	if from < len(text) {
		list = append(list, text[from:])
	}
	return list
}
