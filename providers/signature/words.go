package signature

import (
	"slices"
	"strings"
)

// Title is the verdict in a few words, for example "Signature does not match".
func (v Verdict) Title() string {
	switch v.Outcome {
	case Verified:
		switch v.Cover {
		case CoverBody:
			return "Signature verified"
		case CoverFields:
			if v.caveat() != "" && !strings.HasPrefix(v.caveat(), "the body goes in") {
				return "Sender verified, parts not held apart"
			}
			return "Sender verified, payload not covered"
		}
		return "Token matches, nothing is signed"
	case Stale:
		return "Signature matches, timestamp too far off"
	case Mismatch:
		return "Signature does not match"
	case Missing:
		return "Signature is missing"
	case Malformed:
		if v.unreadable() == aboutSignature {
			return "Signature can't be read"
		}
		return "Delivery can't be checked"
	case NoSecret:
		return "No secret configured"
	case Unsigned:
		if title := v.handshakeTitle(); title != "" {
			return title
		}
		if v.Provider != "" && !v.endsWith(StepProvider) {
			return "Not signed by the provider"
		}
	}
	return "Not checked"
}

// Says is one sentence on what the verdict proves and what it does not.
func (v Verdict) Says() string {
	switch v.Outcome {
	case Verified:
		return v.proves()
	case Stale:
		return "The sender " + v.proof() + ", but the signed time is outside the tolerance: " +
			"it is an old delivery, a replay, or one of the clocks is off."
	case Mismatch:
		return "A secret is configured and no signature of this delivery was made with it over these bytes."
	case Missing:
		return "A secret is configured, so a signature is expected, and this delivery carries none."
	case Malformed:
		return v.unreadable().says()
	case NoSecret:
		return "The provider signs its deliveries, but nothing can be checked until a secret is configured."
	case Unsigned:
		switch {
		case v.endsWith(StepHandshake):
			return "The provider checked this address; nothing signs such a request."
		case v.endsWith(StepProvider):
			return v.Steps[len(v.Steps)-1].Evidence
		case v.Provider == "":
			return "It looks like no known provider, so nobody was asked whether it is genuine."
		}
		return "The provider documents no signature: a secret address over TLS is all that could speak for a delivery, " +
			"and the contents are unverified."
	}
	return "Nobody was asked whether this delivery is genuine."
}

func (v Verdict) proves() string {
	switch v.Cover {
	case CoverBody:
		return "The sender " + v.proof() + " and the body is intact."
	case CoverFields:
		out := "The sender " + v.proof() + ", but only " + v.coveredInWords() +
			" protected: the rest of the payload may have been changed."
		if slices.Contains(v.Covered, string(PartBody)) {
			out = "The sender " + v.proof() + ", and no byte of what was signed is another one."
		}
		if caveat := v.caveat(); caveat != "" {
			out += " But " + caveat + "."
		}
		return out
	}
	if caveat := v.caveat(); caveat != "" {
		return "The sender " + v.proof() + ", but " + caveat + "."
	}
	return "The sender knows the shared token; nothing in this delivery is protected against changes."
}

// proof is what a matching signature proves of its sender. A stored verdict
// tells the two kinds apart by the name of the step that compared.
func (v Verdict) proof() string {
	for _, step := range v.Steps {
		name, compared := strings.CutSuffix(step.Name, " compared")
		public := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
		if compared && slices.ContainsFunc([]string{"Ed25519", "RSA", "ECDSA"}, public) {
			return "holds the private key"
		}
	}
	return "knows the secret"
}

// caveat is what a matching signature leaves open, "" when it leaves nothing.
func (v Verdict) caveat() string {
	for _, step := range v.Steps {
		if step.Name == StepCaveat {
			return strings.ReplaceAll(step.Evidence, "\n", "; ")
		}
	}
	return ""
}

