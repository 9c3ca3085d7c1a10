package signature

import (
	"crypto"
	"crypto/hmac"
	"errors"
	"fmt"
	"strings"
)

// readPublicKeys finds the public keys that the token may be signed with.
func (c *tokenCheck) readPublicKeys() Outcome {
	if c.alg.public == "" || len(c.public) == 0 && len(c.keys) > 0 && c.form.Key.unset() {
		return "" // compare says that no key fits
	}
	id := c.token.kid
	if !c.form.Key.ID.IsZero() {
		id = c.value(c.form.Key.ID).Text
	}
	found := c.form.Key.find(keyQuery{secrets: c.public, id: id, value: c.value, now: c.now})
	if found.outcome != "" {
		c.fail(stepSecret, fault{aboutSecret, "secret " + found.unreadable, "a public key", "", found.says})
		return found.outcome
	}
	if found.from != "" {
		c.note(true, stepKey, "public key "+found.from)
	}
	c.known = found.keys
	return ""
}

// compare checks the signature over the pieces with every key that fits, and
// returns the label of the one that matches.
func (c *tokenCheck) compare(pieces [][]byte) (matched key, ok bool) {
	count := 0
	if c.alg.shared != "" {
		for _, k := range c.keys {
			count++
			if hmac.Equal(c.alg.mac(k.bytes, pieces), c.token.sig) {
				matched, ok = k, true
				break
			}
		}
	}
	for _, k := range c.known {
		if ok || !c.alg.fits(k.key) {
			continue
		}
		count++
		if c.alg.verify(k.key, pieces, c.token.sig) {
			matched, ok = key{label: k.label}, true
		}
	}
	name := c.alg.inWords() + " compared"
	switch {
	case ok:
		c.note(true, name, c.short(Base64URL.encode(c.token.sig))+" matches with secret "+matched.label)
	case count == 0:
		c.note(false, name, "no key fits "+c.token.alg+": configured is "+c.kinds())
	default:
		c.note(false, name, "the signature of the token was made with none of the keys ("+itoa(int64(count))+" tried)")
	}
	return matched, ok
}

// kinds names the keys at hand.
func (c *tokenCheck) kinds() string {
	switch {
	case len(c.known) > 0:
		return keyInWords(c.known[0].key)
	case len(c.keys) > 0:
		return "a shared secret"
	}
	return "a public key"
}

func (a joseAlgorithm) inWords() string {
	if a.shared != "" {
		return a.shared.inWords(true)
	}
	return a.public.inWords()
}

// signWith returns the algorithm and the signing function for a secret: the
// first algorithm of the form that fits the key.
func (f TokenForm) signWith(secret Secret) (name string, k key, sign func([][]byte) ([]byte, error), err error) {
	if secret.value == "" {
		return "", k, nil, errors.New("sign: the secret is empty, expected the provider's signing secret or a private key")
	}
	signer, noKey := parsePrivateKey(secret.value)
	if noKey == nil && anyShared(f.Algorithms) && !strings.Contains(secret.value, pemBegin) && !strings.HasPrefix(secret.value, "{") {
		noKey = errNoPrivateKey // 32 bytes are as good a shared secret
	}
	for _, name := range f.Algorithms {
		a, _ := joseAlgorithmOf(name)
		switch {
		case noKey == nil && a.fits(signer.Public()):
			return name, key{label: secret.Label, text: secret.value}, func(pieces [][]byte) ([]byte, error) { return a.signPublic(signer, pieces) }, nil
		case noKey != nil && a.shared != "" && !publicText(secret.value):
			if k, err = f.Secret.key(secret); err != nil {
				return "", k, nil, fmt.Errorf("sign: %s cannot be decoded, expected %s", secret, f.Secret.inWords())
			}
			return name, k, func(pieces [][]byte) ([]byte, error) { return a.mac(k.bytes, pieces), nil }, nil
		}
	}
	return "", k, nil, fmt.Errorf("sign: %s is no key for %s, expected the private key", secret, strings.Join(f.Algorithms, ", "))
}

func (a joseAlgorithm) signPublic(signer crypto.Signer, pieces [][]byte) ([]byte, error) {
	if public := signer.Public(); a.half > 0 && !a.fits(public) {
		return nil, fmt.Errorf("the key is %s, expected one of %d bits for %s", keyInWords(public), min(8*a.half, 521), a.inWords())
	}
	sig, err := a.public.sign(signer, pieces)
	if err != nil {
		return nil, err
	}
	return a.unwrap(sig)
}
