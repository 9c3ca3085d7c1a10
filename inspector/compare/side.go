package compare

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// dots stand for a hidden value, whatever its length.
const dots = "•••••"

// Side is one of the two messages of a comparison. Its zero mask hides nothing.
type Side struct {
	// Message is what is compared. An answer has neither method nor target.
	Message signature.Message
	// Status is an answer's, 0 for a request.
	Status int
	// Cut tells that the body is not whole: it was cut at a limit.
	Cut bool
	// Covered are the parts that a signature covers, as in Verdict.Covered.
	// Proved tells that it verified; else it is what the provider's scheme would
	// cover.
	Covered []string
	Proved  bool
	// HideHeader tells which headers' values are hidden; Target and Body mask
	// the target and the body.
	HideHeader func(name string) bool
	Target     func(string) string
	Body       func([]byte) []byte
}

// OfCapture is the request of c, which came from p, with nothing masked.
func OfCapture(c inspector.Capture, p providers.Provider) Side {
	s := Side{Message: c.Message, Covered: c.Verdict.Covered}
	s.Proved = c.Verdict.Outcome == signature.Verified || c.Verdict.Outcome == signature.Stale
	if !s.Proved && p.Scheme != nil {
		_, s.Covered = p.Covers()
	}
	return s
}

// OfAnswer is what the shop answered to d.
func OfAnswer(d inspector.Delivery) Side {
	return Side{Message: signature.Message{Header: d.Header, Body: d.Body}, Status: d.Status, Cut: d.Truncated}
}

// Masked returns s with the secrets and the personal data of p hidden, and the
// headers that also names; nil names none.
func (s Side) Masked(p providers.Provider, also func(name string) bool) Side {
	s.HideHeader = func(name string) bool { return also != nil && also(name) || p.SecretHeader(name) }
	s.Target, s.Body = p.MaskTarget, p.Mask
	return s
}

func (s *Side) hides(header string) bool { return s.HideHeader != nil && s.HideHeader(header) }

// target is the request target as it may be shown.
func (s *Side) target() string {
	if s.Target == nil {
		return s.Message.Target
	}
	return s.Target(s.Message.Target)
}

// seen is a side with its body as it may be shown, masked once: that reads all
// of it.
type seen struct {
	*Side
	shown []byte
	whole bool // nothing is hidden
}

func (s *Side) seen() seen {
	if s.Body == nil {
		return seen{s, s.Message.Body, true}
	}
	body := s.Body(s.Message.Body)
	return seen{s, body, bytes.Equal(body, s.Message.Body)}
}

// tree reads the body by its meaning; nil when it has no syntax that we know.
func (s seen) tree(ctx context.Context) (*tree, error) {
	t, err := readTree(ctx, s.Message.Header.Get("Content-Type"), s.Message.Body)
	if err != nil || t == nil {
		return nil, err
	}
	if s.whole {
		return t, nil
	}
	if t.shown, err = readAs(ctx, t.syntax, s.shown); err != nil || len(t.shown.nodes) != len(t.nodes) {
		t.shown = nil // then every value is hidden
	}
	return t, ctx.Err()
}

// CoversBody tells whether a signature covers the bytes of the body.
func (s *Side) CoversBody() bool { return slices.Contains(s.Covered, string(signature.PartBody)) }

// covers tells whether a signature covers the part at a place, which is written
// as in Verdict.Covered: "header:NAME", "json:a.b", "query:NAME", "path".
func (s *Side) covers(place string) bool {
	kind, name, _ := strings.Cut(place, ":")
	return slices.ContainsFunc(s.Covered, func(part string) bool {
		have, called, named := strings.Cut(part, ":")
		switch kind {
		case "path", "query":
			if have == string(signature.PartURL) || have == string(signature.PartTarget) {
				return true
			}
		case "json", "form", "xml", "body":
			if have == string(signature.PartBody) && !named || named && called == signature.EveryValue {
				return true
			}
		case "header":
			return have == kind && strings.EqualFold(called, name)
		}
		return have == kind && (!named || called == name || strings.HasPrefix(name, called+"."))
	})
}

// coversFields tells whether a signature covers single values of the body.
func (s *Side) coversFields() bool {
	return slices.ContainsFunc(s.Covered, func(part string) bool {
		kind, _, _ := strings.Cut(part, ":")
		return kind == string(signature.PartJSON) || kind == string(signature.PartForm)
	})
}

// statusText is a status as a row shows it.
func statusText(status int) string {
	if status == 0 {
		return "–" // no answer
	}
	return strconv.Itoa(status)
}
