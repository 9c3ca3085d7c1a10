package providers

import (
	"crypto/sha256"
	"encoding/hex"

	"shopbell/providers/signature"
)

// Reading is all that a provider's file tells of one message.
type Reading struct {
	Event      Label
	DeliveryID Label
	// Hint is a short text for the second line of a list row, personal data
	// masked; "" when the provider's file names none.
	Hint        string
	NeedsAnswer bool
	Notes       []string
}

// Read returns everything at once, with one look into the body: for the hot
// path, where a body may be many megabytes.
func (p Provider) Read(m signature.Message) Reading {
	f, twice := signature.ReadFields(m).Inner()
	return Reading{
		Event: p.event(f), DeliveryID: p.deliveryID(f), Hint: p.hint(f),
		NeedsAnswer: p.relays.any(f), Notes: p.notesOn(f, twice),
	}
}

// Event returns the name of what happened, Text empty when it can't be told.
func (p Provider) Event(m signature.Message) Label { return p.event(lookInside(m)) }

// DeliveryID returns what identifies the delivery for deduplication. An id of
// unusual length is replaced by its SHA-256, so that two never fall together.
func (p Provider) DeliveryID(m signature.Message) Label { return p.deliveryID(lookInside(m)) }

// Hint is a short text for the second line of a list row, for example the
// payment's state; "" when the provider's file names none. Personal data in it
// is masked.
func (p Provider) Hint(m signature.Message) string { return p.hint(lookInside(m)) }

// NeedsAnswer tells whether the sender uses the shop's answer, so that it has
// to go back unchanged whatever the endpoint's policy (Twisto's data request,
// Everifin's payment.statusCheck).
func (p Provider) NeedsAnswer(m signature.Message) bool { return p.relays.any(lookInside(m)) }

// Notes says what a person should know of this message, for example that a
// JSON string held JSON and was read once more.
func (p Provider) Notes(m signature.Message) []string {
	return p.notesOn(signature.ReadFields(m).Inner())
}

func (p Provider) event(f *signature.Fields) Label {
	l, _ := p.events.label(f, nil)
	l.Text = clip(l.Text)
	return l
}

func (p Provider) deliveryID(f *signature.Fields) Label {
	l, _ := p.deliveries.label(f, nil)
	if len(l.Text) > maxLabel {
		sum := sha256.Sum256([]byte(l.Text))
		l.Text = "sha256:" + hex.EncodeToString(sum[:])
	}
	return l
}

func (p Provider) hint(f *signature.Fields) string {
	l, _ := p.hints.label(f, p.hidden())
	return clip(l.Text)
}

func (p Provider) notesOn(f *signature.Fields, twice bool) []string {
	var notes []string
	if twice {
		notes = append(notes, "The body is a JSON string that holds JSON; it was read once more.")
	}
	for _, r := range p.notes {
		if l, ok := (labelRules{r}).label(f, p.hidden()); ok {
			notes = append(notes, clip(l.Text))
		}
	}
	return notes
}
