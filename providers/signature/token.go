package signature

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Token is the scheme of a provider that sends the secret itself: in a header,
// the query or the body, or as Basic authentication. It proves that the sender
// knows the secret, and protects nothing of the message.
type Token struct {
	// At is where the token stands; any that is there may match. A single JSON
	// part like "value.*.clientState" is in each entry of a list: all must match.
	At []Part
	// Prefix stands before it, for example "Bearer ". Case does not matter.
	Prefix string
	// Basic reads "user:password" as Basic authentication writes it. Then At
	// and Prefix are left out.
	Basic  bool
	Secret SecretForm
}

// Check tells what is wrong with the parameters, nil if they fit together.
func (t Token) Check() error {
	if t.Basic {
		if len(t.At) > 0 || t.Prefix != "" {
			return errors.New("check scheme: Basic authentication with a place of its own, expected the header Authorization")
		}
		return t.Secret.check()
	}
	if err := checkPlaces(t.At); err != nil {
		return err
	}
	for _, p := range t.At {
		if p.inEvery() && (len(t.At) > 1 || t.Prefix != "") {
			return fmt.Errorf("check scheme: signature %q, expected no other place and no prefix beside a token in each entry", p)
		}
	}
	return t.Secret.check()
}

// places are At and Prefix with those of Basic authentication.
func (t Token) places() ([]Part, string) {
	if t.Basic {
		return []Part{{Kind: PartHeader, Name: "Authorization"}}, "Basic "
	}
	return t.At, t.Prefix
}

// Verify implements Scheme. A token has no time, so that now has no meaning.
func (t Token) Verify(m Message, secrets []Secret, _ time.Time) Verdict {
	at, prefix := t.places()
	c := newCheck(Layout{At: at, Prefix: prefix}, Shared{Secret: t.Secret}, m)
	if outcome := c.how.readKeys(c, secrets); outcome != "" {
		return c.verdict(outcome)
	}
	every := len(at) == 1 && at[0].inEvery()
	read := func() ([]string, Outcome) { return c.readTokens(t.Basic) }
	if every {
		read = func() ([]string, Outcome) { return c.everyToken(&at[0]) }
	}
	tokens, outcome := read()
	if outcome != "" {
		return c.verdict(outcome)
	}
	matches, label := 0, ""
	for _, token := range tokens {
		match := 0
		sum := sha256.Sum256([]byte(token))
		for _, k := range c.keys {
			own := sha256.Sum256(k.bytes)
			if subtle.ConstantTimeCompare(sum[:], own[:]) == 1 {
				match, label = 1, k.label
			}
		}
		matches += match
	}
	switch {
	case matches == 0:
		c.note(false, "Token compared", "it is not the configured one; received "+itoa(int64(len(tokens[0])))+" characters")
		return c.verdict(Mismatch)
	case every && matches < len(tokens):
		c.note(false, "Token compared", "of "+itoa(int64(len(tokens)))+" entries "+itoa(int64(matches))+" show a configured one: expected all")
		return c.verdict(Mismatch)
	}
	c.note(true, "Token compared", dots+" matches with secret "+label)
	v := c.verdict(Verified)
	v.Cover, v.Secret = CoverNone, label
	return v
}

// readTokens collects the tokens of the message. Evidence never shows one: it
// may be the secret of another endpoint.
func (c *check) readTokens(basic bool) (tokens []string, o Outcome) {
	var bad *fault
	there := false
	for _, at := range c.At {
		values, n := c.fields.signatures(at)
		if n == 0 {
			continue
		}
		there = true
		if n > 1 && !at.numbered() {
			c.fail(stepToken, c.twice(at, n))
			return nil, Malformed
		}
		for _, v := range values {
			token, ok := c.readToken(strings.TrimSpace(v), basic)
			if !ok {
				where, want := at.inWords(), c.expectsToken(basic)
				bad = &fault{aboutSignature, where, want, "something else", where + ": expected " + want}
				continue
			}
			if len(tokens) < maxSignatures {
				tokens = append(tokens, token)
			}
		}
	}
	switch {
	case !there:
		where, want := c.placesInWords(), c.expectsToken(basic)
		c.fail(stepToken, fault{aboutSignature, where, want, "", where + " is not there: expected " + want})
		return nil, Missing
	case len(tokens) == 0:
		c.fail(stepToken, *bad)
		return nil, Malformed
	}
	c.note(true, stepToken, c.placesInWords())
	return tokens, ""
}

func (c *check) readToken(value string, basic bool) (string, bool) {
	n := len(c.Prefix)
	if len(value) < n || !strings.EqualFold(value[:n], c.Prefix) {
		return "", false
	}
	value = strings.TrimSpace(value[n:])
	if !basic {
		return value, value != ""
	}
	b, err := base64.StdEncoding.DecodeString(value)
	return string(b), err == nil && strings.Contains(string(b), ":")
}

func (c *check) expectsToken(basic bool) string {
	switch {
	case basic:
		return "Basic authentication with a user and a password"
	case c.Prefix != "":
		return fmt.Sprintf("%q and the token", c.Prefix)
	}
	return "the token"
}

// Sign implements Scheme: it writes the token.
func (t Token) Sign(m Message, secret Secret, _ time.Time) (Message, error) {
	if secret.value == "" {
		return m, errors.New("sign: the secret is empty, expected the token that is shared with the provider")
	}
	k, err := t.Secret.key(secret)
	if err != nil {
		return m, fmt.Errorf("sign: %s cannot be decoded, expected %s", secret, t.Secret.inWords())
	}
	at, prefix := t.places()
	value := string(k.bytes)
	if t.Basic {
		if !strings.Contains(value, ":") {
			return m, fmt.Errorf("sign: %s has no colon, expected user:password", secret)
		}
		value = base64.StdEncoding.EncodeToString(k.bytes)
	}
	m.Head = nil
	if !at[0].inEvery() {
		return write(m, at[0], prefix+value)
	}
	entries := ReadFields(m).entries(&at[0])
	if len(entries) == 0 {
		return m, fmt.Errorf("sign: %s is not there, expected a list with an entry for the token", at[0].inWords())
	}
	for _, p := range entries {
		if m, err = write(m, p, value); err != nil {
			return m, err
		}
	}
	return m, nil
}
