// Package complete finds what can be completed in a search as it is typed: the
// fields of the grammar and their values. It knows no widgets; start reading at
// Offers. piece.go finds the word at the cursor, match.go ranks candidates.
package complete

import (
	"slices"
	"strings"
	"time"
)

// mostOffers bounds a list that is read by eye.
const mostOffers = 60

// Known is what can be asked for beyond the words of the grammar. What is
// likelier comes first.
type Known struct {
	Providers []Named  // by id
	Endpoints []string // by name
	Events    []string
	Headers   []string // names of header fields
	Paths     []string // of JSON and form bodies, with dots
	Now       time.Time
}

// Named is a value with the name that people know it by.
type Named struct{ ID, Name string }

// Offer is one way to go on.
type Offer struct {
	// Field and Value are what it stands for; Value is "" for a field alone.
	Field, Value string
	// Name is what people call the value, "" when it has no other name.
	Name string
	// Text takes the place of the bytes from Start to End: the whole word.
	Text       string
	Start, End int
	// Open tells that the value is still to come.
	Open bool
	rank rank
}

// Label is the offer as it is typed, without negation.
func (o Offer) Label() string { return strings.TrimPrefix(o.Text, "-") }

// Apply returns the text with o in place, and the cursor behind it. A word that
// is complete and stands last gets a space, so that the next can follow.
func (o Offer) Apply(text string) (string, int) {
	put := o.Text
	if !o.Open && o.End == len(text) {
		put += " "
	}
	return text[:o.Start] + put + text[o.End:], o.Start + len(put)
}

// fields are the fields of the grammar, the most asked first. Those that end in
// a dot want a name.
var fields = []string{
	"provider", "endpoint", "event", "outcome", "status", "since", "until", "is", "header.", "body.", "path", "id", "size",
}

// Offers returns what can be completed at a cursor, a byte offset; best first.
// Between words there is something only when the user asked for it.
func Offers(text string, cursor int, known Known, asked bool) []Offer {
	p := pieceAt(text, cursor)
	switch {
	case p.start == p.end && !asked, p.quoted && !p.colon:
		return nil
	case p.colon:
		return best(p.values(known), mostOffers)
	}
	return best(p.words(known), mostOffers)
}

// words are offers for a piece without a colon: fields, names behind "header."
// and "body.", and values that begin so, of which the field need not be known.
func (p piece) words(known Known) []Offer {
	typed := p.field
	if offers := p.parts("header.", known.Headers); offers != nil {
		return offers
	}
	if offers := p.parts("body.", known.Paths); offers != nil {
		return offers
	}
	var offers []Offer
	for _, field := range fields {
		text := field + ":"
		if strings.HasSuffix(field, ".") {
			text = field
		}
		if r := rankOf(field, typed); r != none {
			offers = append(offers, p.offer(Offer{Field: field, Text: text, Open: true, rank: r}))
		}
	}
	if typed == "" {
		return offers
	}
	for _, field := range []string{"outcome", "is", "endpoint", "event", "provider"} {
		for _, v := range valuesOf(field, known) {
			if r := min(rankOf(v.ID, typed), rankOf(v.Name, typed)); r <= partAt {
				offers = append(offers, p.offer(Offer{Field: field, Value: v.ID, Name: v.Name, Text: field + ":" + Quote(v.ID), rank: r}))
			}
		}
	}
	return offers
}

// parts are the names that may follow a prefix such as "header.", nil when the
// piece does not begin with it.
func (p piece) parts(prefix string, names []string) []Offer {
	if len(p.field) < len(prefix) || !strings.EqualFold(p.field[:len(prefix)], prefix) {
		return nil
	}
	offers := []Offer{}
	for _, name := range names {
		if r := rankOf(name, p.field[len(prefix):]); r != none {
			offers = append(offers, p.offer(Offer{Field: prefix + name, Text: prefix + name + ":", Open: true, rank: r}))
		}
	}
	return offers
}

// values are offers for what stands behind the colon.
func (p piece) values(known Known) []Offer {
	field := strings.ToLower(p.field)
	if !slices.Contains(fields, field) {
		return nil
	}
	listed, typed := "", p.value // alternatives before the one that is typed
	if several(field) && !p.quoted {
		if at := strings.LastIndexByte(typed, ','); at >= 0 {
			listed, typed = typed[:at+1], typed[at+1:]
		}
	}
	var offers []Offer
	for _, v := range valuesOf(field, known) {
		text := Quote(v.ID)
		if p.quoted {
			text = QuoteWhole(v.ID)
		}
		r := min(rankOf(v.ID, typed), rankOf(v.Name, typed))
		if r == none || listed != "" && (text != v.ID || isListed(listed, v.ID)) {
			continue
		}
		offers = append(offers, p.offer(Offer{Field: field, Value: v.ID, Name: v.Name, Text: p.field + ":" + listed + text, rank: r}))
	}
	if len(offers) == 1 && strings.EqualFold(offers[0].Value, typed) {
		return nil // it is all there
	}
	return offers
}

// offer gives o its place and the sign of the piece.
func (p piece) offer(o Offer) Offer {
	o.Start, o.End = p.start, p.end
	if p.negated {
		o.Text = "-" + o.Text
	}
	return o
}

func several(field string) bool {
	return slices.Contains([]string{"provider", "endpoint", "event", "outcome", "status"}, field)
}

func isListed(listed, value string) bool {
	return slices.ContainsFunc(strings.Split(listed, ","), func(v string) bool { return strings.EqualFold(v, value) })
}
