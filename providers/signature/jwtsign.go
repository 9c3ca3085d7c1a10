package signature

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Sign implements Scheme. The claims of a token that the message has already
// are kept; those that bind the message and the times are made anew. When the
// whole body is the token, a JSON body becomes its claims.
func (j JWT) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	name, k, sign, err := j.signWith(secret)
	if err != nil {
		return m, err
	}
	c := j.begin(m, now)
	c.keys = []key{k}
	c.hide()
	claims := c.present()
	claims["iat"], claims["exp"] = json.Number(itoa(now.Unix())), json.Number(itoa(now.Add(tokenLife).Unix()))
	if _, there := claims["nbf"]; there {
		claims["nbf"] = claims["iat"]
	}
	for _, claim := range j.Claims {
		if claim.WithBody && len(m.Body) == 0 {
			delete(claims, claim.Name)
			continue
		}
		value, missing := c.claimed(claim.Value, k)
		if missing != nil {
			return m, errors.New("sign: " + missing.evidence)
		}
		claims[claim.Name] = string(value)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return m, fmt.Errorf("sign: write the claims: %w", err)
	}
	header := map[string]string{"alg": name, "typ": "JWT"}
	if c.token.kid != "" {
		header["kid"] = c.token.kid
	}
	head, err := json.Marshal(header)
	if err != nil {
		return m, fmt.Errorf("sign: write the token: %w", err)
	}
	text := Base64URL.encode(head) + "." + Base64URL.encode(payload)
	sig, err := sign([][]byte{[]byte(text)})
	if err != nil {
		return m, fmt.Errorf("sign: %w", err)
	}
	return j.place(m, text+"."+Base64URL.encode(sig))
}

// present are the claims that the message has already.
func (c *tokenCheck) present() map[string]any {
	var payload []byte
	if values, _ := c.fields.signatures(c.At[0]); len(values) > 0 {
		text, _ := cutPrefixFold(strings.TrimSpace(values[0]), c.Prefix)
		if token, err := parseCompact(text); err == nil {
			c.token = token
			payload, _ = segment(token.payload)
		} else if c.At[0].Kind == PartBody {
			payload = c.m.Body
		}
	}
	claims := map[string]any{}
	d := json.NewDecoder(strings.NewReader(string(payload)))
	d.UseNumber()
	if !ValidJSON(payload) || d.Decode(&claims) != nil || claims == nil {
		return map[string]any{}
	}
	return claims
}

// place writes a token where it belongs.
func (f TokenForm) place(m Message, token string) (Message, error) {
	if f.At[0].Kind != PartBody {
		return write(m, f.At[0], f.Prefix+token)
	}
	m.Head, m.Body = nil, []byte(token)
	return sized(m), nil
}
