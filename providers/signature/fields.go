package signature

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

// Value is what a Part came to in a message.
type Value struct {
	// Text is the value: a decoded JSON string, or the JSON token itself when
	// Raw is true.
	Text string
	// Raw is true for a JSON value that is not a string.
	Raw bool
	// Null is true for a JSON null.
	Null bool
	// Times is how often the part stands in the message; 0 is not at all. The
	// last one counts in a body or a query, the first one in the header.
	Times int
}

// Fields reads parts out of one message and looks into its body at most once.
// It is not safe for use by several goroutines.
type Fields struct {
	m       *Message
	looked  bool
	valid   bool // the body is JSON
	object  bool // the same, an object
	outline outline
	doc     gjson.Result // made when it is needed
	// objects are the indexes of large objects by their path, pairs that of a
	// form; walked is true once a small form was walked without.
	objects map[string]index[gjson.Result]
	pairs   index[string]
	walked  bool
}

// ReadFields returns the fields of m.
func ReadFields(m Message) *Fields { return &Fields{m: &m} }

// Get returns the value of p, its filters applied. Parts that belong to a
// scheme (timestamp, secret, key) are never found, nor is one that a filter
// cannot take.
func (f *Fields) Get(p Part) Value {
	if len(p.Filters) == 0 {
		return f.plain(&p)
	}
	v, out, err := f.filtered(p, nil)
	if err != nil {
		return Value{}
	}
	if out != nil {
		v = Value{Text: string(out), Times: v.Times}
	}
	return v
}

// plain is Get without the filters.
func (f *Fields) plain(p *Part) Value {
	switch p.Kind {
	case PartLiteral:
		return Value{Text: p.Name, Times: 1}
	case PartBody:
		return Value{Text: string(f.m.Body), Times: 1}
	case PartHash:
		sum := sha256.Sum256(f.m.Body)
		return Value{Text: hex.EncodeToString(sum[:]), Times: 1}
	case PartURL:
		return present(f.m.URL)
	case PartMethod:
		return present(f.m.Method)
	case PartPath:
		path, _, _ := strings.Cut(f.m.Target, "?")
		return present(path)
	case PartTarget:
		return present(f.m.Target)
	case PartHost:
		return present(hostOf(*f.m))
	case PartHeader:
		return f.header(p.Name)
	case PartJSON:
		return f.json(p.Name)
	case PartForm:
		if p.Name == "" {
			return Value{Text: string(f.m.Body), Times: 1}
		}
		return f.form(p.Name)
	case PartQuery:
		_, query, _ := strings.Cut(f.m.Target, "?")
		if p.Name == "" {
			return Value{Text: query, Times: 1}
		}
		return lastPair(query, p.Name)
	}
	return Value{}
}

// filtered is the value of p before its filters, and what they make of it: nil
// when the part isn't there once. The body is never copied for them.
func (f *Fields) filtered(p Part, key []byte) (v Value, out []byte, err error) {
	in := filterInput{Fields: f, Key: key}
	if p.Kind == PartBody {
		v, in.Bytes = Value{Times: 1}, f.m.Body
	} else {
		v = f.plain(&p)
		in.Bytes, in.Raw = []byte(v.Text), f.raw(p, v)
	}
	if p.absent(v) {
		v.Times = 0
	}
	if v.Times != 1 {
		return v, nil, nil
	}
	out, err = p.apply(in)
	return v, out, err
}

// absent tells whether an optional part counts as not there: it isn't, it is
// null, or it is a whole query or form that is empty.
func (p Part) absent(v Value) bool {
	return p.Optional && (v.Times == 0 || v.Times == 1 && (v.Null || p.Name == "" && v.Text == ""))
}

// apply runs the filters of p.
func (p Part) apply(in filterInput) ([]byte, error) {
	if len(p.Filters) == 0 {
		return in.Bytes, nil
	}
	out, err := applyFilters(p.Filters, in)
	if out == nil && err == nil {
		out = []byte{}
	}
	return out, err
}

// raw is the JSON token of p, or the whole form or query; "" for other parts.
func (f *Fields) raw(p Part, v Value) string {
	switch {
	case p.Kind == PartJSON && v.Times > 0:
		found, _ := f.find(p.Name)
		return found.Raw
	case p.Name == "" && (p.Kind == PartForm || p.Kind == PartQuery):
		return v.Text
	}
	return ""
}

func (f *Fields) header(name string) Value {
	v, h := Value{}, f.m.Header
	for i := h.next(name, 0); i < len(h); i = h.next(name, i+1) {
		if v.Times == 0 {
			v.Text = h[i].Value
		}
		v.Times++
	}
	return v
}

// lastPair reads one value of a form or query. The last one counts, as in PHP.
func lastPair(text, name string) Value {
	v := Value{}
	for pair := range strings.SplitSeq(text, "&") {
		k, raw, _ := strings.Cut(pair, "=")
		if k != name {
			if !escaped(k) {
				continue
			}
			if k, err := url.QueryUnescape(k); err != nil || k != name {
				continue
			}
		}
		v.Text = formValue(raw)
		v.Times++
	}
	return v
}

func present(text string) Value {
	if text == "" {
		return Value{}
	}
	return Value{Text: text, Times: 1}
}

// hostOf is the host that the sender called: of the public URL, else of the
// Host header.
func hostOf(m Message) string {
	if _, rest, ok := strings.Cut(m.URL, "://"); ok {
		return rest[:strings.IndexAny(rest+"/", "/?#")]
	}
	return m.Header.Get("Host")
}
