package signature

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Shared is the declarative scheme for a secret that both sides know: an HMAC,
// or a plain hash with the secret among the hashed parts. Its fields are the
// parameters of a catalogue file; Check tells whether they fit together, and
// Verify and Sign work on those only that do.
type Shared struct {
	// Keyed is true for an HMAC. A plain hash has {secret} in its templates.
	Keyed     bool
	Algorithm Algorithm
	// Encoding is how the signature is written.
	Encoding Encoding
	// At is where the signature stands: a header, query, json or form part.
	At Part
	// Prefix stands before the signature, for example "sha256=".
	Prefix string
	// List says how to find signatures in a list; its zero value means that
	// the whole value is one signature.
	List List
	// Templates are the documented forms of the signed text. Any may match;
	// the first is the one that Sign uses.
	Templates []Template
	Secret    SecretForm
	Timestamp Timestamp
	// JSONObject makes a body that is not one JSON object malformed. With two
	// templates it can be what keeps them apart: a text signed for one order
	// must not be cut again into valid parts of the other.
	JSONObject bool
}

// List is a signature value made of keys and values: "ts=...;v0=...;v1=...".
type List struct {
	// Pairs stands between pairs, Equals between key and value. Space around
	// a key, a value or a pair is ignored.
	Pairs  string
	Equals string
	// Keys hold signatures. "v*" is v and digits; other keys are ignored.
	Keys []string
}

// SecretForm is how the text of a secret becomes the key.
type SecretForm struct {
	// Strip is taken off the front if it is there, for example "whsec_".
	Strip string
	// Encoding is PlainText when empty: the bytes of the text.
	Encoding Encoding
}

// Check tells what is wrong with the parameters, nil if they fit together.
func (s Shared) Check() error {
	switch {
	case s.Algorithm.hash() == nil:
		return fmt.Errorf("check scheme: algorithm %q, expected md5, sha1, sha256 or sha512", s.Algorithm)
	case s.Encoding != Hex && s.Encoding != Base64 && s.Encoding != Base64URL:
		return fmt.Errorf("check scheme: encoding %q, expected hex, base64 or base64url", s.Encoding)
	case !slices.Contains([]PartKind{PartHeader, PartQuery, PartJSON, PartForm}, s.At.Kind):
		return fmt.Errorf("check scheme: signature %q, expected a header, query, json or form part", s.At)
	case len(s.Templates) == 0:
		return errors.New("check scheme: no template, expected at least one")
	}
	if err := s.checkList(); err != nil {
		return err
	}
	return s.checkTemplates()
}

func (s Shared) checkList() error {
	l := s.List
	switch {
	case l.Pairs == "" && l.Equals == "" && len(l.Keys) == 0:
		if s.Timestamp.At.Kind == PartKey {
			return fmt.Errorf("check scheme: timestamp %q, expected a list in the signature", s.Timestamp.At)
		}
		return nil
	case l.Pairs == "" || l.Equals == "" || len(l.Keys) == 0:
		return errors.New("check scheme: half a list, expected pairs, equals and keys")
	}
	return nil
}

func (s Shared) checkTemplates() error {
	timed := !s.Timestamp.At.IsZero()
	if timed && s.Timestamp.Format == "" {
		return errors.New("check scheme: timestamp without a format")
	}
	for _, t := range s.Templates {
		switch {
		case len(t) == 0:
			return errors.New("check scheme: an empty template")
		case t.has(PartKey):
			return fmt.Errorf("check scheme: template %q has a key part, expected {timestamp}", t)
		case t.has(PartTimestamp) && !timed:
			return fmt.Errorf("check scheme: template %q has a timestamp, expected to be told where it stands", t)
		case t.has(PartSecret) == s.Keyed:
			return fmt.Errorf("check scheme: template %q, expected {secret} in a plain hash and only there", t)
		}
	}
	return nil
}

// WithTolerance returns a copy of s that lets its timestamp be d off, both
// ways; chosen says whose number it is. A scheme without one stays as it is.
func (s Shared) WithTolerance(d time.Duration, chosen string) Shared {
	if !s.Timestamp.At.IsZero() {
		s.Timestamp.Tolerance, s.Timestamp.Chosen = d, chosen
	}
	return s
}

// Prefer returns a copy of s that signs in the form called variant, for a
// receiver that takes only that one. An unknown variant changes nothing.
func (s Shared) Prefer(variant string) Shared {
	for i, t := range s.Templates {
		if t.Variant() == variant {
			rest := slices.Delete(slices.Clone(s.Templates), i, i+1)
			s.Templates = append([]Template{t}, rest...)
			return s
		}
	}
	return s
}

// Verify implements Scheme.
func (s Shared) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	_, v := s.check(m, secrets, now)
	return v
}

// check is Verify with all that it read.
func (s Shared) check(m Message, secrets []Secret, now time.Time) (*check, Verdict) {
	c := &check{Shared: s, m: m, fields: ReadFields(m), steps: make([]Step, 0, 6)}
	for _, read := range [...]func(*check) Outcome{
		func(c *check) Outcome { return c.readSecrets(secrets) },
		(*check).readSignatures,
		func(c *check) Outcome { return c.readTimestamp(now) },
		(*check).readBody,
		(*check).readParts,
	} {
		if outcome := read(c); outcome != "" {
			return c, c.verdict(outcome)
		}
	}
	return c, c.compare()
}
