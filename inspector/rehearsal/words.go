package rehearsal

import (
	"bytes"
	"fmt"
	"strings"

	"shopbell/inspector"
)

// taken tells whether the shop said that it has a delivery.
func taken(d inspector.Delivery) bool { return d.Status >= 200 && d.Status < 300 }

// broke tells whether the shop failed on a delivery.
func broke(d inspector.Delivery) bool { return d.Status == 0 || d.Status >= 500 }

// said is the shop's answer in a word.
func said(d inspector.Delivery) string {
	if d.Status == 0 {
		return "no answer"
	}
	return fmt.Sprint(d.Status)
}

// why is said with the reason for no answer.
func why(d inspector.Delivery) string {
	if d.Status == 0 {
		return said(d) + ", " + d.Error
	}
	return said(d)
}

// answers are those of the plan: "200 and 409".
func (s *stage) answers() string {
	words := make([]string, len(s.deliveries))
	for i, d := range s.deliveries {
		words[i] = said(d)
	}
	text := strings.Join(words, ", ")
	if last := strings.LastIndex(text, ", "); last >= 0 {
		text = text[:last] + " and " + text[last+2:]
	}
	first := s.deliveries[0]
	for _, d := range s.deliveries[1:] {
		if d.Status != first.Status || !bytes.Equal(d.Body, first.Body) {
			return text
		}
	}
	if len(s.deliveries) > 1 {
		text += ", the same answer"
	}
	return text
}
