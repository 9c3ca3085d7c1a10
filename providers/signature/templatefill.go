package signature

import (
	"errors"
	"fmt"
	"strings"
)

// Vars are what a template may hold beside the parts of a message.
type Vars struct {
	// Secret, made a key by Form, is for {secret} and for filters that compute
	// with it: "hmac-sha256".
	Secret Secret
	Form   SecretForm
	// Text and VerifyToken are for handshakes.
	Text        []byte
	VerifyToken string
}

// Errors of Template.Fill, to be told apart with errors.Is.
var (
	ErrNoSecret      = errors.New("no secret is configured that fits")
	ErrNoVerifyToken = errors.New("no verify token is configured")
	// ErrNoPart is for a part of the message that isn't there, or is null.
	ErrNoPart = errors.New("it is not there")
)

// maxFill bounds a filled template, in bytes: an answer to a handshake or a
// label has a few hundred.
const maxFill = 1 << 20

// Fill puts the parts of a message into t. It fails when a part that isn't
// optional is not there or stands there twice, when a filter cannot take it,
// and when the result has more than 1 MiB.
func (t Template) Fill(f *Fields, v Vars) ([]byte, error) {
	var out []byte
	for _, p := range t {
		b, err := v.fill(p, f)
		if err != nil {
			return nil, fmt.Errorf("fill in %q: %w", p, err)
		}
		if len(out)+len(b) > maxFill {
			return nil, fmt.Errorf("fill in %q: the result is longer than 1 MiB", p)
		}
		out = append(out, b...)
	}
	return out, nil
}

func (v Vars) fill(p Part, f *Fields) ([]byte, error) {
	var k key
	if p.Kind == PartSecret || p.keyed() {
		var err error
		if k, err = v.key(); err != nil {
			return nil, err
		}
	}
	switch p.Kind {
	case PartLiteral:
		return []byte(p.Name), nil
	case PartSecret:
		if p.Name != "" && !v.Form.has(p.Name) {
			return nil, ErrNoSecret
		}
		return k.piece(p)
	case PartText:
		return p.apply(filterInput{Bytes: v.Text, Fields: f, Key: k.bytes})
	case PartVerifyToken:
		if v.VerifyToken == "" {
			return nil, ErrNoVerifyToken
		}
		return p.apply(filterInput{Bytes: []byte(v.VerifyToken), Fields: f, Key: k.bytes})
	}
	return p.fill(f, k.bytes)
}

func (v Vars) key() (key, error) {
	if v.Secret.value == "" {
		return key{}, ErrNoSecret
	}
	k, err := v.Form.key(v.Secret)
	if err != nil {
		return key{}, ErrNoSecret
	}
	return k, nil
}

// keyed tells whether a filter of p computes with the secret.
func (p Part) keyed() bool {
	for _, f := range p.Filters {
		if strings.HasPrefix(f.Name, "hmac-") {
			return true
		}
	}
	return false
}

func (p Part) fill(f *Fields, key []byte) ([]byte, error) {
	value, out, err := f.filtered(p, key)
	switch {
	case err != nil:
		return nil, err
	case value.Times == 0 && p.Optional:
		return nil, nil
	case value.Times == 0 || value.Null:
		return nil, ErrNoPart
	case value.Times > 1:
		return nil, fmt.Errorf("it stands there %s, expected once", times(value.Times))
	}
	return out, nil
}
