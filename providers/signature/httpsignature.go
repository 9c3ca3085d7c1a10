package signature

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// HTTPSignature is the scheme of a provider that signs named components of the
// HTTP request: headers, the method, the path. The body is protected when its
// digest stands in a signed header, and that digest is compared with the body.
type HTTPSignature struct {
	// Form is "cavage" (draft-cavage-http-signatures) or "rfc9421".
	Form string
	// At is the header with the signature. With "rfc9421" it is Signature, and
	// what is signed stands in Signature-Input.
	At        []Part
	Algorithm PublicAlgorithm
	// Covers are components that must be signed: "digest", "(request-target)",
	// "@method". A signature over less is malformed.
	Covers []string
	Key    KeySource
	// Timestamp is "key:created" for the signature's own parameter, or a
	// header like Date.
	Timestamp Timestamp
}

// The forms.
const (
	formCavage = "cavage"
	formRFC    = "rfc9421"
)

// maxComponents is how many components one signature may have.
const maxComponents = 64

// Check tells what is wrong with the parameters, nil if they fit together.
func (s HTTPSignature) Check() error {
	switch {
	case s.Form != formCavage && s.Form != formRFC:
		return fmt.Errorf("check scheme: form %q, expected cavage or rfc9421", s.Form)
	case !s.Algorithm.Known():
		return fmt.Errorf("check scheme: algorithm %q, expected one with public keys like ed25519", s.Algorithm)
	case len(s.Covers) == 0:
		return errors.New("check scheme: no covers, expected the components that must be signed")
	case len(s.At) != 1 || s.At[0].Kind != PartHeader || s.At[0].Name == "" || len(s.At[0].Filters) > 0:
		return errors.New("check scheme: signature, expected one header")
	case !s.Timestamp.At.IsZero() && s.Timestamp.Format == "":
		return errors.New("check scheme: timestamp without a format")
	}
	for _, name := range s.Covers {
		if !s.knows(name) {
			return fmt.Errorf("check scheme: component %q, expected a header in small letters or a component of form %s", name, s.Form)
		}
	}
	return s.Key.Check()
}

// WithKeys returns a copy of s whose keys may be fetched with f.
func (s HTTPSignature) WithKeys(f KeyFetcher) Scheme {
	s.Key.fetcher = f
	return s
}

// WithTolerance returns a copy of s that lets its timestamp be d off, both
// ways; chosen says whose number it is.
func (s HTTPSignature) WithTolerance(d time.Duration, chosen string) HTTPSignature {
	if !s.Timestamp.At.IsZero() {
		s.Timestamp.Tolerance, s.Timestamp.Chosen = d, chosen
	}
	return s
}

// Facts of s.
func (s HTTPSignature) Facts() Facts {
	f := Facts{At: s.At, Name: "an HTTP message signature (" + s.Algorithm.inWords() + ") in " + placesInWords(s.At)}
	f.Cover, f.Covered = coverOf(s.Covers)
	return f
}

// httpCheck is one run of Verify.
type httpCheck struct {
	*check
	scheme HTTPSignature
	now    time.Time
	inputs []signedInput
}

// signedInput is one signature with what it says it signs.
type signedInput struct {
	label      string
	components []string          // in order, as they are named in the signature
	params     map[string]string // keyid, created, ...
	raw        string            // RFC 9421: the value of @signature-params
	sig        []byte
}

// Verify implements Scheme.
func (s HTTPSignature) Verify(m Message, secrets []Secret, now time.Time) Verdict {
	l := Layout{At: s.At, Timestamp: s.Timestamp}
	c := &httpCheck{check: newCheck(l, Shared{}, m), scheme: s, now: now}
	if s.Key.isZero() && !slices.ContainsFunc(secrets, func(s Secret) bool { return s.value != "" }) {
		c.note(false, stepSecret, "none is configured for this endpoint")
		return c.verdict(NoSecret)
	}
	if outcome := c.readInputs(); outcome != "" {
		return c.verdict(outcome)
	}
	best := Verdict{}
	for i, input := range c.inputs {
		v := c.judge(input, secrets)
		if i == 0 || rank(v) < rank(best) {
			best = v
		}
	}
	return best
}

