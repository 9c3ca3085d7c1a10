package signature

import (
	"fmt"
	"strings"
	"time"
)

// Shared is the declarative scheme for a secret that both sides know: an HMAC,
// or a plain hash with the secret among the hashed parts. Check tells whether
// its parameters fit together, and Verify and Sign work on those only that do.
type Shared struct {
	Layout
	// Keyed is true for an HMAC. A plain hash has {secret} in its templates.
	Keyed bool
	// Algorithm is one of the constants, or a part that names it in each
	// message: "key:algorithm".
	Algorithm Algorithm
	Secret    SecretForm
}

// Check tells what is wrong with the parameters, nil if they fit together.
func (s Shared) Check() error {
	if _, named := s.Algorithm.named(); !named && !s.Algorithm.Known() {
		return fmt.Errorf("check scheme: algorithm %q, expected md5, sha1, sha256, sha384 or sha512", s.Algorithm)
	}
	if err := s.Layout.check(); err != nil {
		return err
	}
	if part, named := s.Algorithm.named(); named && part.Kind == PartKey && s.List.isZero() {
		return fmt.Errorf("check scheme: algorithm %q, expected a list in the signature", s.Algorithm)
	}
	for _, t := range s.Templates {
		key := false
		for _, p := range t {
			if p.Kind != PartSecret {
				continue
			}
			key = key || p.Name == "" || p.Name == secretPart
			if p.Name != "" && !s.Secret.has(p.Name) {
				return fmt.Errorf("check scheme: template %q, expected the parts of the secret to be %q", t, s.Secret.Parts)
			}
		}
		if key == s.Keyed {
			return fmt.Errorf("check scheme: template %q, expected {secret} in a plain hash and only there", t)
		}
	}
	return s.Secret.check()
}

// WithTolerance returns a copy of s that lets its timestamp be d off, both
// ways; chosen says whose number it is. A scheme without one stays as it is.
func (s Shared) WithTolerance(d time.Duration, chosen string) Shared {
	s.Layout = s.Layout.tolerating(d, chosen)
	return s
}

// Prefer returns a copy of s that signs in the form called variant, for a
// receiver that takes only that one. An unknown variant changes nothing.
func (s Shared) Prefer(variant string) Shared {
	s.Layout = s.Layout.preferring(variant)
	return s
}

// Verify implements Scheme.
func (s Shared) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	return s.verify(m, secrets, now, false)
}

// verify is Verify, without evidence if nobody looks at it.
func (s *Shared) verify(m Message, secrets []Secret, now time.Time, quiet bool) Verdict {
	c := checks.Get().(*sharedCheck)
	c.quiet = quiet
	how := &c.scheme // s itself would have to move to the heap
	if c.plan = planOf(s, secrets); c.plan != nil {
		how = &c.plan.scheme
	} else {
		c.scheme = *s
	}
	c.begin(&how.Layout, how, m)
	v := c.run(secrets, now)
	c.release()
	return v
}

// check is Verify with all that it read.
func (s Shared) check(m Message, secrets []Secret, now time.Time) (*check, Verdict) {
	c := startCheck(&s.Layout, &s, m)
	return c, c.run(secrets, now)
}

// algorithm is the one that counts for this message, "" when it names none
// that is known.
func (s *Shared) algorithm(c *check) Algorithm {
	switch s.Algorithm {
	case SHA256, SHA1, SHA512, SHA384, MD5:
		return s.Algorithm
	}
	part, named := s.Algorithm.named()
	if !named {
		return s.Algorithm
	}
	v := c.value(part)
	if v.Times != 1 {
		return ""
	}
	a := Algorithm(strings.NewReplacer("-", "", "_", "", "hmac", "").Replace(strings.ToLower(v.Text)))
	if !a.Known() {
		return ""
	}
	return a
}

// readKeys implements method.
func (s *Shared) readKeys(c *check, secrets []Secret) Outcome {
	unreadable := ""
	for i := range secrets {
		if secrets[i].value == "" {
			continue
		}
		if b := c.plan.keyOf(&secrets[i]); b != nil {
			c.keys = append(c.keys, key{label: secrets[i].Label, text: secrets[i].value, bytes: b, ready: secrets[i].ready})
			continue
		}
		k, copies, err := s.Secret.appendKey(c.copies, secrets[i])
		if c.copies = copies; err != nil {
			unreadable = secrets[i].Label
			continue
		}
		c.keys = append(c.keys, k)
	}
	if unreadable != "" {
		where, want := "secret "+unreadable, s.Secret.inWords()
		c.fail(stepSecret, fault{aboutSecret, where, want, "", where + " cannot be decoded: expected " + want})
		if len(c.keys) == 0 {
			return Malformed
		}
	}
	if len(c.keys) == 0 {
		c.note(false, stepSecret, "none is configured for this endpoint")
		return NoSecret
	}
	c.hide()
	return ""
}

// fits implements method: a hash has one length.
func (s *Shared) fits(c *check, size int) bool {
	a := s.algorithm(c)
	return a != "" && size == a.size()
}

// shape implements method.
func (s *Shared) shape(c *check) string {
	a := s.algorithm(c)
	if a == "" {
		return "a signature and " + c.partInWords(s.Algorithm)
	}
	return s.Encoding.shape(a.size())
}

// inWords implements method.
func (s *Shared) inWords(c *check) string { return s.algorithm(c).inWords(s.Keyed) }
