package signature

import (
	"crypto"
	"errors"
	"fmt"
	"slices"
	"time"
)

// PublicKey is the declarative scheme of a provider that signs with a private
// key: whoever has the public one can check. The configured secret is that
// public key; a scheme can have published keys or fetch them.
type PublicKey struct {
	Layout
	Algorithm PublicAlgorithm
	Keys      KeySource
	// Secret says how the text of the key is found in the configured secret.
	// Its encoding has no meaning: keys are read in all their forms.
	Secret SecretForm
}

// maxPublicTries bounds the comparisons of one message: each costs up to 0.3 ms.
const maxPublicTries = 128

// Check tells what is wrong with the parameters, nil if they fit together.
func (s PublicKey) Check() error {
	if !s.Algorithm.Known() {
		return fmt.Errorf("check scheme: algorithm %q, expected one like ed25519, rsa-sha256 or ecdsa-sha256", s.Algorithm)
	}
	for _, t := range append([]Template{s.Text}, s.Templates...) {
		for _, p := range t {
			if p.Kind == PartSecret && (p.Name == "" || p.Name == secretPart || !s.Secret.has(p.Name)) {
				return fmt.Errorf("check scheme: template %q, expected no secret but named parts of it", t)
			}
		}
	}
	if err := s.Layout.check(); err != nil {
		return err
	}
	if err := s.Secret.check(); err != nil {
		return err
	}
	return s.Keys.Check()
}

// WithTolerance returns a copy of s that lets its timestamp be d off, both
// ways; chosen says whose number it is. A scheme without one stays as it is.
func (s PublicKey) WithTolerance(d time.Duration, chosen string) PublicKey {
	s.Layout = s.Layout.tolerating(d, chosen)
	return s
}

// Prefer returns a copy of s that signs in the form called variant. An unknown
// variant changes nothing.
func (s PublicKey) Prefer(variant string) PublicKey {
	s.Layout = s.Layout.preferring(variant)
	return s
}

// WithKeys returns a copy of s whose keys may be fetched with f.
func (s PublicKey) WithKeys(f KeyFetcher) Scheme {
	s.Keys.fetcher = f
	return s
}

// Facts of s.
func (s PublicKey) Facts() Facts {
	f := s.Layout.facts()
	f.Name = s.Algorithm.inWords() + " in " + f.Name
	return f
}

// Verify implements Scheme.
func (s PublicKey) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	_, v := s.check(m, secrets, now)
	return v
}

// check is Verify with all that it read.
func (s PublicKey) check(m Message, secrets []Secret, now time.Time) (*check, Verdict) {
	c := startCheck(&s.Layout, &s, m)
	c.secrets, c.now = secrets, now
	return c, c.run(secrets, now)
}

// readKeys implements method. Keys are looked for when everything else is
// there, because that may need the network.
func (s *PublicKey) readKeys(c *check, secrets []Secret) Outcome {
	for _, secret := range secrets {
		if secret.value != "" {
			c.keys = append(c.keys, key{label: secret.Label, text: secret.value})
		}
	}
	if len(c.keys) == 0 && s.Keys.isZero() {
		c.note(false, stepSecret, "none is configured for this endpoint")
		return NoSecret
	}
	c.hide()
	return ""
}

// fits implements method. The length of the others depends on the key.
func (s *PublicKey) fits(_ *check, size int) bool {
	if s.Algorithm == Ed25519 {
		return size == 64
	}
	return size >= 8 && size <= maxRSA/8
}

// shape implements method.
func (s *PublicKey) shape(*check) string {
	if s.Algorithm == Ed25519 {
		return s.Encoding.shape(64)
	}
	return "a signature in " + s.Encoding.inWords()
}

// inWords implements method.
func (s *PublicKey) inWords(*check) string { return s.Algorithm.inWords() }