// coveredInWords names the protected parts with their verb: "id and date are".
func (v Verdict) coveredInWords() string {
	names := make([]string, 0, len(v.Covered))
	for _, part := range v.Covered {
		p, err := ParsePart(part)
		if err != nil || p.Name == "" {
			names = append(names, part)
			continue
		}
		names = append(names, p.Name)
	}
	if more := len(names) - maxNamed; more > 1 {
		return strings.Join(names[:maxNamed], ", ") + " and " + itoa(int64(more)) + " more are"
	}
	if len(names) < 2 {
		return strings.Join(names, "") + " is"
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " are"
}

// maxNamed is how many parts a sentence names.
const maxNamed = 12

// The last step of a verdict that is Unsigned for a reason of its own.
const (
	// StepHandshake: a provider's check of the address was answered, or refused.
	StepHandshake = "Handshake"
	// StepProvider: several providers could have sent it.
	StepProvider = "Provider"
)

func (v Verdict) endsWith(step string) bool {
	n := len(v.Steps)
	return n > 0 && v.Steps[n-1].Name == step
}

func (v Verdict) handshakeTitle() string {
	switch {
	case !v.endsWith(StepHandshake):
		return ""
	case v.Steps[len(v.Steps)-1].OK:
		return "Handshake answered"
	}
	return "Handshake refused"
}

// subject is what a malformed delivery is at fault in.
type subject int

const (
	aboutAnything subject = iota
	aboutSignature
	aboutSecret
)

// unreadable tells what a malformed verdict is about. A verdict out of the
// store knows it by the name of its step only.
func (v Verdict) unreadable() subject {
	step, _ := v.failed()
	switch step.Name {
	case stepHeader, stepSignature, stepToken:
		return aboutSignature
	case stepSecret:
		return aboutSecret
	}
	return aboutAnything
}

// says leaves what was expected and found to the step.
func (s subject) says() string {
	switch s {
	case aboutSignature:
		return "What stands in place of the signature can't be one, so nothing is known of the sender."
	case aboutSecret:
		return "The configured secret can't be decoded, so nothing could be checked with it."
	}
	return "A part of this delivery that the check needs is missing, repeated or unreadable, so its signature proves nothing."
}

// failed returns the last step that did not hold: the one that decided.
func (v Verdict) failed() (Step, bool) {
	for i := len(v.Steps) - 1; i >= 0; i-- {
		if !v.Steps[i].OK {
			return v.Steps[i], true
		}
	}
	return Step{}, false
}

// Tone returns the colour class of v.
func (v Verdict) Tone() Tone { return v.Outcome.Tone(v.Cover) }

// Tone returns the colour class of an outcome with a cover.
func (o Outcome) Tone(c Cover) Tone {
	switch o {
	case Verified:
		if c == CoverBody {
			return Good
		}
		return Caution
	case Stale:
		return Caution
	case Mismatch, Missing, Malformed:
		return Bad
	}
	return Neutral
}

// Symbol is one character that stands beside the word: ✓ ◐ ✕ –.
func (o Outcome) Symbol(c Cover) string {
	switch o.Tone(c) {
	case Good:
		return "✓"
	case Caution:
		return "◐"
	case Bad:
		return "✕"
	}
	return "–"
}

// Word is the verdict in one or two words, for lists. It differs from its
// outcome's word where nobody was asked.
func (v Verdict) Word() string {
	if v.Outcome == Unsigned && v.Provider == "" {
		return Outcome("").Word("")
	}
	return v.Outcome.Word(v.Cover)
}

// Word is the outcome in one or two words. Verdict.Word knows better when the
// provider is at hand.
func (o Outcome) Word(c Cover) string {
	switch o {
	case Verified:
		switch c {
		case CoverBody:
			return "verified"
		case CoverFields:
			return "partly covered"
		}
		return "token only"
	case NoSecret:
		return "no secret"
	case Stale, Mismatch, Missing, Malformed, Unsigned:
		return string(o)
	}
	return "not checked"
}
