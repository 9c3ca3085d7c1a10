package rehearsal

import (
	"sync"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// duplicate sends the very same bytes twice.
func (s *stage) duplicate() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	return s.repeats(m, m)
}

// duplicateLater sends it again after a while, signed anew as providers do.
func (s *stage) duplicateLater() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	first, err := s.sendOnce(m)
	if err != nil {
		return Unknown, "", err
	}
	if err := s.wait(s.Later); err != nil {
		return Unknown, "", err
	}
	again, err := s.sign(m, s.Now())
	if err != nil {
		return Unknown, "", err
	}
	if _, err := s.send(again); err != nil {
		return Unknown, "", err
	}
	return s.unchangedSince(first)
}

// retryAfterError is what a provider does that got a 500 in place of the answer
// although the shop had done its work: it sends it again, and again.
func (s *stage) retryAfterError() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	var again [2]signature.Message
	for i := range again {
		if again[i], err = s.sign(m, s.Now().Add(time.Duration(i+1)*time.Second)); err != nil {
			return Unknown, "", err
		}
	}
	return s.repeats(m, again[:]...)
}

// repeats sends m, and then what repeats it.
func (s *stage) repeats(m signature.Message, again ...signature.Message) (Verdict, string, error) {
	first, err := s.sendOnce(m)
	if err != nil {
		return Unknown, "", err
	}
	for _, m := range again {
		if _, err := s.send(m); err != nil {
			return Unknown, "", err
		}
	}
	return s.unchangedSince(first)
}

// sendOnce sends the first of several and returns the state after it.
func (s *stage) sendOnce(m signature.Message) (state, error) {
	d, err := s.send(m)
	if err != nil {
		return state{}, err
	}
	if !taken(d) {
		return state{}, cannot("the first of them, a genuine one, was answered " + said(d))
	}
	return s.look()
}

// unchangedSince judges repeats by the state after the first of them.
func (s *stage) unchangedSince(first state) (Verdict, string, error) {
	now, err := s.look()
	if err != nil {
		return Unknown, "", err
	}
	for _, d := range s.deliveries[1:] {
		if broke(d) {
			return Fail, "The shop broke on the repeated delivery: " + s.answers() + ".", nil
		}
	}
	switch {
	case now.read && !now.same(first):
		return Fail, s.answers() + "; the repeated delivery changed the shop's state: " + first.change(now) + ".", nil
	case now.read && s.base.moved():
		return Pass, s.answers() + "; the shop's state did not change with the repeat.", nil
	case s.deliveries[len(s.deliveries)-1].Status == 409:
		return Pass, s.answers() + ": the shop knew the delivery.", nil
	}
	return Unknown, s.answers() + "; " + s.blind() + ".", nil
}

// blind says why the state tells nothing.
func (s *stage) blind() string {
	if s.Probe == nil {
		return "whether the shop booked it twice only a probe of its state can tell"
	}
	return "the probe sees no change by a genuine delivery either"
}

// concurrent sends two copies at the same moment.
func (s *stage) concurrent() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	before, err := s.look()
	if err != nil {
		return Unknown, "", err
	}
	var both sync.WaitGroup
	var sent [2]inspector.Delivery
	var failed [2]error
	for i := range sent {
		both.Go(func() { sent[i], failed[i] = s.Send(s.ctx, s.Capture, m, 0) })
	}
	both.Wait()
	for i := range sent {
		if failed[i] != nil {
			return Unknown, "", failed[i]
		}
		s.deliveries = append(s.deliveries, sent[i])
	}
	return s.grownAsByOne(before)
}

// cutOffs are how long a delivery waits for its answer that is to be lost. The
// next one is tried where the shop did nothing: it may not have got all of it.
func cutOffs() []time.Duration {
	return []time.Duration{30 * time.Millisecond, 120 * time.Millisecond, 480 * time.Millisecond}
}

// retryAfterTimeout hangs up before the answer, and sends it again.
func (s *stage) retryAfterTimeout() (Verdict, string, error) {
	var m signature.Message
	var before state
	for _, patience := range cutOffs() {
		var err error
		if m, err = s.genuine(s.Capture); err != nil {
			return Unknown, "", err
		}
		if before, err = s.look(); err != nil {
			return Unknown, "", err
		}
		d, err := s.sendFor(s.Capture, m, patience)
		if err != nil {
			return Unknown, "", err
		}
		now, err := s.look()
		if err != nil {
			return Unknown, "", err
		}
		if !now.read || !now.same(before) || d.Status != 0 {
			break
		}
	}
	again, err := s.sign(m, s.Now().Add(time.Second))
	if err != nil {
		return Unknown, "", err
	}
	last, err := s.send(again)
	if err != nil {
		return Unknown, "", err
	}
	if broke(last) {
		return Fail, "The shop broke on the retry: " + s.answers() + ".", nil
	}
	return s.grownAsByOne(before)
}

// grownAsByOne compares what happened since before with what one genuine
// delivery does: the state in between can't be read.
func (s *stage) grownAsByOne(before state) (Verdict, string, error) {
	now, err := s.look()
	if err != nil {
		return Unknown, "", err
	}
	last := s.deliveries[len(s.deliveries)-1]
	if !now.read || !s.base.moved() {
		if broke(last) {
			return Fail, "The shop broke on one of them: " + s.answers() + ".", nil
		}
		return Unknown, s.answers() + "; " + s.blind() + ".", nil
	}
	times, where := growth(s.base.before, s.base.after, before, now)
	switch {
	case times == 1 && broke(last):
		return Fail, "Booked once, but the shop broke on one of them: " + s.answers() + ".", nil
	case times == 1:
		return Pass, s.answers() + "; it counted once: " + where + ".", nil
	case times > 1:
		return Fail, s.answers() + "; it counted more than once: " + where + ".", nil
	}
	return Unknown, s.answers() + "; the probe shows no count that tells one from two: " + before.change(now) + ".", nil
}
