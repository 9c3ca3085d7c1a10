package signature

import (
	"strings"
	"time"
)

// check is one run of Verify. Its methods read what the comparison needs, in
// the order in which their outcomes rank; each notes a step.
type check struct {
	*Layout
	how    method
	m      Message
	fields *Fields

	secrets []Secret  // for a method that looks for keys late
	now     time.Time // the same

	keys   []key
	hidden []key // what evidence must not show
	window int   // bytes of a value in which all that is shown can be seen whole
	found  []found
	pairs  []pair // of a list

	stamp string        // the timestamp as received
	age   time.Duration // how long before arrival it was made; negative is after
	stale bool

	equals []Equal // those that are there
	texts  []text  // one for each template that could be filled in
	steps  []Step
	fault  fault // why it could not be checked

	evidence strings.Builder // all evidence, so that it needs no memory of its own
	room     room
}

// room is what the lists of most checks fit into.
type room struct {
	fields Fields
	keys   [1]key
	found  [1]found
	texts  [1]text
	pieces [4]piece
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
	c := &check{Layout: l, how: how, m: m}
	c.begin()
	return c
}

// begin makes room for what most checks need.
func (c *check) begin() {
	c.steps = make([]Step, 0, 4)
	c.room.fields.m = &c.m
	c.fields, c.keys, c.found, c.texts = &c.room.fields, c.room.keys[:0], c.room.found[:0], c.room.texts[:0]
	c.evidence.Grow(maxEvidence + maxShown)
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

// say joins texts into one piece of evidence.
func (c *check) say(parts ...string) string {
	from := c.evidence.Len()
	for _, p := range parts {
		c.evidence.WriteString(p)
	}
	return c.evidence.String()[from:]
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
