package ui

import (
	"time"

	"shopbell/app/ui/complete"
)

// leaveWait is how long completions stay after the field lost the keyboard: a
// click on one takes the keyboard first.
const leaveWait = 200 * time.Millisecond

// complete shows what the word at the cursor can be completed to. asked is set
// when the user wants to see it although nothing is typed.
func (s *searchField) complete(asked bool) {
	s.offers = complete.Offers(s.entry.Text, s.entry.cursor(), s.known(), asked)
	var lines []dropLine
	for _, o := range s.offers {
		lines = append(lines, dropLine{label: o.Label(), says: offerWords(o)})
	}
	s.drop.offer(lines)
	s.onGrown()
}

// take puts an offer into the text.
func (s *searchField) take(place int) {
	if place >= len(s.offers) {
		return
	}
	o := s.offers[place]
	text, cursor := o.Apply(s.entry.Text)
	if !o.Open {
		s.put(text, cursor)
		s.focus(s.entry)
		return
	}
	s.set = true
	s.entry.put(text, cursor)
	s.set = false
	s.focus(s.entry)
	s.complete(false)
	s.read()
}

// close puts the completions away, and says what is wrong with the text.
func (s *searchField) close() {
	if !s.drop.Visible() {
		return
	}
	s.drop.offer(nil)
	s.read()
}

// leave closes the completions when the keyboard has gone elsewhere.
func (s *searchField) leave() {
	s.later(leaveWait, func() {
		if !s.entry.focused && !s.drop.held {
			s.close()
		}
	})
}
