package inspector

import (
	"time"

	"shopbell/providers/signature"
)

// Answer is where the reply to a provider comes from.
type Answer string

// The answer policies.
const (
	// AnswerShop sends the shop's answer back, within the provider's time limit.
	AnswerShop Answer = "shop"
	// AnswerAccept answers 200 as soon as the capture is on disk and delivers
	// from a durable queue.
	AnswerAccept Answer = "accept"
)

// Endpoint is one configured webhook.
type Endpoint struct {
	// Name is unique and what people see, for example "yshop live".
	Name string
	// Provider is a catalogue id; empty on a catch-all, where it is detected.
	Provider string
	// Path begins with "/" and holds a secret part. Deliveries to it or below it
	// belong to this endpoint. "/" is the catch-all.
	Path string
	// Secrets are tried in order; any of them may match.
	Secrets []signature.Secret
	// Forward is the path at the shop, or an absolute URL; empty means the path
	// and query as received.
	Forward string
	// Answer is AnswerShop when empty.
	Answer Answer
	// ForwardUnverified forwards what would be held.
	ForwardUnverified bool
	// VerifyToken is the text that a provider was given with the URL and repeats
	// when it checks the endpoint; the zero value when there is none.
	VerifyToken signature.Secret
	// LearnSecret takes the first secret that the provider offers in a request,
	// as long as the endpoint has none: the user agreed to it beforehand.
	LearnSecret bool
	// Tolerance replaces the provider's when not zero, in both directions.
	Tolerance time.Duration
}
