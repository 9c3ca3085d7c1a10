package ui

import "time"

// soonWait is how long a typist has to pause before what he typed is looked at.
const soonWait = 200 * time.Millisecond

// soon does something when nothing new was asked for a moment.
type soon struct {
	window *Window
	number int
}

// ask does act after a pause, unless it is asked again before.
func (s *soon) ask(act func()) {
	s.number++
	mine := s.number
	s.window.later(soonWait, func() {
		if mine == s.number {
			act()
		}
	})
}

// drop forgets what was asked, and what is being worked on.
func (s *soon) drop() { s.number++ }

// turn is drop, and tells who asks now: a result counts only while latest holds
// of it.
func (s *soon) turn() int {
	s.drop()
	return s.number
}

func (s *soon) latest(turn int) bool { return turn == s.number }
