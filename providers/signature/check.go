package signature

import (
	"slices"
	"time"
)

// check is one run of Verify. Its methods read what the comparison needs, in
// the order in which their outcomes rank; each notes a step.
type check struct {
	findings
	memory
}

// findings are what one check knows.
type findings struct {
	*Layout
	how    method
	plan   *plan // of the scheme, if it is known
	m      Message
	fields *Fields
	quiet  bool // nobody looks at the evidence

	secrets []Secret  // for a method that looks for keys late
	now     time.Time // the same

	keys   []key
	hidden []hidden
	window int // bytes of a value in which all that is shown can be seen whole
	found  []found
	pairs  []pair // of a list

	stamp string        // the timestamp as received
	age   time.Duration // how long before arrival it was made; negative is after
	stale bool

	equals []Equal // those that are there
	texts  []text  // one for each template that could be filled in
	steps  []Step
	fault  fault // why it could not be checked
	kept   *kept
}

// kept is room for what a verdict keeps of a check.
type kept struct {
	steps [5]Step
}

// method is how a signature is computed and compared: what schemes with a
// shared secret and with a public key differ in.
type method interface {
	// readKeys makes keys of the configured secrets.
	readKeys(c *check, secrets []Secret) Outcome
	// fits tells whether a signature can have so many bytes.
	fits(c *check, size int) bool
	// shape says how one looks, for example "64 hex digits".
	shape(c *check) string
	// inWords is the name on screen: "HMAC-SHA256".
	inWords(c *check) string
	// compare is the last step.
	compare(c *check) Verdict
}

// key is a secret as it goes into the computation.
type key struct {
	label string
	text  string
	bytes []byte
	parts map[string]string // of a secret that has several
	ready *ready            // of the secret
	once  bool              // it depends on the message
}

// hidden is a secret that evidence must not show.
type hidden struct {
	text  string
	bytes []byte
}

// found is one signature of the message.
type found struct {
	key   string // in a list
	text  string
	bytes []byte
}

// newCheck is for schemes that compare in a way of their own; shared says what
// their secrets look like.
func newCheck(l Layout, shared Shared, m Message) *check { return startCheck(&l, &shared, m) }

func startCheck(l *Layout, how method, m Message) *check {
	c := new(check)
	c.begin(l, how, m)
	return c
}

// begin takes the room that most checks fit into.
func (c *check) begin(l *Layout, how method, m Message) {
	c.Layout, c.how, c.m = l, how, m
	c.room.fields.m = &c.m
	c.fields = &c.room.fields
	c.fields.outline.members = c.fixed.members[:0]
	c.keys, c.found, c.texts = c.room.keys[:0], c.room.found[:0], c.room.texts[:0]
	c.hidden = c.room.hidden[:0]
	c.spans = c.fixed.spans[:0]
	if !c.quiet {
		c.kept = c.store.steps()
		c.steps = c.kept.steps[:0]
	}
}

// run takes all steps.
func (c *check) run(secrets []Secret, now time.Time) Verdict {
	o := c.how.readKeys(c, secrets)
	if o == "" {
		o = c.readSignatures()
	}
	if o == "" {
		o = c.readTimestamp(now)
	}
	if o == "" {
		o = c.readBody()
	}
	if o == "" {
		o = c.readParts()
	}
	if o == "" {
		o = c.readEquals()
	}
	if o != "" {
		return c.verdict(o)
	}
	return c.how.compare(c)
}

// note adds a step.
func (c *check) note(ok bool, name, evidence string) {
	if c.quiet {
		return
	}
	c.spans = append(c.spans[:len(c.steps)], extent{})
	c.steps = append(c.steps, Step{Name: name, OK: ok, Evidence: evidence})
}

// noted adds a step whose evidence are the words from there to the end.
func (c *check) noted(ok bool, name string, from int) {
	if c.quiet {
		return
	}
	c.note(ok, name, "")
	c.spans[len(c.steps)-1] = extent{from, len(c.words)}
}

// verdict makes one text of all the words, so that a check needs memory for
// one only.
func (c *check) verdict(o Outcome) Verdict {
	v := Verdict{Outcome: o}
	if len(c.steps) == 0 {
		return v
	}
	words := c.store.text(c.words)
	for i := range c.steps {
		step := &c.steps[i]
		if at := c.spans[i]; at.to > 0 {
			step.Evidence = words[at.from:at.to]
		}
		if len(step.Evidence) > maxEvidence {
			step.Evidence = clip(step.Evidence, maxEvidence)
		}
	}
	v.Steps, v.Variant = slices.Clip(c.steps), words[c.variant.from:c.variant.to]
	return v
}

// readBody looks at what the body must be besides signed.
func (c *check) readBody() Outcome {
	if c.JSONObject && !c.fields.Object() {
		got := c.bodyInWords()
		c.fail("Body", fault{aboutAnything, "the body", "one JSON object", got, "expected one JSON object, got " + got})
		return Malformed
	}
	for _, p := range c.Single {
		at, times := c.fields.find(p.Name)
		if n := elements(at); times != 1 || n != 1 {
			where, want := p.inWords(), "a list with one element"
			got := "one with " + itoa(int64(n))
			if times == 0 {
				got = ""
			}
			c.fail("Body", fault{aboutAnything, where, want, got, where + ": expected " + want + ", because only one is signed"})
			return Malformed
		}
	}
	return ""
}
