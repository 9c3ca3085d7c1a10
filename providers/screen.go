package providers

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// HidesBody tells whether Mask hides anything in bodies of p: personal data, or
// a secret that stands there.
func (p Provider) HidesBody() bool { return len(p.hidden()) > 0 }

// SecretHeader tells whether p puts a secret into the header of that name.
func (p Provider) SecretHeader(name string) bool {
	probe := signature.Header{{Name: name, Value: "?"}}
	return p.MaskHeader(probe)[0].Value != "?"
}

// MaskTarget hides the secrets in the query of a request target or URL: those
// of any provider of p's catalogue, because a request may be taken for another's.
func (p Provider) MaskTarget(target string) string {
	return maskTarget(target, slices.Concat(p.secretQueries(), p.queries))
}

// MaskTarget is MaskTarget of a provider that nobody knows.
func (c Catalog) MaskTarget(target string) string { return maskTarget(target, c.queries) }

// maskTarget hides the values of the query parameters of these names.
func maskTarget(target string, names []string) string {
	path, query, found := strings.Cut(target, "?")
	if !found || len(names) == 0 {
		return target
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		raw, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(raw)
		if value != "" && (err != nil || slices.Contains(names, name)) {
			pairs[i] = raw + "=" + dots
		}
	}
	return path + "?" + strings.Join(pairs, "&")
}

// secretQueries are the query parameters that hold a secret, sent or offered.
func (p Provider) secretQueries() []string {
	var names []string
	for _, at := range p.secretParts() {
		if at.Kind == signature.PartQuery {
			names = append(names, at.Name)
		}
	}
	return names
}

// MaskHead hides the secrets in a raw request head, as MaskHeader does in its
// fields and MaskTarget in its first line, and the headers that also names; nil
// names none. Continuation lines are hidden with their field. Everything else
// stays byte for byte.
func (p Provider) MaskHead(head []byte, also func(name string) bool) []byte {
	var out []byte
	hiding, first := false, true
	for line := range bytes.Lines(head) {
		text := bytes.TrimRight(line, "\r\n")
		end := line[len(text):]
		name, _, field := bytes.Cut(text, []byte(":"))
		label := string(bytes.TrimSpace(name))
		switch folded := len(text) > 0 && (text[0] == ' ' || text[0] == '\t'); {
		case first:
			text = p.maskRequestLine(text)
		case folded && hiding:
			text = []byte(" " + dots)
		case folded:
		case field && (p.SecretHeader(label) || also != nil && also(label)):
			hiding = true
			text = append(bytes.Clone(name), ": "+dots...)
		default:
			hiding = false
		}
		first = false
		out = append(append(out, text...), end...)
	}
	return out
}

// maskRequestLine masks the target between the first and the last space.
func (p Provider) maskRequestLine(line []byte) []byte {
	from, to := bytes.IndexByte(line, ' '), bytes.LastIndexByte(line, ' ')
	if from < 0 || from == to {
		return line
	}
	masked := p.MaskTarget(string(line[from+1 : to]))
	return slices.Concat(line[:from+1], []byte(masked), line[to:])
}

// NeedsVerifyToken tells whether p checks an endpoint with a text that the user
// entered there, so that the endpoint has to know it.
func (p Provider) NeedsVerifyToken() bool {
	return slices.ContainsFunc(p.handshakes, func(h handshakeTable) bool {
		if !h.Check.IsZero() || holdsToken(h.Body) || holdsToken(h.Text) {
			return true
		}
		for _, t := range h.Headers {
			if holdsToken(t) {
				return true
			}
		}
		return false
	})
}

func holdsToken(t signature.Template) bool {
	return slices.ContainsFunc(t, func(part signature.Part) bool { return part.Kind == signature.PartVerifyToken })
}

// OffersSecret tells whether p brings the signing secret in a first request.
func (p Provider) OffersSecret() bool {
	return slices.ContainsFunc(p.handshakes, func(h handshakeTable) bool { return !h.Store.IsZero() })
}
