package inspector

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// Handshake is what became of a provider's check of an endpoint. The strings
// are stable.
type Handshake string

// The ends of a handshake.
const (
	HandshakeAnswered Handshake = "answered" // the provider got the answer that it documents
	HandshakeRefused  Handshake = "refused"  // it did not; a note of the capture says why
)

// Says is the end of a handshake in two words.
func (h Handshake) Says() string {
	switch h {
	case HandshakeAnswered:
		return "Handshake answered"
	case HandshakeRefused:
		return "Handshake refused"
	}
	return ""
}

// shakeHands finds out whether m is a provider's check of the endpoint, and
// prepares the answer. Then the request is a capture of its own kind: kept, but
// never forwarded nor held. A handshake on which this fails is an ordinary
// delivery.
func (i *Inspector) shakeHands(route *route, m signature.Message, j *judgement) {
	defer func() {
		if failure := recover(); failure != nil {
			i.log.Error("answering a handshake", "provider", j.provider.ID, "failure", fmt.Sprint(failure))
			j.handshake = nil
		}
	}()
	if route == nil || j.provider.ID == "" || j.failed {
		return
	}
	a, is := j.provider.Handshake(m, route.facts(j.verdict))
	if !is || a.Refused && route.Provider == "" {
		return // a catch-all leaves to the shop what it can't answer
	}
	j.handshake = &a
	step := signature.Step{Name: signature.StepHandshake, OK: !a.Refused, Evidence: a.Says}
	j.verdict = withHandshake(j.verdict, m, a.Signed, step)
	j.notes = append(j.notes, a.Says)
	if j.event.Text == "" {
		j.event = providers.Label{Text: "handshake", Derived: true}
	}
	if kind, _ := j.shaking(); j.hint == "" && j.verdict.Outcome != signature.Unsigned {
		j.hint = kind.Says() // otherwise it is the verdict's word
	}
}

// facts are what a handshake may use of the endpoint. The secrets of a
// catch-all may be those of other providers: signing a stranger's text with
// them could sign a delivery of theirs.
func (r *route) facts(v signature.Verdict) providers.Facts {
	f := providers.Facts{VerifyToken: r.VerifyToken, Verified: v.Outcome == signature.Verified}
	if secrets := r.secrets(); r.Provider != "" && len(secrets) > 0 {
		f.Secret = secrets[0]
	}
	return f
}

// withHandshake is the verdict on a handshake. Where the provider does not sign
// such requests, a signature that is not there is no fault.
func withHandshake(v signature.Verdict, m signature.Message, signed bool, step signature.Step) signature.Verdict {
	lacks := v.Outcome == signature.Missing || v.Outcome == signature.NoSecret ||
		v.Outcome == signature.Malformed && len(m.Body) == 0
	if lacks && !signed {
		v = signature.Verdict{Provider: v.Provider, Outcome: signature.Unsigned}
	}
	v.Steps = append(slices.Clip(v.Steps), step)
	return v
}

// sameHandshake is the verdict of j for a capture that was judged before: what
// was answered then stays answered.
func (i *Inspector) sameHandshake(route *route, c *Capture, j *judgement) signature.Verdict {
	n := len(c.Verdict.Steps)
	if c.Handshake == "" || n == 0 {
		return j.verdict
	}
	was := c.Verdict.Steps[n-1]
	i.shakeHands(route, c.Message, j)
	if j.handshake == nil || was.Name != signature.StepHandshake {
		return c.Verdict
	}
	j.verdict.Steps[len(j.verdict.Steps)-1] = was
	return j.verdict
}

// shaking tells what becomes of a handshake, "" when there was none, and
// whether it brings a secret.
func (j *judgement) shaking() (h Handshake, offers bool) {
	switch {
	case j.handshake == nil:
		return "", false
	case j.handshake.Refused:
		return HandshakeRefused, false
	}
	return HandshakeAnswered, j.handshake.Offered.Value() != ""
}

// shaken is the plan for a handshake.
func (j *judgement) shaken() plan {
	kind, _ := j.shaking()
	p := plan{state: Kept, answer: Reply{Status: j.handshake.Status, By: ours, Says: kind.Says() + "."}, exact: j.handshake}
	if kind == HandshakeRefused {
		p.answer.Says, p.exact = unanswered, nil
	}
	return p
}

// unanswered is all that a stranger learns of a handshake that is refused.
const unanswered = "This check of the endpoint could not be answered."

// acknowledged is the plan for a delivery that is answered at once and sent to
// the shop later.
func (j *judgement) acknowledged(m signature.Message) plan {
	p := plan{state: Waiting, answer: accepted}
	if a, wanted := j.provider.Reply(m); wanted {
		p.answer.Status, p.exact = a.Status, &a
	}
	return p
}

// tell answers the sender as planned.
func (p plan) tell(w http.ResponseWriter) {
	if p.exact == nil {
		tell(w, p.answer)
		return
	}
	a, h := p.exact, w.Header()
	for _, f := range a.Header {
		h[f.Name] = append(h[f.Name], f.Value)
	}
	h["Content-Type"] = nil // an empty body has no type
	if len(a.Body) > 0 {
		h.Set("Content-Type", a.Type)
		// What the body repeats may come from anybody: no browser may take it
		// for anything but its type.
		h.Set("X-Content-Type-Options", "nosniff")
	}
	if a.Status != http.StatusNoContent {
		h.Set("Content-Length", strconv.Itoa(len(a.Body)))
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // the sender may be gone, or asked with HEAD
}
