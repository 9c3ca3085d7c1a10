package signature

import (
	"strings"
	"time"
)

func (c *check) readTimestamp(now time.Time) Outcome {
	at := &c.Timestamp.At
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
		if v.Times == 1 {
			c.stamp = v.Text
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
	if !c.quiet {
		from := len(c.words)
		c.writeTime(v.Text)
		c.noted(!c.stale, "Timestamp", from)
	}
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

func (c *check) stampValue(at *Part) (v Value) {
	if len(at.Filters) == 0 {
		v = c.plain(at)
	} else {
		v = c.value(*at)
	}
	v.Text = strings.TrimSpace(v.Text)
	return v
}

// listed is the value under a key of the signature's list.
func (c *check) listed(key string) (v Value) {
	for i := range c.pairs {
		if c.pairs[i].key == key {
			v.Text = c.pairs[i].value
			v.Times++
		}
	}
	return v
}

// value is Fields.Get that also knows the keys of the signature's list.
func (c *check) value(p Part) Value {
	if p.Kind != PartKey {
		return c.fields.Get(p)
	}
	v := c.listed(p.Name)
	if v.Times == 1 && len(p.Filters) > 0 {
		out, err := p.apply(filterInput{Bytes: []byte(v.Text), Fields: c.fields})
		if err != nil {
			return Value{}
		}
		v.Text = string(out)
	}
	return v
}
