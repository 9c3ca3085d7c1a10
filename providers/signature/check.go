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

	keys  []key
	found []found
	pairs []pair // of a list

	stamp string        // the timestamp as received
	age   time.Duration // how long before arrival it was made; negative is after
	stale bool

	texts []text // one for each template that could be filled in
	steps []Step
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
		c.note(false, "Secret", "secret "+unreadable+" cannot be decoded: expected "+c.Secret.inWords())
		if len(c.keys) == 0 {
			return Malformed
		}
	}
	if len(c.keys) == 0 {
		c.note(false, "Secret", "none is configured for this endpoint")
		return NoSecret
	}
	return ""
}

func (c *check) readSignatures() Outcome {
	name := "Signature header"
	if c.At.Kind != PartHeader {
		name = "Signature"
	}
	v := c.fields.Get(c.At)
	switch {
	case v.Times == 0:
		c.note(false, name, c.At.inWords()+" is not there: expected "+c.expects())
		return Missing
	case v.Times > 1:
		c.note(false, name, c.At.inWords()+" stands there "+itoa(int64(v.Times))+" times: expected once")
		return Malformed
	}
	problem := ""
	if c.List.isZero() {
		problem = c.readWhole(strings.TrimSpace(v.Text))
	} else {
		problem = c.readList(v.Text)
	}
	if problem != "" {
		c.note(false, name, c.At.inWords()+": "+problem)
		return Malformed
	}
	c.note(true, name, c.At.Name+"\n"+c.foundInWords())
	return ""
}

func (c *check) readWhole(value string) (problem string) {
	rest, ok := strings.CutPrefix(value, c.Prefix)
	if ok {
		if b, ok := c.decode(rest); ok {
			c.found = []found{{"", rest, b}}
			return ""
		}
	}
	return "expected " + c.expects() + ", got " + c.quote(value)
}

func (c *check) readList(value string) (problem string) {
	// Some room beside the signatures: a timestamp and keys of later versions.
	pairs, more := c.List.split(value, maxSignatures+16)
	c.pairs = pairs
	signs, bad := 0, ""
	for _, p := range c.pairs {
		if !c.List.signs(p.key) {
			continue
		}
		if signs++; signs > maxSignatures {
			return "more than " + itoa(maxSignatures) + " signatures: expected a few"
		}
		rest, ok := strings.CutPrefix(p.value, c.Prefix)
		b, fits := c.decode(rest)
		if !ok || !fits {
			bad = p.key + " is " + c.quote(p.value)
			continue
		}
		c.found = append(c.found, found{p.key, rest, b})
	}
	switch {
	case more:
		return "more than " + itoa(maxSignatures+16) + " parts: expected " + c.expects()
	case signs == 0:
		return "no " + c.List.inWords() + " in " + c.quote(value) + ": expected " + c.expects()
	case len(c.found) == 0:
		return bad + ": expected " + c.expects()
	case bad != "":
		c.note(false, "Signature in the list", bad+": expected "+c.Encoding.shape(c.Algorithm.size())+"; the others count")
	}
	return ""
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
	switch {
	case !ok && c.Timestamp.Optional:
		c.note(true, "Timestamp", at.inWords()+" is not "+c.Timestamp.Format.inWords()+": its age is not known")
		return ""
	case v.Times == 0:
		c.note(false, "Timestamp", at.inWords()+" is not there: expected "+c.Timestamp.Format.inWords())
		return Malformed
	case v.Times > 1:
		c.note(false, "Timestamp", at.inWords()+" stands there "+itoa(int64(v.Times))+" times: expected once")
		return Malformed
	case !ok:
		c.note(false, "Timestamp", at.inWords()+" is "+c.quote(v.Text)+": expected "+c.Timestamp.Format.inWords())
		return Malformed
	}
	c.stamp = v.Text
	c.age = now.Sub(t)
	c.stale = c.Timestamp.Tolerance > 0 && c.age.Abs() > c.Timestamp.Tolerance
	c.note(!c.stale, "Timestamp", c.Timestamp.evidence(v.Text, c.age))
	return ""
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
	c.note(false, "Body", "expected one JSON object, got "+c.bodyInWords())
	return Malformed
}
