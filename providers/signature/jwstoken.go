package signature

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// TokenForm is what JWT and JWS share: where the token stands, which
// algorithms it may have, and with which keys it is checked.
type TokenForm struct {
	// At is where the token stands; the first place where there is one counts.
	// "body" means that the whole body is the token.
	At []Part
	// Prefix stands before it, for example "Bearer ".
	Prefix         string
	PrefixOptional bool
	// Algorithms are those that a token may name, of RFC 7518 and RFC 8037.
	// The type of the key must fit: a public key is never taken for an HMAC.
	Algorithms []string
	// Secret is how the text of a secret becomes the key of an HMAC.
	Secret SecretForm
	// Key is where public keys come from.
	Key KeySource
	// Timestamp may stand in a claim ("claim:iat"), in the token's header
	// ("jose:ts") or in the message.
	Timestamp Timestamp
}

func (f TokenForm) check() error {
	if len(f.Algorithms) == 0 {
		return errors.New("check scheme: no algorithms, expected those that a token may name, like RS256")
	}
	for _, name := range f.Algorithms {
		if _, known := joseAlgorithmOf(name); !known {
			return fmt.Errorf("check scheme: algorithm %q, expected HS, RS, PS or ES with 256, 384 or 512, or EdDSA", name)
		}
	}
	if len(f.At) != 1 || f.At[0].Kind != PartBody {
		if err := checkPlaces(f.At); err != nil {
			return err
		}
	}
	if !anyPublic(f.Algorithms) && !f.Key.isZero() {
		return errors.New("check scheme: [scheme.key], expected an algorithm with public keys")
	}
	if !f.Timestamp.At.IsZero() && f.Timestamp.Format == "" {
		return errors.New("check scheme: timestamp without a format")
	}
	if err := f.Secret.check(); err != nil {
		return err
	}
	return f.Key.Check()
}

// tokenCheck is one run of Verify for a token.
type tokenCheck struct {
	*check
	form   TokenForm
	now    time.Time
	token  compactToken
	alg    joseAlgorithm
	public []Secret // configured secrets that are public keys
	known  []knownKey
}

func (f TokenForm) begin(m Message, now time.Time) *tokenCheck {
	l := Layout{At: f.At, Prefix: f.Prefix, PrefixOptional: f.PrefixOptional, Timestamp: f.Timestamp}
	return &tokenCheck{check: newCheck(l, Shared{Secret: f.Secret}, m), form: f, now: now}
}

// readSecrets sorts the configured secrets: those that are public keys, and
// those that can be the key of an HMAC.
func (c *tokenCheck) readSecrets(secrets []Secret) Outcome {
	unreadable := ""
	for _, secret := range secrets {
		switch {
		case secret.value == "":
		case !anyShared(c.form.Algorithms) || publicText(secret.value):
			c.public = append(c.public, secret)
		default:
			k, err := c.form.Secret.key(secret)
			if err != nil {
				unreadable = secret.Label
				continue
			}
			c.keys = append(c.keys, k)
		}
	}
	c.hide()
	if unreadable != "" {
		where, want := "secret "+unreadable, c.form.Secret.inWords()
		c.fail(stepSecret, fault{aboutSecret, where, want, "", where + " cannot be decoded: expected " + want})
	}
	switch {
	case len(c.keys) > 0 || len(c.public) > 0 && anyPublic(c.form.Algorithms):
		return ""
	case len(c.public) > 0:
		where, want := "secret "+c.public[0].Label, "the shared secret"
		c.fail(stepSecret, fault{aboutSecret, where, want, "", where + " is a public key: expected " + want})
		return Malformed
	case unreadable != "":
		return Malformed
	case c.form.Key.isZero() || !anyPublic(c.form.Algorithms):
		c.note(false, stepSecret, "none is configured for this endpoint")
		return NoSecret
	}
	return ""
}

// publicText tells whether a secret is the text of a public key. Bare 32 bytes
// don't count: they are as good a shared secret.
func publicText(text string) bool {
	text = strings.TrimSpace(text)
	if strings.Contains(text, pemBegin) || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "https://") {
		return true
	}
	return len(text) > 64 && func() bool { _, err := parsePublicKeys(text); return err == nil }()
}

// readToken finds the token, reads it, and checks that it names an algorithm
// of this provider.
func (c *tokenCheck) readToken() Outcome {
	want := "a token (" + strings.Join(c.form.Algorithms, ", ") + ")"
	text, at, times := "", c.At[0], 0
	for _, at = range c.At {
		values, n := c.fields.signatures(at)
		if times = n; n > 0 {
			text = strings.TrimSpace(values[0])
			break
		}
	}
	where := at.inWords()
	switch {
	case times == 0 || at.Kind == PartBody && text == "":
		where = c.placesInWords()
		c.fail(stepToken, fault{aboutSignature, where, want, "", where + " is not there: expected " + want})
		return Missing
	case times > 1:
		c.fail(stepToken, c.twice(at, times))
		return Malformed
	}
	token, err := c.parse(text, at)
	if err != nil {
		got := c.quote(text)
		c.fail(stepToken, fault{aboutSignature, where, err.Error(), got, where + ": expected " + err.Error() + ", got " + got})
		return Malformed
	}
	c.token = token
	alg, known := joseAlgorithmOf(token.alg)
	if !known || !slices.Contains(c.form.Algorithms, token.alg) {
		got := c.quote(token.alg)
		c.fail(stepToken, fault{aboutSignature, where, want, "one with alg " + got, where + ": expected " + want + ", got alg " + got})
		return Malformed
	}
	c.alg = alg
	c.note(true, stepToken, at.where()+"\n"+token.alg+", "+itoa(int64(len(text)))+" characters")
	return ""
}

func (c *tokenCheck) parse(text string, at Part) (compactToken, error) {
	rest, ok := cutPrefixFold(text, c.Prefix)
	if !ok && !c.PrefixOptional {
		return compactToken{}, fmt.Errorf("%q and a token", c.Prefix)
	}
	if len(rest) > maxToken && at.Kind != PartBody {
		return compactToken{}, errors.New("a token of at most 64 KB")
	}
	return parseCompact(strings.TrimSpace(rest))
}

// cutPrefixFold takes off a prefix in any case: names of authentication
// schemes have none (RFC 9110, 11.1).
func cutPrefixFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}

// value reads a part of the message, or of the token's header.
func (c *tokenCheck) value(p Part) Value {
	if p.Kind == PartJOSE {
		return c.token.header.Get(Part{Kind: PartJSON, Name: p.Name, Filters: p.Filters})
	}
	return c.check.value(p)
}