// readInputs reads the signatures of the message that cover what they must.
func (c *httpCheck) readInputs() Outcome {
	at := c.At[0]
	values, n := c.fields.signatures(at)
	where, want := at.inWords(), "a signature over "+strings.Join(c.scheme.Covers, ", ")
	switch {
	case n == 0:
		c.fail(stepHeader, fault{aboutSignature, where, want, "", where + " is not there: expected " + want})
		return Missing
	case n > 1:
		c.fail(stepHeader, c.twice(at, n))
		return Malformed
	}
	inputs, err := c.scheme.inputs(values[0], c.fields)
	if err == nil {
		inputs = slices.DeleteFunc(inputs, func(i signedInput) bool { return !i.covers(c.scheme.Covers) })
		if len(inputs) == 0 {
			err = errors.New("no signature covers all of them")
		}
	}
	if err != nil {
		got := c.quote(values[0])
		c.fail(stepHeader, fault{aboutSignature, where, want, got, where + ": expected " + want + ": " + err.Error() + ", got " + got})
		return Malformed
	}
	c.inputs = inputs
	return ""
}

// covers tells whether all wanted components are signed.
func (i signedInput) covers(wanted []string) bool {
	for _, name := range wanted {
		if !slices.Contains(i.components, name) {
			return false
		}
	}
	return true
}

// judge checks one signature. Each has steps of its own.
func (c *httpCheck) judge(input signedInput, secrets []Secret) Verdict {
	c.steps, c.pairs = make([]Step, 0, 6), nil
	c.note(true, stepHeader, c.At[0].Name+"\nover "+c.safe(strings.Join(input.components, ", ")))
	for name, value := range input.params {
		c.pairs = append(c.pairs, pair{name, value})
	}
	if outcome := c.readTimestamp(c.now); outcome != "" {
		return c.verdict(outcome)
	}
	base, missing := c.base(input)
	if missing != nil {
		c.fail("Parts of the message", *missing)
		return c.verdict(Malformed)
	}
	if outcome := c.checkDigests(input.components); outcome != "" {
		return c.verdict(outcome)
	}
	found := c.scheme.Key.find(keyQuery{secrets: secrets, id: c.keyID(input), value: c.value, now: c.now})
	if found.outcome != "" {
		c.fail(stepSecret, fault{aboutSecret, "secret " + found.unreadable, "a public key", "", found.says})
		return c.verdict(found.outcome)
	}
	if found.from != "" {
		c.note(true, stepKey, "public key "+found.from)
	}
	c.note(true, "Signed text", c.safe(string(base)))
	for _, k := range found.keys {
		if c.scheme.jose().verify(k.key, [][]byte{base}, input.sig) {
			return c.verified(input, k)
		}
	}
	c.note(false, c.scheme.Algorithm.inWords()+" compared", "the signature was made with none of the keys ("+itoa(int64(len(found.keys)))+" tried), or over another text")
	return c.verdict(Mismatch)
}

// keyID is what the signature calls its key.
func (c *httpCheck) keyID(input signedInput) string {
	if !c.scheme.Key.ID.IsZero() {
		return c.value(c.scheme.Key.ID).Text
	}
	return input.params["keyid"]
}

// jose is the algorithm with its way of writing: RFC 9421 puts the two numbers
// of ECDSA side by side, as tokens do.
func (s HTTPSignature) jose() joseAlgorithm {
	a := joseAlgorithm{public: s.Algorithm}
	switch {
	case s.Form == formRFC && s.Algorithm == ECDSASHA256:
		a.half = 32
	case s.Form == formRFC && s.Algorithm == ECDSASHA384:
		a.half = 48
	}
	return a
}

func (c *httpCheck) verified(input signedInput, k knownKey) Verdict {
	c.note(true, c.scheme.Algorithm.inWords()+" compared", c.short(Base64.encode(input.sig))+" matches with secret "+k.label)
	outcome := Verified
	if c.stale || c.expired(input) {
		outcome = Stale
	}
	v := c.verdict(outcome)
	v.Secret = k.label
	v.Cover, v.Covered = coverOf(input.components)
	return v
}

// expired looks at the end that a signature may give itself.
func (c *httpCheck) expired(input signedInput) bool {
	text, there := input.params["expires"]
	if !there {
		return false
	}
	at, ok := Unix.parse(text)
	if ok && c.now.Sub(at) < leeway {
		return false
	}
	c.note(false, "Timestamp", "the signature expired: "+c.quote(text))
	return true
}
