package inspector

import (
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers/signature"
)

// State is what became of a capture. The strings are stable.
type State string

// The states.
const (
	Kept    State = "kept"    // not meant for the shop, or not any more: no endpoint, a handshake, a question whose asker has gone
	Held    State = "held"    // not verified, so not forwarded until someone releases it
	Waiting State = "waiting" // meant for the shop, which has not answered yet
	Done    State = "done"    // the shop answered, whatever the status
)

// AgainKind is how a capture repeats an earlier one of the same endpoint.
type AgainKind string

// The kinds of repetition.
const (
	Duplicate          AgainKind = "duplicate"             // same delivery id, same body
	SameContent        AgainKind = "same_content"          // same body under another delivery id
	SameIDOtherContent AgainKind = "same_id_other_content" // same delivery id, other body: possible forgery
)

// Says is one sentence on what the repetition means.
func (k AgainKind) Says() string {
	switch k {
	case Duplicate:
		return "The same delivery came before: same id, same content."
	case SameContent:
		return "Same content again under a new delivery id: sent again, or replayed by somebody."
	case SameIDOtherContent:
		return "Same delivery id with other content than before: possible forgery."
	}
	return ""
}

// Again points from a capture to the earlier one that it repeats.
type Again struct {
	Kind AgainKind `json:"kind"`
	Of   ulid.ULID `json:"of"`
}

// Summary is what a list row needs of a capture; the store keeps it small and
// apart. Its JSON is the capture object of "serve --json" and "list --json".
type Summary struct {
	// ID is set by the store when it keeps the capture: ids rise in the order
	// in which captures became durable.
	ID       ulid.ULID `json:"id"`
	Received time.Time `json:"received"`
	// Endpoint is the endpoint's name, empty when no endpoint has that path.
	Endpoint string `json:"endpoint"`
	// Provider is the id, configured or detected; Detected marks the latter.
	Provider          string            `json:"provider"`
	Detected          bool              `json:"detected,omitempty"`
	Event             string            `json:"event"`
	EventDerived      bool              `json:"event_derived,omitempty"`
	DeliveryID        string            `json:"delivery_id"`
	DeliveryIDDerived bool              `json:"delivery_id_derived,omitempty"`
	Outcome           signature.Outcome `json:"outcome"`
	Cover             signature.Cover   `json:"cover"`
	Method            string            `json:"method"`
	// Path is the request target, the secrets in its query masked.
	Path string `json:"path"`
	// Size is the length of the body in bytes.
	Size  int64  `json:"size"`
	State State  `json:"state"`
	Again *Again `json:"again,omitempty"`
	// Attempts counts deliveries; Status, Millis, Error and Unknown are the last
	// one's.
	Attempts int    `json:"attempts"`
	Status   int    `json:"status,omitempty"`
	Millis   int64  `json:"ms,omitempty"`
	Error    string `json:"error,omitempty"`
	Unknown  bool   `json:"answer_unknown,omitempty"`
	// Sending counts the attempts under way. One that is found when a store is
	// opened was cut off with the program.
	Sending int  `json:"-"`
	Pinned  bool `json:"pinned,omitempty"`
	// Hint is a short text for the second line of a row; personal data in it
	// is masked.
	Hint string `json:"hint,omitempty"`
	// Handshake is set when the request was a provider's check of the endpoint,
	// which Shopbell answers itself and never forwards.
	Handshake Handshake `json:"handshake,omitempty"`
	// OffersSecret tells that the request brings a secret for use from now on;
	// Inspector.OfferedSecret reads it.
	OffersSecret bool `json:"offers_secret,omitempty"`
}

// Capture is a kept message with all that is known of it.
type Capture struct {
	Summary
	Message signature.Message
	// From is the address of the sender as the tunnel tells it.
	From    string
	Verdict signature.Verdict
	// Notes say what is odd about the message, in sentences made by the
	// provider or the inspector.
	Notes []string
	// Candidates are the ids of the providers that the message could come from,
	// likeliest first, at most maxCandidates; empty unless several were detected.
	Candidates []string
	// ContentHash is the SHA-256 of the body, by which repetitions are found; of
	// a handshake, which repeats nothing, it is that of no body.
	ContentHash [32]byte
	// Answer is what the sender was told; Status 0 when it was not recorded.
	Answer Reply
	// Deliveries are the attempts at the shop, oldest first.
	Deliveries []Delivery
	// Note is the user's own text.
	Note string
}

// Reply is an answer to a sender.
type Reply struct {
	Status int    `json:"status"`
	By     string `json:"by"` // "shop" or "shopbell"
	Says   string `json:"says,omitempty"`
}
