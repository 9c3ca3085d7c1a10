package providers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// checkHandshakes tells what is wrong with the file's [[handshake]] and [reply]:
// the key, and a sentence.
func (f file) checkHandshakes() (key, problem string) {
	for _, h := range f.Handshake {
		if key, problem := h.check(); problem != "" {
			return key, problem
		}
	}
	if f.Reply != nil {
		return f.Reply.check()
	}
	return "", ""
}

// handshakeKey stands for keys that other tables have too, so that a search for
// their line would end there.
const handshakeKey = "[[handshake]]"

// check tells what is wrong with the table: the key, and a sentence.
func (h handshakeTable) check() (key, problem string) {
	switch {
	case len(h.When) == 0:
		return handshakeKey, "when is missing in [[handshake]], expected at least one condition"
	case !answerStatus(h.Status):
		return handshakeKey, fmt.Sprintf("status %d in [[handshake]], expected 200 to 299", h.Status)
	case h.Status == http.StatusNoContent && len(h.Body) > 0:
		return handshakeKey, "status 204 in [[handshake]] with a body, expected another status or no body"
	case h.challengeForm() == nil:
		return "challenge", fmt.Sprintf("challenge %q, expected token or hex", h.Challenge)
	case !answerType(h.Type):
		return handshakeKey, typeProblem(h.Type)
	case !h.Check.IsZero() && !h.Check.Kind.OfMessage():
		return "check", fmt.Sprintf("check %q, expected a part of the message such as query:hub.verify_token", h.Check)
	case !h.Store.IsZero() && !storable(h.Store.Kind):
		return "store", fmt.Sprintf("store %q, expected a header, json, form or query part", h.Store)
	case h.Says != "" && (!strings.HasSuffix(h.Says, ".") || len(h.Says) > maxLabel):
		return "says", fmt.Sprintf("says %q, expected a sentence with a full stop, of at most %d bytes", h.Says, maxLabel)
	}
	return h.checkTemplates()
}

func (h handshakeTable) checkTemplates() (key, problem string) {
	for name, t := range h.Headers {
		if problem := headerProblem(name); problem != "" {
			return "headers", problem
		}
		if problem := h.templateProblem("headers", t); problem != "" {
			return "headers", problem
		}
	}
	if problem := h.templateProblem("text", h.Text); problem != "" {
		return handshakeKey, problem
	}
	if problem := h.templateProblem("body", h.Body); problem != "" {
		return handshakeKey, problem
	}
	return "", ""
}

// ofHandshake are the kinds of part that stand in an answer beside those of
// the message.
var ofHandshake = []signature.PartKind{signature.PartLiteral, signature.PartSecret, signature.PartText, signature.PartVerifyToken}

// check tells what is wrong with the table: the key, and a sentence.
func (r replyTable) check() (key, problem string) {
	switch {
	case !answerStatus(r.Status):
		return "[reply]", fmt.Sprintf("status %d in [reply], expected 200 to 299", r.Status)
	case !answerType(r.Type):
		return "[reply]", typeProblem(r.Type)
	}
	for _, part := range r.Body {
		if part.Kind != signature.PartLiteral && !part.Kind.OfMessage() || hashesSecret(part) {
			return "[reply]", fmt.Sprintf("body %q in [reply], expected parts of the message only", r.Body)
		}
	}
	return "", ""
}

func answerStatus(status int) bool { return status == 0 || status >= 200 && status <= 299 }

func answerType(typ string) bool {
	return slices.Contains([]string{"", typeText, typeJSON, typeXML, typeTextXML}, typ)
}

func typeProblem(typ string) string {
	return fmt.Sprintf("type %q, expected text/plain, application/json, application/xml or text/xml: a browser may run others as script", typ)
}

func storable(k signature.PartKind) bool {
	switch k {
	case signature.PartHeader, signature.PartJSON, signature.PartForm, signature.PartQuery:
		return true
	}
	return false
}

// headerProblem tells why an answer cannot have a header field of that name.
func headerProblem(name string) string {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}
	if name == "" || strings.ContainsFunc(name, odd) {
		return fmt.Sprintf("header %q in [[handshake]], expected letters, digits and dashes", name)
	}
	reserved := []string{"connection", "content-encoding", "content-length", "content-type", "date", "location",
		"set-cookie", "trailer", "transfer-encoding", "upgrade", "x-content-type-options"}
	if slices.Contains(reserved, strings.ToLower(name)) {
		return fmt.Sprintf("header %q in [[handshake]], which is not for a catalogue file to set; the type of the body is type", name)
	}
	return ""
}

// templateProblem tells what keeps a template from being filled safely: the
// secret itself must not be in an answer, nor a text that holds it unhashed.
func (h handshakeTable) templateProblem(key string, t signature.Template) string {
	for _, part := range t {
		switch {
		case key != "text" && bareSecret(part),
			part.Kind == signature.PartText && !hashes(part) && slices.ContainsFunc(h.Text, bareSecret):
			return fmt.Sprintf("%s %q, which would tell the secret to whoever asks", key, t)
		case key == "text" && part.Kind == signature.PartText:
			return fmt.Sprintf("text %q, expected parts other than the text itself", t)
		case part.Kind == signature.PartText && len(h.Text) == 0:
			return fmt.Sprintf("%s %q, but [[handshake]] has no text", key, t)
		case !part.Kind.OfMessage() && !slices.Contains(ofHandshake, part.Kind):
			return fmt.Sprintf("%s %q, expected parts of the message, secret:NAME, verify_token or text", key, t)
		}
	}
	return ""
}
