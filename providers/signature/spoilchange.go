package signature

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSpoilTries bounds how many changes of one message are tried.
const maxSpoilTries = 96

// standingIn lists the places of m where a signature of s stands, each by a
// name of its own.
func standingIn(s Scheme, m Message) (out []Part) {
	fields := ReadFields(m)
	for _, at := range FactsOf(s).At {
		switch {
		case at.numbered():
			for _, f := range m.Header {
				p := Part{Kind: PartHeader, Name: f.Name}
				if at.names(f.Name) && !holdsPart(out, p) {
					out = append(out, p)
				}
			}
		case at.inEvery():
			list, member, _ := strings.Cut(at.Name, everyEntry)
			for i := range maxIndex {
				p := Part{Kind: PartJSON, Name: list + "." + itoa(int64(i)) + "." + member}
				if fields.Get(p).Times == 0 {
					break
				}
				out = append(out, p)
			}
		case fields.Get(Part{Kind: at.Kind, Name: at.Name}).Times > 0 && !holdsPart(out, at):
			out = append(out, at)
		}
	}
	return out
}

// holdsPart tells whether p is among parts, whatever its filters.
func holdsPart(parts []Part, p Part) bool {
	return slices.ContainsFunc(parts, func(q Part) bool {
		return p.Kind == q.Kind && (p.Name == q.Name || p.Kind == PartHeader && sameName(p.Name, q.Name))
	})
}

// tamperSignature changes one digit in each place of the signature.
func (s Spoiler) tamperSignature(signed Message) (Message, string) {
	places := standingIn(s.Scheme, signed)
	if len(places) == 0 {
		return signed, "there is no signature in it"
	}
	fields := ReadFields(signed)
	for try := range maxSpoilTries {
		m, err := signed, error(nil)
		for _, at := range places {
			value := fields.Get(at).Text
			// From three quarters of it outward: a list has its time in front.
			where := len(value)*3/4 + (try+1)/2*(1-try%2*2)
			if err == nil && where >= 0 && where < len(value) {
				m, err = writeAny(m, at, changedIn(value, where))
			}
		}
		if err != nil {
			return signed, err.Error()
		}
		if s.noticed(m, TamperedSignature) {
			return m, ""
		}
	}
	return signed, "no digit of it is the signature's alone"
}

// writeAny is write for a body that is the signature, too.
func writeAny(m Message, p Part, value string) (Message, error) {
	if p.Kind == PartBody {
		m.Body = []byte(value)
		return m, nil
	}
	return write(m, p, value)
}

// tamperBody changes one value of the body that the signature covers, the ones
// that a thief would change first.
func (s Spoiler) tamperBody(signed Message) (Message, string) {
	if len(signed.Body) == 0 {
		return signed, "it has no body"
	}
	cover, covered := s.cover(signed)
	if cover == CoverNone {
		return signed, "the signature does not cover the body"
	}
	for i, change := range s.bodyChanges(signed, covered) {
		if i == maxSpoilTries {
			break
		}
		m := signed
		m.Body = splice(signed.Body, change.from, change.to, change.text)
		if s.noticed(m, TamperedBody) {
			return m, ""
		}
	}
	return signed, "the signature does not cover the body"
}

// cover is what the signature of a genuine message covers.
func (s Spoiler) cover(signed Message) (Cover, []string) {
	if v := s.check(signed); v.Cover != "" {
		return v.Cover, v.Covered
	}
	f := FactsOf(s.Scheme)
	return f.Cover, f.Covered
}

// bodyChange is one replacement in a body.
type bodyChange struct {
	from, to int
	text     string
	rank     int
}

// bodyChanges lists changes of single values of the body: those that are covered
// by name first, then the likeliest.
func (s Spoiler) bodyChanges(m Message, covered []string) (out []bodyChange) {
	places := append(standingIn(s.Scheme, m), FactsOf(s.Scheme).Timestamp)
	const many = 2000
	for _, l := range Leaves(m, many) {
		if !holdsPart(places, l.Part) {
			text := changedToken(string(m.Body[l.from:l.to]), l.Part.Kind == PartJSON && !l.Raw)
			rank := rankOf(l)
			if slices.Contains(covered, l.Part.String()) {
				rank -= ranks
			}
			out = append(out, bodyChange{l.from, l.to, text, rank})
		}
	}
	if out == nil {
		return textChanges(m.Body)
	}
	slices.SortStableFunc(out, func(a, b bodyChange) int { return a.rank - b.rank })
	return out
}

// ranks is how many rankOf tells apart.
const ranks = 3

// rankOf puts amounts first, then other numbers.
func rankOf(l Leaf) int {
	name := strings.ToLower(l.Part.Name)
	for _, money := range []string{"amount", "total", "price", "sum", "value"} {
		if strings.Contains(name, money) && strings.ContainsAny(l.Text, "0123456789") {
			return 0
		}
	}
	if l.Raw {
		return 1
	}
	return 2
}

// textChanges lists changes of digits, then of other characters, of a body that
// is neither JSON nor a form.
func textChanges(body []byte) (out []bodyChange) {
	step := len(body)/maxSpoilTries + 1
	for _, digits := range []bool{true, false} {
		most := maxSpoilTries
		if digits {
			most /= 2
		}
		for i, skip := 0, 0; i < len(body) && len(out) < most; i++ {
			c := body[i]
			switch {
			case digits != (c >= '0' && c <= '9') || !alphanumeric(c):
			case !digits && i < skip:
			default:
				out = append(out, bodyChange{from: i, to: i + 1, text: string(other(c))})
				skip = i + step
			}
		}
	}
	if len(out) == 0 {
		out = append(out, bodyChange{from: 0, to: 1, text: string(rune(body[0] ^ 1))})
	}
	return out
}

// changedToken is a JSON token, or the value of a form field, with one
// character changed and of the same kind as before.
func changedToken(token string, quoted bool) string {
	switch token {
	case "true":
		return "false"
	case "false":
		return "true"
	case "null":
		return "0"
	}
	for i := 0; i < len(token); i++ {
		switch c := token[i]; {
		case c == '\\':
			if i++; i < len(token) && token[i] == 'u' {
				i += 4
			}
		case c == '%' && !quoted:
			i += 2
		case alphanumeric(c):
			if c = other(c); c == '0' {
				c = '1' // no number begins with it
			}
			return token[:i] + string(c) + token[i+1:]
		}
	}
	if quoted {
		return token[:len(token)-1] + `x"`
	}
	return token + "1"
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// other is another character of the same kind; a digit of hex stays one.
func other(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return '0' + (c-'0'+5)%10
	case c >= 'a' && c <= 'f':
		return 'a' + (c-'a'+3)%6
	case c >= 'A' && c <= 'F':
		return 'A' + (c-'A'+3)%6
	case c >= 'g' && c <= 'z':
		return 'g' + (c-'g'+7)%20
	case c >= 'G' && c <= 'Z':
		return 'G' + (c-'G'+7)%20
	}
	return c
}

// changedIn is text with another character of the same kind at a place.
func changedIn(text string, at int) string {
	if c := text[at]; c < utf8.RuneSelf && alphanumeric(c) {
		return text[:at] + string(other(c)) + text[at+1:]
	}
	return text
}
