// Package detail is the pane that shows one capture: what its signature
// proves, its body and headers, what the shop answered, each attempt, and the
// raw request. Start with New and Pane.Show. The pane takes values and calls
// back through Actions; it knows neither store nor engine, and nothing in it
// blocks the UI goroutine: what takes long is made in a goroutine and shown if
// its capture is still the one on screen.
package detail

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Actions are what the pane's buttons do. A nil one hides its button.
type Actions struct {
	// Replay sends the capture to the shop again, as captured.
	Replay func(inspector.Capture)
	// Edit opens the capture for editing and signing anew.
	Edit func(inspector.Capture)
	// Export offers the forms of export in a menu below the button.
	Export func(c inspector.Capture, button fyne.CanvasObject)
	// Release forwards a held capture as it is.
	Release func(inspector.Capture)
	// Pin pins or unpins the capture.
	Pin func(c inspector.Capture, pinned bool)
	// Remedies are what can be done about the capture's diagnosis, the one to
	// try first at the head; none where only a person can.
	Remedies func(inspector.Capture) []Remedy
	// UseOffered gives the capture's endpoint the secret that the capture brings.
	UseOffered func(inspector.Capture)
	// ChooseProvider opens a new endpoint of a provider for a capture that could
	// come from several.
	ChooseProvider func(c inspector.Capture, provider string)
	// AddSecret opens the capture's endpoint where its secret is typed.
	AddSecret func(inspector.Capture)
	// AddEndpoint opens a new endpoint for a capture that had none.
	AddEndpoint func(inspector.Capture)
	// Open shows another capture.
	Open func(ulid.ULID)
	// CompareEarlier shows the capture beside the earlier one that it repeats.
	CompareEarlier func(inspector.Capture)
	// CompareSent shows what was received beside what an attempt sent, and
	// CompareAnswers the answers to two attempts; attempts count from the oldest.
	CompareSent    func(c inspector.Capture, attempt int)
	CompareAnswers func(c inspector.Capture, before, attempt int)
	// SecretCopied is told of a text on the clipboard that may hold a secret.
	SecretCopied func(text string)
}

// Remedy is a button beside a diagnosis: its words, and what it does.
type Remedy struct {
	Text string
	Do   func()
}

// Options change how a pane shows what it is given.
type Options struct {
	// Zone is where times are shown; nil is the machine's own.
	Zone *time.Location

	// Do runs a function on the UI goroutine; fyne.Do when nil.
	Do func(func())
}
