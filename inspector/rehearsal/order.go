package rehearsal

import (
	"bytes"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// reorder sends the newer of two captures first, as happens when the older one
// is delivered again after a fault.
func (s *stage) reorder() (Verdict, string, error) {
	if s.Other.ID == (ulid.ULID{}) {
		return Unknown, "", cannot("it takes a second capture of the same order")
	}
	newer, older := s.Capture, s.Other
	if older.Received.After(newer.Received) {
		newer, older = older, newer
	}
	var states [2]state
	for i, c := range []inspector.Capture{newer, older} {
		m, err := s.genuine(c)
		if err != nil {
			return Unknown, "", err
		}
		d, err := s.sendFor(c, m, 0)
		if err != nil {
			return Unknown, "", err
		}
		if i == 0 && !taken(d) {
			return Unknown, "", cannot("the newer one, a genuine one, was answered " + said(d))
		}
		if states[i], err = s.look(); err != nil {
			return Unknown, "", err
		}
	}
	return s.reordered(newer, older, states[0], states[1])
}

// reordered judges the states after the newer and after the older one.
func (s *stage) reordered(newer, older inspector.Capture, before, now state) (Verdict, string, error) {
	last := s.deliveries[1]
	what := before.overwritten(now)
	switch {
	case broke(last):
		return Fail, "The shop broke on the older one: " + said(last) + ".", nil
	case now.read && what != "":
		return Fail, "The older one wrote over what the newer one had set: " + what + ".", nil
	case now.read && now.shows(newer, older):
		return Pass, fmt.Sprintf("The older one was answered %s and wrote over nothing.", said(last)), nil
	}
	return Unknown, fmt.Sprintf("The older one was answered %s; what it did to the newer one's state no probe shows.", said(last)), nil
}

// shows tells whether a value of the state is one that the newer capture has and
// the older one has not, such as the status of an order.
func (st state) shows(newer, older inspector.Capture) bool {
	was := map[string]bool{}
	for _, value := range newState(older.Message.Body).leaves {
		was[value] = true
	}
	for _, value := range newState(newer.Message.Body).leaves {
		if was[value] || len(value) < 3 {
			continue
		}
		for _, shown := range st.leaves {
			if shown == value {
				return true
			}
		}
	}
	return false
}

// late sends a delivery whose signature is nearly too old: a provider's queue
// was slow, and the event is as true as before.
func (s *stage) late() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	age, err := s.delay()
	if err != nil {
		return Unknown, "", err
	}
	if m, err = s.sign(m, s.Now().Add(-age)); err != nil {
		return Unknown, "", err
	}
	d, err := s.send(m)
	if err != nil {
		return Unknown, "", err
	}
	what := "what it tells is of " + s.Capture.Received.Format(time.DateTime)
	if age > 0 {
		what = "signed " + age.String() + " ago, which the provider's rules allow"
	}
	if !taken(d) {
		return Fail, "The shop refuses a late delivery: " + said(d) + " (" + what + ").", nil
	}
	return Pass, said(d) + ": the shop takes a late delivery (" + what + ").", nil
}

// delay is the largest of a few that the provider's rules allow, 0 where a
// signature has no time.
func (s *stage) delay() (time.Duration, error) {
	now := s.Now()
	young, err := s.sign(s.Capture.Message, now)
	if err != nil {
		return 0, err
	}
	for _, age := range []time.Duration{4 * time.Minute, time.Minute, 20 * time.Second} {
		old, err := s.sign(s.Capture.Message, now.Add(-age))
		if err != nil || bytes.Equal(old.Raw(), young.Raw()) {
			return 0, err
		}
		if s.Provider.Judge(old, []signature.Secret{s.Signs}, now).Outcome == signature.Verified {
			return age, nil
		}
	}
	return 0, nil
}
