package providers

import (
	"strings"

	"shopbell/providers/signature"
)

// atom is one text of the message that may be signed, and how a template
// names it.
type atom struct {
	parts signature.Template
	text  []byte
	// same are other names of the same text: this delivery does not tell which
	// of them is meant.
	same []string
	// stamp is the time that the text is; nil for other texts.
	stamp *stamp
	// list is the list in which the text stands, for keys of one.
	list *listed
	// secret is how the secret was read, for atoms that stand for it.
	secret *signature.SecretForm
	// inner is what a digest was made of, where the text is one.
	inner []*atom
}

// listed names a list: the part in which it stands, and its separators.
type listed struct {
	at            signature.Part
	pairs, equals string
}

// literal is an atom that is the same in all messages.
func literal(text string) *atom {
	return &atom{parts: signature.Template{{Kind: signature.PartLiteral, Name: text}}, text: []byte(text)}
}

// atomOf reads a part that is written as in a catalogue file; nil when the
// message has no such part once, or when it is empty.
func (q *inference) atomOf(text string) *atom {
	p, err := signature.ParsePart(text)
	if err != nil {
		return nil
	}
	v := q.fields.Get(p)
	if v.Times != 1 || v.Null || v.Text == "" {
		return nil
	}
	return &atom{parts: signature.Template{p}, text: []byte(v.Text)}
}

// pool are the atoms of a message by kind, each text once.
type pool struct {
	seen map[string]*atom

	body    *atom
	forms   []*atom // of the body: digests, encodings
	sorted  []*atom // fields in the order of their names
	times   []*atom
	names   []*atom // headers, and keys of the signature's list
	request []*atom // method, URL and parts of it
	fields  []*atom // of the body and the query, in their order
	secrets []*atom
	words   []*atom // literals
	// separators are literals too.
	separators map[string]*atom
}

// add takes in a, unless its text is there under another name. What comes
// first is the name that is used: it covers more, or is the more usual one.
func (p *pool) add(list *[]*atom, a *atom, limit int) {
	if a == nil || len(a.text) == 0 {
		return
	}
	if other := p.seen[string(a.text)]; other != nil {
		if a.String() != other.String() && list != &p.forms {
			other.same = append(other.same, a.String())
		}
		return
	}
	if len(*list) < limit {
		p.seen[string(a.text)] = a
		*list = append(*list, a)
	}
}

// String is the atom as a template has it.
func (a *atom) String() string { return a.parts.String() }

// others are what usually stands beside a body.
func (p *pool) others() []*atom {
	return append(append(append([]*atom(nil), p.times...), p.names...), p.request...)
}

// The limits of a pool: more than any provider signs, few enough to try all
// their orders.
const (
	maxNames  = 9
	maxFields = 40
)

// gather fills the pool.
func (q *inference) gather() {
	p := &q.pool
	p.seen, p.separators = map[string]*atom{}, map[string]*atom{}
	for _, sep := range separators {
		p.separators[sep] = literal(sep)
	}
	p.body = &atom{parts: signature.Template{{Kind: signature.PartBody}}, text: q.m.Body}
	p.seen[string(q.m.Body)] = p.body
	q.gatherBody() // before the headers: a digest of the body that stands in one covers the body
	for _, s := range stampsOf(q.m, q.places) {
		a := &atom{parts: signature.Template{s.at}, text: []byte(s.text), stamp: &s, list: s.list}
		p.add(&p.times, a, 4)
	}
	for _, a := range q.keyAtoms() {
		p.add(&p.names, a, maxNames)
	}
	for _, name := range q.headers() {
		p.add(&p.names, q.atomOf(string(signature.PartHeader)+":"+name), maxNames)
	}
	for _, text := range [...]string{"url", "target", "path", "method", "host", "query", "url|no-query", "url|port", "url|no-port", "url|urldecode", "url|urldecode::/?@!$'()*,;"} {
		p.add(&p.request, q.atomOf(text), 12)
	}
	q.gatherFields()
	q.gatherSorted()
	q.gatherSecrets()
	q.gatherWords()
}

// headers are those that may be signed, such as are called like the one with
// the signature first: webhook-id, where that is webhook-signature.
func (q *inference) headers() (out []string) {
	family := ""
	for _, p := range q.places {
		if p.at.Kind == signature.PartHeader && family == "" {
			family = strings.ToLower(familyOf(p.at.Name))
		}
	}
	var rest []string
	for _, f := range q.m.Header {
		switch {
		case !mayBeSigned(f.Name) || len(f.Value) > 256:
		case family != "" && strings.HasPrefix(strings.ToLower(f.Name), family):
			out = append(out, f.Name)
		default:
			rest = append(rest, f.Name)
		}
	}
	return append(out, rest...)
}

// familyOf is the first word of a header's name, with an X before it.
func familyOf(name string) string {
	first, rest, _ := strings.Cut(name, "-")
	if len(first) == 1 {
		second, _, _ := strings.Cut(rest, "-")
		return first + "-" + second
	}
	return first
}

// keyAtoms are the keys of lists beside a signature that are neither another
// signature nor a time.
func (q *inference) keyAtoms() (out []*atom) {
	seen := map[string]bool{}
	for _, p := range q.places {
		if p.list.Pairs == "" || p.list.Equals == "" || p.at.Kind != signature.PartHeader || len(p.at.Filters) > 0 {
			continue
		}
		in := &listed{p.at, p.list.Pairs, p.list.Equals}
		for pair := range strings.SplitSeq(q.m.Header.Get(p.at.Name), p.list.Pairs) {
			key, text, ok := strings.Cut(strings.TrimSpace(pair), p.list.Equals)
			id := in.at.Name + in.pairs + in.equals + key
			if !ok || text == "" || seen[id] || key == p.list.Keys[0] {
				continue
			}
			seen[id] = true
			at := signature.Part{Kind: signature.PartKey, Name: key}
			out = append(out, &atom{parts: signature.Template{at}, text: []byte(strings.TrimSpace(text)), list: in})
		}
	}
	return out
}

// mayBeSigned leaves out the headers that clients and proxies set by
// themselves, and such as are called a signature.
func mayBeSigned(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range [...]string{"accept", "content-length", "content-encoding", "connection", "host", "user-agent", "x-forwarded", "x-real-ip",
		"cf-", "via", "traceparent", "tracestate", "transfer-encoding", "authorization", "cookie", "cache-control", "pragma", "expect", "forwarded"} {
		if strings.HasPrefix(name, prefix) {
			return false
		}
	}
	return !strings.HasSuffix(name, "signature") && !strings.HasSuffix(name, "hmac")
}

// gatherWords are the versions and prefixes that may stand before a text.
func (q *inference) gatherWords() {
	p := &q.pool
	for _, text := range [...]string{"v0", "v1", "v2", "v3", "1", "sha256=", "hmacsha256=", "sha512="} {
		p.words = append(p.words, literal(text))
	}
	seen := map[string]bool{}
	for _, at := range q.places {
		if text := at.prefix; text != "" && !seen[text] && len(p.words) < 12 {
			seen[text] = true
			p.words = append(p.words, literal(text))
		}
	}
}
