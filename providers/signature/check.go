package signature

import (
	"strings"
	"time"
)

// check is one run of Verify. Its methods read what the comparison needs, in
// the order in which their outcomes rank; each notes a step.
type check struct {
	Shared
	m      Message
	fields *Fields

	keys   []key
	hidden []key // what evidence must not show
	window int   // bytes of a value in which all that is shown can be seen whole
	found  []found
	pairs  []pair // of a list

	stamp string        // the timestamp as received
	age   time.Duration // how long before arrival it was made; negative is after
	stale bool

	texts []text // one for each template that could be filled in
	steps []Step
	fault fault // why it could not be checked
}

// key is a secret as it goes into the computation.
type key struct {
	label string
	text  string
	bytes []byte
}

// found is one signature of the message.
type found struct {
	key   string // in a list
	text  string
	bytes []byte
}

func (c *check) note(ok bool, name, evidence string) {
	c.steps = append(c.steps, Step{Name: name, OK: ok, Evidence: evidence})
}

func (c *check) verdict(o Outcome) Verdict {
	for i := range c.steps {
		c.steps[i].Evidence = clip(c.steps[i].Evidence, maxEvidence)
	}
	return Verdict{Outcome: o, Steps: c.steps}
}

func (c *check) readSecrets(secrets []Secret) Outcome {
	unreadable := ""
	for _, s := range secrets {
		if s.value == "" {
			continue
		}
		b, err := c.Secret.key(s.value)
		if err != nil {
			unreadable = s.Label
			continue
		}
		c.keys = append(c.keys, key{s.Label, s.value, b})
	}
	if unreadable != "" {
		where, want := "secret "+unreadable, c.Secret.inWords()
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

func (c *check) readSignatures() Outcome {
	name := stepHeader
	if c.At.Kind != PartHeader {
		name = stepSignature
	}
	v := c.fields.Get(c.At)
	switch {
	case v.Times == 0:
		where, want := c.At.inWords(), c.expects()
		c.fail(name, fault{aboutSignature, where, want, "", where + " is not there: expected " + want})
		return Missing
	case v.Times > 1:
		where := c.At.inWords()
		c.fail(name, fault{aboutSignature, where, "one signature", "it " + times(v.Times),
			where + " stands there " + times(v.Times) + ": expected once"})
		return Malformed
	}
	var want, got string
	if c.List.isZero() {
		want, got = c.readWhole(strings.TrimSpace(v.Text))
	} else {
		want, got = c.readList(v.Text)
	}
	if want != "" {
		where := c.At.inWords()
		c.fail(name, fault{aboutSignature, where, want, got, where + ": expected " + want + ", got " + got})
		return Malformed
	}
	c.note(true, name, c.At.Name+"\n"+c.foundInWords())
	return ""
}

// readWhole returns what was expected and what stands there when the value is
// no signature, nothing when it is.
func (c *check) readWhole(value string) (want, got string) {
	rest, ok := strings.CutPrefix(value, c.Prefix)
	if ok {
		if b, ok := c.decode(rest); ok {
			c.found = []found{{"", rest, b}}
			return "", ""
		}
	}
	return c.expects(), c.quote(value)
}

// readList is readWhole for a list.
func (c *check) readList(value string) (want, got string) {
	// Some room beside the signatures: a timestamp and keys of later versions.
	pairs, more := c.List.split(value, maxSignatures+16)
	c.pairs = pairs
	signs, bad := 0, ""
	for _, p := range c.pairs {
		if !c.List.signs(p.key) {
			continue
		}
		if signs++; signs > maxSignatures {
			return "a few signatures", "more than " + itoa(maxSignatures) + " signatures"
		}
		rest, ok := strings.CutPrefix(p.value, c.Prefix)
		b, fits := c.decode(rest)
		if !ok || !fits {
			bad = p.key + " " + c.quote(p.value)
			continue
		}
		c.found = append(c.found, found{p.key, rest, b})
	}
	switch {
	case more:
		return c.expects(), "more than " + itoa(maxSignatures+16) + " parts"
	case signs == 0:
		return c.expects(), "no " + c.List.inWords() + " in " + c.quote(value)
	case len(c.found) == 0:
		return c.expects(), bad
	case bad != "":
		c.note(false, "Signature in the list", bad+": expected "+c.Encoding.shape(c.Algorithm.size())+"; the others count")
	}
	return "", ""
}

// decode reads one signature; it must have the length that the hash gives.
func (c *check) decode(text string) ([]byte, bool) {
	b, err := c.Encoding.decode(text)
	return b, err == nil && len(b) == c.Algorithm.size()
}

func (c *check) readTimestamp(now time.Time) Outcome {
	at := c.Timestamp.At
	if at.IsZero() {
		return ""
	}
	v := c.stampValue(at)
	t, ok := c.Timestamp.Format.parse(v.Text)
	if c.Timestamp.Optional && (!ok || v.Times > 1) {
		// An absent or doubled field is a matter of the signed parts.
		if v.Times == 1 && !v.Raw {
			c.note(true, "Timestamp", at.inWords()+" is not "+c.Timestamp.Format.inWords()+": its age is not known")
		}
		return ""
	}
	if !ok || v.Times > 1 {
		c.fail("Timestamp", c.noTime(v))
		return Malformed
	}
	c.stamp = v.Text
	c.age = now.Sub(t)
	c.stale = c.Timestamp.Tolerance > 0 && c.age.Abs() > c.Timestamp.Tolerance
	c.note(!c.stale, "Timestamp", c.Timestamp.evidence(v.Text, c.age))
	return ""
}

// noTime tells why v is not the timestamp.
func (c *check) noTime(v Value) fault {
	where, want := c.Timestamp.At.inWords(), c.Timestamp.Format.inWords()
	switch v.Times {
	case 0:
		return fault{aboutAnything, where, want, "", where + " is not there: expected " + want}
	case 1:
		got := c.quote(v.Text)
		return fault{aboutAnything, where, want, got, where + " is " + got + ": expected " + want}
	}
	return fault{aboutAnything, where, "one time", "it " + times(v.Times),
		where + " stands there " + times(v.Times) + ": expected once"}
}

func (c *check) stampValue(at Part) Value {
	if at.Kind != PartKey {
		v := c.fields.Get(at)
		v.Text = strings.TrimSpace(v.Text)
		return v
	}
	v := Value{}
	for _, p := range c.pairs {
		if p.key == at.Name {
			v.Text = p.value
			v.Times++
		}
	}
	return v
}

func (c *check) readBody() Outcome {
	if !c.JSONObject || c.fields.Object() {
		return ""
	}
	got := c.bodyInWords()
	c.fail("Body", fault{aboutAnything, "the body", "one JSON object", got, "expected one JSON object, got " + got})
	return Malformed
}
