package signature

import (
	"iter"
	"strings"
)

const algorithmDo = "Compare the provider's documentation and the settings of the webhook there: another algorithm is chosen, or an older signature is still sent."

// algorithm tries the other hash functions, a plain hash for an HMAC and an
// HMAC for a plain hash.
func (q *search) algorithm() *Diagnosis {
	before := q.compared
	for _, l := range q.layouts {
		if d := q.with(q.algorithmChanges(l)); d != nil {
			return d
		}
	}
	q.note(before, q.compared, "other hash functions, and a plain hash for an HMAC or an HMAC for a plain hash")
	return nil
}

// hashing is a way of hashing the signed text.
type hashing struct {
	scheme Shared
	says   string
}

func (q *search) algorithmChanges(l layout) iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, c := range otherPublic(l.scheme) {
			if !yield(c) {
				return
			}
		}
		s, ok := l.scheme.(Shared)
		if _, named := s.Algorithm.named(); !ok || named {
			return
		}
		was := s.Algorithm.inWords(s.Keyed)
		for _, h := range append(otherHashes(s), otherKinds(s)...) {
			for _, r := range q.readable(h.scheme) {
				r.accident = accident{cause: AlgorithmCause, says: "as " + h.says + r.says, why: "this provider signs with " + was, do: algorithmDo, also: r.also}
				if !yield(r) {
					return
				}
			}
		}
	}
}

// readable lists where in the message a signature of the scheme's length can be
// read: in its own header, with a prefix that names the algorithm, or in a
// header of the same family, as X-Hub-Signature beside X-Hub-Signature-256.
func (q *search) readable(s Shared) (out []change) {
	l := layoutsOf(s)[0]
	for _, prefix := range []string{s.Prefix, renamed(s.Prefix, s.Algorithm), ""} {
		s.Prefix = prefix
		for _, at := range l.At {
			if at.Kind != PartHeader || !l.List.isZero() {
				return []change{{scheme: s}}
			}
			for _, f := range q.Message.Header[:min(len(q.Message.Header), maxHeaders)] {
				own := at.names(f.Name)
				if !own && !sameFamily(f.Name, at.Name) || !reads(s, f.Value) {
					continue
				}
				c := change{scheme: s}
				if !own {
					c.header, c.also = q.Message.Header.With(at.Name, f.Value), SignatureHeader
					c.says = " in the header " + q.safe(f.Name)
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// reads tells whether value is a signature of the scheme's form.
func reads(s Shared, value string) bool {
	c := newCheck(s.Layout, s, Message{})
	rest, ok := c.cut(strings.TrimSpace(value))
	_, fits := c.decode(rest)
	return ok && fits
}

// renamed returns the prefix with the name of another algorithm in it.
func renamed(prefix string, a Algorithm) string {
	for _, name := range []Algorithm{SHA512, SHA384, SHA256, SHA1, MD5} {
		if strings.Contains(prefix, string(name)) {
			return strings.Replace(prefix, string(name), string(a), 1)
		}
	}
	return string(a) + "="
}

// sameFamily tells header names that differ in digits and the word sha only.
func sameFamily(a, b string) bool {
	stem := func(name string) string {
		name = strings.ToLower(strings.TrimRight(name, "-0123456789"))
		return strings.TrimRight(strings.TrimSuffix(name, "sha"), "-0123456789")
	}
	return stem(a) == stem(b)
}

func otherHashes(s Shared) (out []hashing) {
	for _, a := range []Algorithm{SHA1, SHA256, SHA512, SHA384, MD5} {
		if a == s.Algorithm {
			continue
		}
		other := s
		other.Algorithm = a
		out = append(out, hashing{other, a.inWords(s.Keyed)})
	}
	return out
}

// otherKinds turns an HMAC into a plain hash with the secret before or behind
// the text, and a plain hash into an HMAC of the text without the secret.
func otherKinds(s Shared) (out []hashing) {
	for _, a := range []Algorithm{s.Algorithm, SHA256, SHA1, SHA512, SHA384, MD5} {
		if a == s.Algorithm && len(out) > 0 {
			continue // the own one went first
		}
		other := s
		other.Algorithm, other.Keyed = a, !s.Keyed
		for _, t := range unlikeTemplates(s) {
			other.Templates = []Template{t}
			out = append(out, hashing{other, a.inWords(other.Keyed) + " of " + t.String()})
		}
	}
	return out
}

func unlikeTemplates(s Shared) (out []Template) {
	secret := Template{{Kind: PartSecret}}
	for _, t := range s.Templates {
		if s.Keyed {
			if t.holdsKey() {
				continue
			}
			for _, separator := range []string{"", ".", ":", "|", "&"} {
				out = append(out, glued(separator, secret, t), glued(separator, t, secret))
			}
			continue
		}
		if pieces := t.pieces(PartSecret); len(pieces) > 0 {
			out = append(out, glued(t.separator(), pieces...), glued("", pieces...))
		}
	}
	return out
}