// compare implements method.
func (s *PublicKey) compare(c *check) Verdict {
	tries, tried := 0, 0
	var failed keysFound
	for _, secrets := range s.groups(c) {
		found := s.Keys.find(keyQuery{secrets: secrets, text: s.keyText, id: s.keyID(c), value: c.value, now: c.now})
		if found.outcome != "" {
			failed = found
			continue
		}
		if found.from != "" {
			c.note(true, stepKey, found.from)
		}
		parts := s.Secret.partsOf(secrets)
		for i := range c.texts {
			t := &c.texts[i]
			pieces := bytesWith(t.pieces, parts)
			for _, k := range found.keys {
				tried++
				for i := range c.found {
					f := &c.found[i]
					if tries++; tries > maxPublicTries {
						break
					}
					if s.Algorithm.verify(k.key, pieces, f.bytes) {
						return c.matched(t, label{k.label, labelled(secrets, k.label)}, f)
					}
				}
			}
		}
	}
	if tried == 0 {
		c.fail(stepSecret, fault{aboutSecret, "key", "a public key that can be read", "", failed.says})
		return c.verdict(failed.outcome)
	}
	return s.differs(c, tried)
}

// labelled tells whether one of the secrets bears that label.
func labelled(secrets []Secret, label string) bool {
	return slices.ContainsFunc(secrets, func(s Secret) bool { return s.Label == label })
}

// groups are the secrets that can be tried together: each alone where its other
// parts go into the text; none at all where keys come from elsewhere.
func (s *PublicKey) groups(c *check) [][]Secret {
	if len(s.Secret.Parts) == 0 || len(c.secrets) == 0 {
		return [][]Secret{c.secrets}
	}
	var out [][]Secret
	for _, secret := range c.secrets {
		out = append(out, []Secret{secret})
	}
	return out
}

func (s *PublicKey) differs(c *check, keys int) Verdict {
	c.note(true, "Signed text", c.textInWords(c.texts[0]))
	evidence := c.short(c.found[0].text) + " was not made by the owner of the key"
	if keys > 1 {
		evidence = c.short(c.found[0].text) + " fits none of " + itoa(int64(keys)) + " tries with the keys at hand"
	}
	c.note(false, s.inWords(c)+" compared", evidence)
	return c.verdict(Mismatch)
}

func (s *PublicKey) keyID(c *check) string {
	if s.Keys.ID.IsZero() {
		return ""
	}
	return c.value(s.Keys.ID).Text
}

// keyText is the key in the text of a secret.
func (s PublicKey) keyText(text string) (string, error) {
	form := s.Secret
	form.Encoding, form.Derive, form.LastOptional = PlainText, "", true
	k, err := form.key(Secret{value: text})
	return string(k.bytes), err
}

// partsOf are the parts of the one secret of a group.
func (f SecretForm) partsOf(secrets []Secret) key {
	if len(f.Parts) == 0 || len(secrets) == 0 {
		return key{}
	}
	f.LastOptional, f.Encoding, f.Derive = true, PlainText, ""
	k, err := f.key(secrets[0])
	if err != nil {
		return key{}
	}
	return k
}

// bytesWith are the pieces of a text with the parts of the secret in place.
func bytesWith(pieces []piece, k key) [][]byte {
	out := make([][]byte, len(pieces))
	for i, p := range pieces {
		out[i] = p.bytes
		if p.secret {
			// A filter that cannot take it leaves it out: no signature fits.
			out[i], _ = k.piece(*p.part)
		}
	}
	return out
}

// Sign implements Scheme. secret is the private key here.
func (s PublicKey) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	if secret.value == "" {
		return m, errors.New("sign: the secret is empty, expected a private key to sign with (PEM, JWK, or the seed of an Ed25519 key)")
	}
	text, err := s.keyText(secret.value)
	if err != nil {
		return m, fmt.Errorf("sign: %s cannot be read, expected %s", secret, s.Secret.inWords())
	}
	signer, err := parsePrivateKey(text)
	if err != nil {
		return m, fmt.Errorf("sign: %s is no private key, expected one to sign with (PEM, JWK, or the seed of an Ed25519 key)", secret)
	}
	if s.public(text, m, secret, now) {
		return m, fmt.Errorf("sign: %s is the public key that verifies, expected the private one to sign with", secret)
	}
	return s.signWith(signer, m, secret, now)
}

func (s PublicKey) signWith(signer crypto.Signer, m Message, secret Secret, now time.Time) (Message, error) {
	parts := s.Secret.partsOf([]Secret{secret})
	k := key{label: secret.Label, text: secret.value, parts: parts.parts}
	return s.Layout.sign(&s, m, now, []key{k}, nil, func(c *check, pieces []piece) ([]byte, error) {
		return s.Algorithm.sign(signer, bytesWith(pieces, parts))
	})
}
