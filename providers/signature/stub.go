package signature

import (
	"context"
	"io"
	"time"
)

// Title is the verdict in a few words, for example "Signature does not match".
func (v Verdict) Title() string { panic("contract") }

// Says is one sentence on what the verdict proves and what it does not.
func (v Verdict) Says() string { panic("contract") }

// Tone returns the colour class of v.
func (v Verdict) Tone() Tone { panic("contract") }

// Tone returns the colour class of an outcome with a cover.
func (o Outcome) Tone(c Cover) Tone { panic("contract") }

// Symbol is one character that stands beside the word: ✓ ◐ ✕ –.
func (o Outcome) Symbol(c Cover) string { panic("contract") }

// Word is the outcome in one or two words, for lists.
func (o Outcome) Word(c Cover) string { panic("contract") }

// Keyring is the secrets of one endpoint, for the diagnosis.
type Keyring struct {
	Endpoint string
	Secrets  []Secret
}

// Diagnose explains a verdict that is not Verified, nil for one that needs no
// explanation. It stops when ctx ends and then says what it had tried.
func Diagnose(ctx context.Context, s Scheme, m Message, own []Secret, others []Keyring, now time.Time) *Diagnosis {
	panic("contract")
}

// ReadLimit bounds what ReadMessage takes.
type ReadLimit struct {
	Head int   // bytes of the request head; 0 is 64 KiB
	Body int64 // bytes of the body; 0 is 32 MiB
}

// ReadMessage reads one raw HTTP request: request line, header lines, an empty
// line, body bytes to the end of r. Line ends may be CRLF or LF. The body is
// taken as it stands, whatever Content-Length says; a chunked body is not
// decoded. publicURL replaces the URL made from the Host header when not empty.
func ReadMessage(r io.Reader, publicURL string, limit ReadLimit) (Message, error) { panic("contract") }

// Raw returns m as a raw HTTP request, with the head as received if it is known.
func (m Message) Raw() []byte { panic("contract") }
