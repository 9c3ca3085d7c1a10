package signature

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrUnsigned is returned by Sign for a provider that documents no signature.
var ErrUnsigned = errors.New("sign: this provider documents no signature")

// Sign implements Scheme. The parts of the message that the signature covers
// must be there already, but for the time, which is written where it is needed.
func (s Shared) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	if secret.value == "" {
		return m, errors.New("sign: the secret is empty, expected the provider's signing secret")
	}
	k, err := s.Secret.key(secret)
	if err != nil {
		return m, fmt.Errorf("sign: %s cannot be decoded, expected %s", secret, s.Secret.inWords())
	}
	a := s.Algorithm
	var extra []pair
	if part, named := a.named(); named {
		a = SHA256
		if part.Kind != PartKey {
			if m, err = write(m, part, a.inHeaders()); err != nil {
				return m, err
			}
		} else {
			extra = append(extra, pair{part.Name, a.inHeaders()})
		}
	}
	return s.Layout.sign(&s, m, now, []key{k}, extra, func(c *check, pieces []piece) ([]byte, error) {
		if missing := c.derive(s.Secret); missing != nil {
			return nil, errors.New("sign: " + missing.evidence)
		}
		return a.over(s.Keyed, c.keys[0], pieces), nil
	})
}

// sign writes the time and the signature that compute makes into a copy of m.
// extra goes into the list beside it.
func (l Layout) sign(how method, m Message, now time.Time, keys []key, extra []pair, compute func(*check, []piece) ([]byte, error)) (Message, error) {
	at := l.At[0]
	if at.numbered() {
		at.Name = strings.TrimSuffix(at.Name, "*") + "1"
	}
	for _, t := range l.Templates {
		if t.holds(at) {
			return m, fmt.Errorf("sign: %s is part of what is signed, expected the signature to stand outside of it", at.inWords())
		}
	}
	signed, stamp, err := l.stamped(m, now)
	if err != nil {
		return m, err
	}
	c := startCheck(&l, how, signed)
	c.stamp, c.keys = stamp, keys
	c.hide()
	if o := c.readBody(); o != "" {
		return m, errors.New("sign: " + c.fault.evidence)
	}
	if l.Timestamp.At.Kind == PartKey {
		extra = append([]pair{{l.Timestamp.At.Name, stamp}}, extra...)
	}
	c.pairs = l.kept(c.fields, at, extra)
	if o := c.readParts(); o != "" {
		return m, errors.New("sign: " + c.fault.evidence)
	}
	sum, err := compute(c, c.texts[0].pieces)
	if err != nil {
		return m, err
	}
	signed.Head = nil
	for _, other := range l.At[1:] {
		if other.Kind == PartHeader {
			signed.Header = signed.Header.Without(other.Name)
		}
	}
	signed, err = write(signed, at, l.wrap(l.written(c.fields, at, sum), c.pairs))
	if err != nil {
		return m, err
	}
	return signed, nil
}

// written is a signature as text, with what stands around it.
func (l Layout) written(f *Fields, at Part, sum []byte) string {
	text := l.Encoding.encode(sum)
	if l.Upper && (l.Encoding == Hex || l.Encoding == HexOrBase64) {
		text = strings.ToUpper(text)
	}
	if l.Unescape {
		text = strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(text)
	}
	if l.Suffix != "" {
		// What stands behind it says which key was used; 1 is the usual one.
		_, behind, there := strings.Cut(f.Get(at).Text, l.Suffix)
		if !there {
			behind = "1"
		}
		text += l.Suffix + behind
	}
	return l.Prefix + text
}

// kept are the pairs of the list that m has already, but for its signatures,
// with fresh ones in their place.
func (l Layout) kept(f *Fields, at Part, fresh []pair) []pair {
	if l.List.isZero() {
		return nil
	}
	old, _ := l.List.split(f.Get(at).Text, maxSignatures)
	var out []pair
	for _, p := range fresh {
		if p.key != "" {
			out = append(out, p)
		}
	}
	for _, p := range old {
		if p.value == "" || l.List.Equals == "" || l.List.signs(p.key) || has(fresh, p.key) {
			continue
		}
		out = append(out, p)
	}
	return out
}

func has(pairs []pair, key string) bool {
	for _, p := range pairs {
		if p.key == key {
			return true
		}
	}
	return false
}

// wrap puts a signature into the list, if the scheme has one: behind the time
// and whatever else stands there.
func (l Layout) wrap(value string, beside []pair) string {
	if l.List.isZero() {
		return value
	}
	own := pair{l.List.first(), value}
	if l.List.Equals != "" {
		return l.List.join(append(beside, own))
	}
	// Parts without keys count by their place.
	pairs := []pair{own}
	for _, p := range beside {
		if p.key < own.key {
			pairs = append([]pair{p}, pairs...)
		} else {
			pairs = append(pairs, p)
		}
	}
	return l.List.join(pairs)
}
