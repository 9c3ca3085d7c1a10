package signature

import (
	"errors"
	"fmt"
	"time"
)

// Spoiling is a way to make a signed delivery wrong that whoever checks it must
// notice. The strings are stable; those of rehearsal plans are the same.
type Spoiling string

// The ways to spoil a delivery.
const (
	TamperedBody      Spoiling = "tampered_body"      // a covered value changed after signing
	TamperedSignature Spoiling = "tampered_signature" // a digit of the signature changed
	MissingSignature  Spoiling = "missing_signature"  // the signature taken out
	StaleTimestamp    Spoiling = "stale_timestamp"    // signed long ago
	OtherSecret       Spoiling = "other_secret"       // signed with another secret
	RenamedHeader     Spoiling = "renamed_header"     // the signature in a header of another name
)

// Spoilings lists all ways.
func Spoilings() []Spoiling {
	return []Spoiling{TamperedBody, TamperedSignature, MissingSignature, StaleTimestamp, OtherSecret, RenamedHeader}
}

// Expected is what a check with the right secret comes to.
func (s Spoiling) Expected() Outcome {
	switch s {
	case MissingSignature, RenamedHeader:
		return Missing
	case StaleTimestamp:
		return Stale
	}
	return Mismatch
}

// ErrCannotSpoil is wrapped by the error of a spoiling that a scheme, or this
// message of it, does not allow; the error says why.
var ErrCannotSpoil = errors.New("it can't be spoiled so")

// Spoiler spoils messages of a scheme.
type Spoiler struct {
	Scheme Scheme
	// Signs is the secret, or the private key, that a genuine message is signed
	// with.
	Signs Secret
	// Verifies is the public key where Signs is a private one, else Signs when
	// its zero value.
	Verifies Secret
	// Now is the time that the message is received at.
	Now time.Time
}

// Spoil returns a copy of a genuine signed message that is wrong in the way
// how: checked at Now with the right secret it comes to how.Expected(). Nothing
// else of it changes. The error wraps ErrCannotSpoil when there is no such copy.
func (s Spoiler) Spoil(signed Message, how Spoiling) (Message, error) {
	if _, ok := s.Scheme.(NoSignature); ok {
		return signed, fmt.Errorf("spoil a delivery by %s: %w: the provider documents no signature", how, ErrCannotSpoil)
	}
	var out Message
	var why string
	switch how {
	case TamperedBody:
		out, why = s.tamperBody(signed)
	case TamperedSignature:
		out, why = s.tamperSignature(signed)
	case MissingSignature:
		out, why = s.dropSignature(signed)
	case StaleTimestamp:
		out, why = s.signOld(signed)
	case OtherSecret:
		out, why = s.signOther(signed)
	case RenamedHeader:
		out, why = s.renameHeader(signed)
	default:
		return signed, fmt.Errorf("spoil a delivery by %q: expected one of %v", string(how), Spoilings())
	}
	if why != "" {
		return signed, fmt.Errorf("spoil a delivery by %s: %w: %s", how, ErrCannotSpoil, why)
	}
	out.Head = nil
	return sized(out), nil
}

// Possible lists the ways in which a signed message can be spoiled.
func (s Spoiler) Possible(signed Message) (ways []Spoiling) {
	for _, how := range Spoilings() {
		if _, err := s.Spoil(signed, how); err == nil {
			ways = append(ways, how)
		}
	}
	return ways
}

// check judges m as its receiver would.
func (s Spoiler) check(m Message) Verdict {
	secret := s.Verifies
	if secret.value == "" {
		secret = s.Signs
	}
	return s.Scheme.Verify(m, []Secret{secret}, s.Now)
}

// noticed tells whether a check of m comes to the outcome that how stands for.
// Among several changes of one kind it picks the one that is what it claims to
// be: a scheme may sign part of a value only, or pad it.
func (s Spoiler) noticed(m Message, how Spoiling) bool {
	return s.check(m).Outcome == how.Expected()
}

// dropSignature takes out every place where a signature may stand.
func (s Spoiler) dropSignature(signed Message) (Message, string) {
	m := signed
	places := standingIn(s.Scheme, signed)
	for _, at := range places {
		m = without(m, at)
	}
	if len(places) == 0 || !s.noticed(m, MissingSignature) {
		return m, "its signature cannot be taken out"
	}
	return m, ""
}

// renameHeader gives the headers with the signature another name, as a proxy
// does that moves what it does not know.
func (s Spoiler) renameHeader(signed Message) (Message, string) {
	m := signed
	m.Header = append(Header{}, signed.Header...)
	places := standingIn(s.Scheme, signed)
	for _, at := range places {
		if at.Kind != PartHeader {
			return m, "the signature does not stand in a header"
		}
		for i, f := range m.Header {
			if sameName(f.Name, at.Name) {
				m.Header[i].Name = "X-Original-" + f.Name
			}
		}
	}
	if len(places) == 0 || !s.noticed(m, RenamedHeader) {
		return m, "no header can be renamed"
	}
	return m, ""
}

// again signs m with secret as of at, so that a check comes to how's outcome. A
// signature in a second place would still be good: then all are taken out first.
func (s Spoiler) again(m Message, secret Secret, at time.Time, how Spoiling) (Message, bool) {
	bare := m
	for _, p := range standingIn(s.Scheme, m) {
		bare = without(bare, p)
	}
	for _, from := range []Message{m, bare} {
		if out, err := s.Scheme.Sign(from, secret, at); err == nil && s.noticed(out, how) {
			return out, true
		}
	}
	return m, false
}

// signOld signs m at a time that no tolerance reaches.
func (s Spoiler) signOld(m Message) (Message, string) {
	for _, age := range []time.Duration{24 * time.Hour, 30 * 24 * time.Hour, 400 * 24 * time.Hour} {
		if old, ok := s.again(m, s.Signs, s.Now.Add(-age), StaleTimestamp); ok {
			return old, ""
		}
	}
	return m, "its age is not checked, or it can't be signed anew"
}

// signOther signs m with a secret of the same form that is not the right one.
func (s Spoiler) signOther(m Message) (Message, string) {
	if pair, ok, err := newPair(s.Scheme, strangerRSA); ok {
		if err != nil {
			return m, err.Error()
		}
		if other, ok := s.again(m, NewSecret("another", pair.Private), s.Now, OtherSecret); ok {
			return other, ""
		}
		return m, "no other key can sign it"
	}
	for i := len(s.Signs.value) - 1; i >= 0 && i >= len(s.Signs.value)-maxSpoilTries; i-- {
		text := changedIn(s.Signs.value, i)
		if text == s.Signs.value {
			continue
		}
		if other, ok := s.again(m, NewSecret("another", text), s.Now, OtherSecret); ok {
			return other, ""
		}
	}
	return m, "no other secret can sign it"
}
