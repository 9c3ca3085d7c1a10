package signature

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// JWS is the scheme of a provider that sends a detached signature (RFC 7515,
// appendix F): a token whose middle part is left out, because it is made of
// the message.
type JWS struct {
	TokenForm
	// Payload is what is signed: "{body}". {jose:NAME} is a member of the
	// token's header.
	Payload Template
	// Unencoded says that the payload is never put into base64url. Without it
	// the token's header decides (b64, RFC 7797).
	Unencoded bool
}

// Check tells what is wrong with the parameters, nil if they fit together.
func (j JWS) Check() error {
	if err := j.TokenForm.check(); err != nil {
		return err
	}
	if len(j.Payload) == 0 {
		return errors.New("check scheme: no payload, expected what is signed, like {body}")
	}
	for _, p := range j.Payload {
		switch p.Kind {
		case PartKey, PartText, PartVerifyToken, PartClaim, PartSecret:
			return fmt.Errorf("check scheme: payload %q has {%s}, expected parts of the message or of the token's header", j.Payload, p)
		case PartTimestamp:
			if j.Timestamp.At.IsZero() {
				return fmt.Errorf("check scheme: payload %q has a timestamp, expected to be told where it stands", j.Payload)
			}
		}
	}
	return nil
}

// WithKeys returns a copy of j whose keys may be fetched with f.
func (j JWS) WithKeys(f KeyFetcher) Scheme {
	j.Key.fetcher = f
	return j
}

// WithTolerance returns a copy of j that lets its timestamp be d off, both
// ways; chosen says whose number it is.
func (j JWS) WithTolerance(d time.Duration, chosen string) JWS {
	if !j.Timestamp.At.IsZero() {
		j.Timestamp.Tolerance, j.Timestamp.Chosen = d, chosen
	}
	return j
}

// Facts of j.
func (j JWS) Facts() Facts {
	f := Facts{At: j.At, Name: "a detached JWS in " + placesInWords(j.At)}
	f.Cover, f.Covered = j.cover()
	return f
}

// cover is that of the payload; the token's own header needs no name.
func (j JWS) cover() (Cover, []string) {
	var parts Template
	for _, p := range j.Payload {
		if p.Kind != PartJOSE {
			parts = append(parts, p)
		}
	}
	timestamp := j.Timestamp.At
	if timestamp.Kind == PartJOSE {
		timestamp = Part{}
	}
	return parts.cover(timestamp)
}

// Verify implements Scheme.
func (j JWS) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	c := j.begin(m, now)
	for _, read := range [...]func() Outcome{
		func() Outcome { return c.readSecrets(secrets) }, c.readToken, c.detached,
		func() Outcome { return c.checkTimestamp(c.token.header) },
		c.readPublicKeys,
	} {
		if outcome := read(); outcome != "" {
			return c.verdict(outcome)
		}
	}
	pieces, missing := c.payload(j)
	if missing != nil {
		c.fail("Parts of the message", *missing)
		return c.verdict(Malformed)
	}
	matched, ok := c.compare(pieces)
	if !ok {
		return c.verdict(Mismatch)
	}
	v := c.verdict(Verified)
	if c.stale {
		v.Outcome = Stale
	}
	v.Secret = matched.label
	v.Cover, v.Covered = j.cover()
	return v
}

// detached checks that the token has no payload of its own: it would be signed
// instead of the message.
func (c *tokenCheck) detached() Outcome {
	want, got := "a detached token, with nothing between its two dots", "one with a payload of its own"
	switch {
	case c.token.payload == "" && !c.token.critical("b64"):
		return ""
	case c.token.payload == "":
		want, got = "a token without critical extensions but b64", "one with others"
	}
	where := c.placesInWords()
	c.fail(stepToken, fault{aboutSignature, where, want, got, where + ": expected " + want + ", got " + got})
	return Malformed
}

// payload collects what is signed: the token's header as it stands, a dot, and
// the payload, in base64url unless it is said otherwise.
func (c *tokenCheck) payload(j JWS) ([][]byte, *fault) {
	pieces, missing := c.fill(nil, c.adopt(j.Payload), nil)
	if missing != nil {
		return nil, missing
	}
	texts := make([][]byte, 0, len(pieces)+2)
	texts = append(texts, []byte(c.token.first+"."))
	for _, p := range pieces {
		texts = append(texts, p.bytes)
	}
	shown := text{template: j.Payload, pieces: pieces}
	b64 := c.token.header.json("b64")
	if j.Unencoded || b64.Raw && b64.Text == "false" && b64.Times == 1 {
		c.note(true, "Signed text", "unencoded: "+c.textInWords(shown))
		return texts, nil
	}
	c.note(true, "Signed text", "in base64url: "+c.textInWords(shown))
	return [][]byte{texts[0], []byte(Base64URL.encode(joined(texts[1:])))}, nil
}

// adopt turns the parts of the token's header into keys of the signature,
// which the common code fills in.
func (c *tokenCheck) adopt(t Template) Template {
	out := make(Template, len(t))
	for i, p := range t {
		if out[i] = p; p.Kind != PartJOSE {
			continue
		}
		v := c.token.header.json(p.Name)
		out[i].Kind, out[i].Name = PartKey, "jose:"+p.Name
		for range v.Times {
			c.pairs = append(c.pairs, pair{out[i].Name, v.Text})
		}
	}
	return out
}

// Sign implements Scheme. The header of a token that the message has already
// is kept, but for its algorithm.
func (j JWS) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	name, k, sign, err := j.signWith(secret)
	if err != nil {
		return m, err
	}
	stamp := ""
	if at := j.Timestamp.At; !at.IsZero() && at.Kind != PartJOSE {
		stamp = j.Timestamp.Format.format(now)
		if m, err = write(m, at, stamp); err != nil {
			return m, err
		}
	}
	c := j.begin(m, now)
	c.keys, c.stamp = []key{k}, stamp
	c.hide()
	header := j.header(c, name, now)
	head, err := json.Marshal(header)
	if err != nil {
		return m, fmt.Errorf("sign: write the token: %w", err)
	}
	c.token = compactToken{header: ReadFields(Message{Body: head}), first: Base64URL.encode(head)}
	pieces, missing := c.payload(j)
	if missing != nil {
		return m, errors.New("sign: " + missing.evidence)
	}
	sig, err := sign(pieces)
	if err != nil {
		return m, fmt.Errorf("sign: %w", err)
	}
	return j.place(m, c.token.first+".."+Base64URL.encode(sig))
}

// header is that of the new token.
func (j JWS) header(c *tokenCheck, alg string, now time.Time) map[string]any {
	header := map[string]any{}
	if values, _ := c.fields.signatures(j.At[0]); len(values) > 0 {
		text, _ := cutPrefixFold(strings.TrimSpace(values[0]), j.Prefix)
		if token, err := parseCompact(text); err == nil && token.header.Object() {
			d := json.NewDecoder(strings.NewReader(string(token.header.m.Body)))
			d.UseNumber()
			if d.Decode(&header) != nil {
				header = map[string]any{}
			}
		}
	}
	header["alg"] = alg
	if at := j.Timestamp.At; at.Kind == PartJOSE {
		header[at.Name] = json.Number(j.Timestamp.Format.format(now))
	}
	return header
}
