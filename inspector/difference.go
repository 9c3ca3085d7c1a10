package inspector

import (
	"bytes"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// Difference is how the shop's answer to one delivery differs from that to
// another: nothing of it is set where both are alike.
type Difference struct {
	Status bool
	// Body is set when the bytes differ, or when they are unknown beyond the
	// limit up to which answers are kept.
	Body bool
	// Headers are the names of fields that differ, in the order of the second
	// answer; those that tell the time or the length are left out.
	Headers []string
}

// None tells that the two answers are alike.
func (d Difference) None() bool { return !d.Status && !d.Body && len(d.Headers) == 0 }

// passing are fields that change from answer to answer and mean nothing.
func passing(name string) bool {
	return slices.ContainsFunc([]string{"Date", "Age", "Content-Length", "Expires"}, func(n string) bool { return strings.EqualFold(n, name) })
}

// AnswersDiffer compares the answers to two deliveries.
func AnswersDiffer(first, second Delivery) Difference {
	d := Difference{
		Status: first.Status != second.Status,
		Body:   !bytes.Equal(first.Body, second.Body) || first.Truncated || second.Truncated,
	}
	for _, h := range []signature.Header{second.Header, first.Header} {
		for _, f := range h {
			if passing(f.Name) || contains(d.Headers, f.Name) || slices.Equal(first.Header.Values(f.Name), second.Header.Values(f.Name)) {
				continue
			}
			d.Headers = append(d.Headers, f.Name)
		}
	}
	return d
}

// FirstAnswer is the earliest delivery of c that the shop answered; ok is false
// when it answered none.
func (c *Capture) FirstAnswer() (d Delivery, ok bool) {
	for _, d := range c.Deliveries {
		if d.Status != 0 {
			return d, true
		}
	}
	return Delivery{}, false
}
