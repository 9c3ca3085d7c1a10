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

// WhenStuck is what becomes of a queue when the shop does not take a delivery.
type WhenStuck string

// The ways to go on. A shop that does not answer at all stops both.
const (
	// WhenStuckWait lets those behind wait, so that the order is kept.
	WhenStuckWait WhenStuck = "wait"
	// WhenStuckPass lets a delivery that the shop refused a few times step aside;
	// it is tried again later while the others go on.
	WhenStuckPass WhenStuck = "pass"
)

// MaxConcurrency bounds Endpoint.Concurrency.
const MaxConcurrency = 32

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
	// Concurrency is how many deliveries of an accept endpoint's queue are at the
	// shop at once, 1 when 0. Above 1 the order of arrival is not kept.
	Concurrency int
	// WhenStuck is WhenStuckWait when empty.
	WhenStuck WhenStuck
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
