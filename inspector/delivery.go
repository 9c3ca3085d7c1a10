package inspector

import (
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers/signature"
)

// DeliveryKind tells why a delivery was made.
type DeliveryKind string

// The kinds of delivery.
const (
	First     DeliveryKind = "first"
	Retry     DeliveryKind = "retry"
	Replayed  DeliveryKind = "replay"
	Rehearsal DeliveryKind = "rehearsal"
)

// AnswerUnknown is the error of a delivery that was cut off with the program.
const AnswerUnknown = "answer unknown: Shopbell ended while this was under way, so the shop may have it or not"

// Delivery is one attempt at the shop. Its JSON is the delivery object of
// "serve --json" but for Header and Body, which only "show" prints.
type Delivery struct {
	// ID is set by the store and rises in the order of recording.
	ID      ulid.ULID    `json:"-"`
	Capture ulid.ULID    `json:"capture"`
	Kind    DeliveryKind `json:"kind"`
	Target  string       `json:"target"`
	// Sent and Answered are the times of the first byte out and the last in.
	Sent     time.Time `json:"sent"`
	Answered time.Time `json:"answered"`
	// Status is 0 when there was no answer; Error then says why.
	Status int    `json:"status"`
	Millis int64  `json:"ms"`
	Error  string `json:"error"`
	// Header and Body are the shop's answer; Body is cut at the answer limit,
	// which Truncated tells.
	Header    signature.Header `json:"-"`
	Body      []byte           `json:"-"`
	Truncated bool             `json:"truncated,omitempty"`
	// Unknown is set when the program ended while the attempt was under way:
	// whether the shop got it, and what it said, nobody knows.
	Unknown bool `json:"answer_unknown,omitempty"`
	// Repeated is set on the attempt after an Unknown one: the shop may have had
	// the delivery before.
	Repeated bool `json:"repeated,omitempty"`
	// Edited and Resigned tell how the sent message differs from the capture.
	Edited   bool `json:"edited,omitempty"`
	Resigned bool `json:"resigned,omitempty"`
}
