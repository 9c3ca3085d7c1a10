// Package providers knows who sends webhooks: a catalogue of data files, one
// for each provider, built into the program. Start with Catalog and Provider;
// file.go is the format of catalog/*.toml, and package signature has the
// schemes that the files describe.
package providers

import (
	"time"

	"shopbell/providers/signature"
)

// Provider is one sender of webhooks, read from a catalogue file.
type Provider struct {
	// ID is the stable name in commands, config and search, for example "yshop".
	ID       string
	Name     string
	Category string
	// Docs is the address of the provider's own page on its webhooks.
	Docs string
	// Sure tells how the facts are known: "primary" (the provider's own
	// documentation or source) or "secondary".
	Sure string
	// Mark is one or two letters for the provider's badge; Colour its
	// background as #rrggbb.
	Mark   string
	Colour string
	// SecretWhere says where the signing secret is found; empty when the
	// provider signs nothing.
	SecretWhere string
	// Advice says what a user should know of this provider's signature.
	Advice string
	// Scheme judges and signs; it is never nil.
	Scheme signature.Scheme
	// SchemeKind is the kind written in the file: "hmac", "hash", "unsigned".
	SchemeKind string
	// Signs is false for a provider that documents no signature.
	Signs bool
	// AnswerWithin is the provider's time limit for an answer; 0 is unknown.
	AnswerWithin time.Duration
	// Tolerance is how far a signed timestamp may be off, both ways; 0 means
	// that the scheme has none. OwnTolerance marks a number that is ours
	// because the provider gives none.
	Tolerance    time.Duration
	OwnTolerance bool
	// LocalFault is the status that replaces a 4xx of our own making (a body
	// over our limit, say) for a provider that never retries a 4xx; 0 keeps ours.
	LocalFault int
	// Personal names the JSON keys, at any depth, whose values are personal
	// data and masked on screen by default.
	Personal []string
	// Examples are genuine deliveries, in file order; each provider has one.
	Examples []Example
	// Samples are deliveries of the main events to sign and send, in file
	// order; most providers have none.
	Samples []Sample
	// Own marks a provider out of the user's folder.
	Own bool
	// Replaces marks one of those that stands in place of a built-in provider.
	Replaces bool

	file       string   // its catalogue file
	queries    []string // see Catalog
	events     labelRules
	deliveries labelRules
	hints      labelRules
	notes      labelRules
	relays     rules
	detect     rules
	handshakes []handshakeTable
	reply      *replyTable
}

// Example is one delivery as a raw HTTP request, made by somebody else's code.
type Example struct {
	// File is the path in the catalogue, for example "examples/tweed-failed.http".
	File string
	// Event is the label under which "send --event" finds it.
	Event string
	// Origin says who made the request or its signature.
	Origin string
	// Secret verifies it; Secret is empty for providers that do not sign.
	Secret string
	// At is the time at which it was, or would have been, received.
	At time.Time
	// URL is the public URL it was sent to.
	URL string
	// Message is the request itself.
	Message signature.Message
}

// Label is a name read out of a message.
type Label struct {
	Text string
	// Derived is true when the provider documents no such field and Shopbell
	// put the label together from others.
	Derived bool
}
