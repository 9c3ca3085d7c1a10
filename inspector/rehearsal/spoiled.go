package rehearsal

import (
	"errors"
	"fmt"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func (s *stage) tamperedBody() (Verdict, string, error) { return s.spoiled(signature.TamperedBody) }
func (s *stage) tamperedSignature() (Verdict, string, error) {
	return s.spoiled(signature.TamperedSignature)
}
func (s *stage) staleTimestamp() (Verdict, string, error) { return s.spoiled(signature.StaleTimestamp) }
func (s *stage) missingSignature() (Verdict, string, error) {
	return s.spoiled(signature.MissingSignature)
}

// spoil makes a genuine delivery wrong.
func (s *stage) spoil(m signature.Message, how signature.Spoiling) (signature.Message, error) {
	if s.base.unsigned != "" {
		return m, cannot("it takes a genuine signature to spoil one, and nothing can be signed: " + s.base.unsigned)
	}
	out, err := signature.Spoiler{Scheme: s.Provider.Scheme, Signs: s.Signs, Now: s.Now()}.Spoil(m, how)
	if errors.Is(err, signature.ErrCannotSpoil) {
		return m, cannot(err.Error())
	}
	return out, err
}

// spoiled sends a delivery that a shop must not take.
func (s *stage) spoiled(how signature.Spoiling) (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	if m, err = s.spoil(m, how); err != nil {
		return Unknown, "", err
	}
	d, before, now, err := s.watched(m)
	if err != nil {
		return Unknown, "", err
	}
	return s.refusal(d, before, now)
}

// refusal judges how the shop treated a forged delivery.
func (s *stage) refusal(d inspector.Delivery, before, now state) (Verdict, string, error) {
	switch {
	case now.read && !now.same(before):
		return Fail, said(d) + "; the shop acted on it: " + before.change(now) + ".", nil
	case taken(d) && now.read && s.base.moved():
		return Pass, said(d) + ", but the shop's state did not change.", nil
	case taken(d):
		return Fail, said(d) + ": the shop took it.", nil
	case broke(d) && !now.read:
		return Unknown, "The shop broke on it: " + said(d) + ".", nil
	case now.read:
		return Pass, said(d) + "; the shop's state did not change.", nil
	}
	return Pass, said(d) + ": the shop refused it.", nil
}

// strangeEvent is an event that no provider has.
const strangeEvent = "shopbell.unknown_event"

// unknownEvent sends a genuine delivery of an event that the shop can't know:
// providers add events, and one that is refused comes again and again.
func (s *stage) unknownEvent() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	m, ok := s.Provider.WithEvent(m, strangeEvent)
	if !ok {
		return Unknown, "", cannot("the event stands in no place of its own")
	}
	if s.base.unsigned != "" {
		return Unknown, "", cannot("another event can't be signed: " + s.base.unsigned)
	}
	if m, err = s.sign(m, s.Now()); err != nil {
		return Unknown, "", err
	}
	d, before, now, err := s.watched(m)
	switch {
	case err != nil:
		return Unknown, "", err
	case now.read && !now.same(before):
		return Fail, fmt.Sprintf("%s; the shop acted on the event %q: %s.", said(d), strangeEvent, before.change(now)), nil
	case taken(d):
		return Pass, fmt.Sprintf("The event %q was answered %s.", strangeEvent, said(d)), nil
	}
	return Fail, fmt.Sprintf("The event %q was answered %s: a provider sends it again and again, and may give up on the endpoint.", strangeEvent, said(d)), nil
}

// sameIDOtherContent sends other content, well signed, under an id that the
// shop has had.
func (s *stage) sameIDOtherContent() (Verdict, string, error) {
	m, err := s.genuine(s.Capture)
	if err != nil {
		return Unknown, "", err
	}
	id := s.Provider.DeliveryID(m)
	if id.Text == "" || id.Derived {
		return Unknown, "", cannot("a delivery has no id in a place of its own")
	}
	other, err := s.spoil(m, signature.TamperedBody)
	if err != nil {
		return Unknown, "", err
	}
	if other, err = s.sign(other, s.Now()); err != nil {
		return Unknown, "", err
	}
	if s.Provider.DeliveryID(other) != id {
		return Unknown, "", cannot("its content can't be changed without its id")
	}
	return s.repeats(m, other)
}
