package providers

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"shopbell/providers/signature"
)

// The bounds of an answer in bytes. No documented challenge has more than 1 KiB.
const (
	maxChallenge = 4 << 10
	maxAnswer    = 16 << 10
)

// The types that an answer may have: those that no browser runs as script, and
// XML, whose parts are escaped.
const (
	typeText    = "text/plain"
	typeJSON    = "application/json"
	typeXML     = "application/xml"
	typeTextXML = "text/xml"
)

var (
	tokenForm = regexp.MustCompile(`^[A-Za-z0-9._~+/-]{1,128}={0,2}$`)
	hexForm   = regexp.MustCompile(`^[A-Fa-f0-9]{20,32}$`)
)

// challengeForm is the form of a text that is signed with the endpoint's secret
// for whoever asks. It cannot be a JSON object, an XML document, a form with a
// value or a text with a time stamp in front ("v0:1700000000:..."), which is
// what the same secrets sign otherwise. "hex" is for a provider that signs
// base64 (Braintree, whose libraries demand 20 to 32 hex digits too).
func (h handshakeTable) challengeForm() *regexp.Regexp {
	switch h.Challenge {
	case "", "token":
		return tokenForm
	case "hex":
		return hexForm
	}
	return nil
}

// The reasons why a handshake can't be answered as the provider wants.
var (
	errNoSecret    = errors.New("it needs the endpoint's secret, and none is configured")
	errNoToken     = errors.New("it needs the endpoint's verify token, and none is configured")
	errForm        = errors.New("its challenge does not have the form of one")
	errNoChallenge = errors.New("it lacks a part that the answer is made of")
	errTooLong     = errors.New("its challenge is too long")
)

// refusedBy is the answer when writing the proper one failed. The sender is
// told the status only.
func refusedBy(p Provider, err error) Answer {
	why := p.Name + " checked this endpoint, but "
	switch {
	case errors.Is(err, errNoSecret):
		return refuse(http.StatusServiceUnavailable, why+errNoSecret.Error()+". Set secrets of the endpoint, then have it checked again.")
	case errors.Is(err, errNoToken):
		return refuse(http.StatusServiceUnavailable, why+errNoToken.Error()+". Set verify_token of the endpoint, then have it checked again.")
	}
	return refuse(http.StatusBadRequest, "It looks like a check of this endpoint by "+p.Name+", but "+err.Error()+", so it was not answered.")
}

// writer fills the templates of one answer.
type writer struct {
	fields *signature.Fields
	facts  Facts
	scheme signature.Scheme
	typ    string
	text   signature.Template
	// form is what a text must have that is signed with the secret.
	form *regexp.Regexp
}

// fill writes header and body of the answer.
func (w *writer) fill(h handshakeTable, a *Answer) (err error) {
	for _, name := range slices.Sorted(maps.Keys(h.Headers)) {
		value, err := w.write(h.Headers[name], typeText)
		if err != nil {
			return err
		}
		a.Header = append(a.Header, signature.Field{Name: name, Value: string(value)})
	}
	a.Body, a.Type, err = w.body(h.Body)
	return err
}

// body writes the body with its type.
func (w *writer) body(t signature.Template) ([]byte, string, error) {
	typ := w.typ
	if typ == "" {
		typ = typeText
	}
	body, err := w.write(t, typ)
	if err != nil || len(body) == 0 {
		return nil, "", err
	}
	if typ == typeJSON {
		if !json.Valid(body) {
			return nil, "", errForm
		}
		return body, typ, nil // RFC 8259: no charset parameter is defined
	}
	return body, typ + "; charset=utf-8", nil
}

// write fills t part by part, and escapes what the parts came to.
func (w *writer) write(t signature.Template, typ string) ([]byte, error) {
	var out []byte
	for _, part := range t {
		if part.Kind == signature.PartLiteral {
			out = append(out, part.Name...)
			continue
		}
		value, err := w.part(part)
		if err != nil {
			return nil, err
		}
		if value, err = escape(typ, out, value); err != nil {
			return nil, err
		}
		if out = append(out, value...); len(out) > maxAnswer {
			return nil, errTooLong
		}
	}
	return out, nil
}

// part is what one part of a template came to, checked but not escaped.
func (w *writer) part(part signature.Part) ([]byte, error) {
	value, err := w.value(part)
	switch {
	case err != nil:
		return nil, err
	case len(value) > maxChallenge:
		return nil, errTooLong
	case !utf8.Valid(value) || bytes.ContainsFunc(value, isControl):
		return nil, errForm
	}
	return value, nil
}

// isControl finds what must not be in a header value, and what no challenge has.
func isControl(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

// escape makes a value fit for where it comes to stand, behind out.
func escape(typ string, out, value []byte) ([]byte, error) {
	switch typ {
	case typeJSON:
		if !insideString(out) {
			if !json.Valid(value) {
				return nil, errForm
			}
			return value, nil
		}
		quoted, err := json.Marshal(string(value))
		if err != nil {
			return nil, fmt.Errorf("writing the answer: %w", err)
		}
		return quoted[1 : len(quoted)-1], nil
	case typeXML, typeTextXML:
		var b strings.Builder
		if err := xml.EscapeText(&b, value); err != nil {
			return nil, fmt.Errorf("writing the answer: %w", err)
		}
		return []byte(b.String()), nil
	}
	return value, nil
}

// insideString tells whether the JSON text ends within a string.
func insideString(text []byte) bool {
	in := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			in = !in
		case in && text[i] == '\\':
			i++
		}
	}
	return in
}
