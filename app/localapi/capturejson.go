package localapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// Row is a capture in a list: the object of "list --json" and GET /api/captures.
type Row struct {
	Type string `json:"type"` // "capture"
	inspector.Summary
	// Next is when the queue tries a capture again that the shop did not take.
	Next time.Time `json:"next_attempt,omitzero"`
	// Deliveries are the attempts at the shop, oldest first, without what the
	// shop answered.
	Deliveries []inspector.Delivery `json:"deliveries"`
}

// CaptureJSON is a whole capture: the object of "show --json" and GET
// /api/captures/{id}. NewCaptureJSON and Capture are inverse to each other: the
// request keeps every byte; header values of the shop's answers that are no
// UTF-8 do not.
type CaptureJSON struct {
	Type string `json:"type"` // "capture"
	inspector.Summary
	URL string `json:"url"`
	// From is the sender's address.
	From string `json:"from"`
	// Headers are in the order and case received.
	Headers signature.Header `json:"headers"`
	Body    Bytes            `json:"body"`
	// Encoding tells how Body is written: "text" as it stands, "base64" when
	// it is no UTF-8.
	Encoding string `json:"body_encoding"`
	// Head is the raw request head, request line to empty line, in base64;
	// left out when its exact bytes are not known.
	Head    []byte      `json:"head,omitempty"`
	SHA256  string      `json:"sha256"` // of the body, in hex
	Verdict VerdictJSON `json:"verdict"`
	Notes   []string    `json:"notes"`
	// Candidates are the ids of the providers that it could come from, likeliest
	// first; left out unless several were detected.
	Candidates []string         `json:"candidates,omitempty"`
	Note       string           `json:"note,omitempty"` // the user's own text
	Answer     *inspector.Reply `json:"answer,omitempty"`
	Deliveries []DeliveryJSON   `json:"deliveries"`
}

// Bytes is a body as JSON text; the field body_encoding beside it tells how to
// read it.
type Bytes string

// DeliveryJSON is a delivery with what the shop answered.
type DeliveryJSON struct {
	ID ulid.ULID `json:"id"`
	inspector.Delivery
	Headers  signature.Header `json:"headers"`
	Body     Bytes            `json:"body"`
	Encoding string           `json:"body_encoding"`
}

// Mask hides what a reader must not see: personal data, and secrets that a
// message carries. Its zero value hides nothing.
type Mask struct {
	Body   func([]byte) []byte
	Header func(signature.Header) signature.Header
	// Head is for the raw head, Target for the URL and the request target.
	Head   func([]byte) []byte
	Target func(string) string
}

// MaskOf returns what hides the personal data and the secrets of p.
func MaskOf(p providers.Provider) Mask {
	return Mask{
		Body: p.Mask, Header: p.MaskHeader, Target: p.MaskTarget,
		Head: func(head []byte) []byte { return p.MaskHead(head, nil) },
	}
}

// through returns value as mask has it; nil leaves it.
func through[T any](mask func(T) T, value T) T {
	if mask == nil {
		return value
	}
	return mask(value)
}

// NewCaptureJSON returns c as JSON, without what mask hides; Capture can no
// longer give that back.
func NewCaptureJSON(c inspector.Capture, mask Mask) CaptureJSON {
	j := CaptureJSON{
		Type: "capture", Summary: c.Summary, URL: through(mask.Target, c.Message.URL), From: c.From,
		Headers: filled(through(mask.Header, c.Message.Header)), Head: through(mask.Head, c.Message.Head),
		SHA256: hex.EncodeToString(c.ContentHash[:]), Candidates: c.Candidates,
		Verdict: NewVerdictJSON(c.Verdict), Notes: filled(c.Notes), Note: c.Note, Deliveries: []DeliveryJSON{},
	}
	j.Path = through(mask.Target, c.Message.Target)
	j.Body, j.Encoding = newBytes(through(mask.Body, c.Message.Body))
	if c.Answer != (inspector.Reply{}) {
		j.Answer = &c.Answer
	}
	for _, d := range c.Deliveries {
		j.Deliveries = append(j.Deliveries, NewDeliveryJSON(d, mask))
	}
	return j
}

// NewDeliveryJSON returns d as JSON, without what mask hides.
func NewDeliveryJSON(d inspector.Delivery, mask Mask) DeliveryJSON {
	j := DeliveryJSON{ID: d.ID, Delivery: d, Headers: filled(through(mask.Header, d.Header))}
	j.Target = through(mask.Target, d.Target)
	j.Body, j.Encoding = newBytes(through(mask.Body, d.Body))
	return j
}

// Capture returns the capture that j was made from.
func (j CaptureJSON) Capture() (inspector.Capture, error) {
	c := inspector.Capture{
		Summary: j.Summary, From: j.From, Notes: emptied(j.Notes), Note: j.Note, Candidates: j.Candidates, Verdict: j.Verdict.Verdict(),
		Message: signature.Message{Method: j.Method, URL: j.URL, Target: j.Path, Header: emptied(j.Headers), Head: j.Head},
	}
	var err error
	if c.Message.Body, err = j.Body.decode(j.Encoding); err != nil {
		return c, fmt.Errorf("reading capture %s: %w", j.ID, err)
	}
	if n, err := hex.Decode(c.ContentHash[:], []byte(j.SHA256[:min(len(j.SHA256), 2*sha256.Size)])); err != nil || n != sha256.Size {
		return c, fmt.Errorf("reading capture %s: the hash is %.80q, expected 64 hex digits", j.ID, j.SHA256)
	}
	j.restore(&c.Message)
	if j.Answer != nil {
		c.Answer = *j.Answer
	}
	for _, d := range j.Deliveries {
		delivery, err := d.delivery()
		if err != nil {
			return c, fmt.Errorf("reading capture %s: %w", j.ID, err)
		}
		c.Deliveries = append(c.Deliveries, delivery)
	}
	return c, nil
}

// restore puts bytes back that are no UTF-8 and that JSON text can't hold: the
// head has them, if it was kept.
func (j CaptureJSON) restore(m *signature.Message) {
	lossy := func(f signature.Field) bool { return strings.ContainsRune(f.Name+f.Value, utf8.RuneError) }
	if len(j.Head) == 0 || !strings.ContainsRune(m.Target, utf8.RuneError) && !slices.ContainsFunc(m.Header, lossy) {
		return
	}
	if exact, err := signature.ReadMessage(bytes.NewReader(j.Head), m.URL, signature.ReadLimit{Head: len(j.Head) + 1}); err == nil {
		m.Target, m.Header = exact.Target, exact.Header
	}
}

func (j DeliveryJSON) delivery() (inspector.Delivery, error) {
	d := j.Delivery
	d.ID, d.Header = j.ID, emptied(j.Headers)
	var err error
	d.Body, err = j.Body.decode(j.Encoding)
	return d, err
}

func newBytes(body []byte) (text Bytes, encoding string) {
	if utf8.Valid(body) {
		return Bytes(body), "text"
	}
	return Bytes(base64.StdEncoding.EncodeToString(body)), "base64"
}

func (b Bytes) decode(encoding string) ([]byte, error) {
	switch {
	case b == "":
		return nil, nil
	case encoding == "text":
		return []byte(b), nil
	case encoding == "base64":
		return base64.StdEncoding.DecodeString(string(b))
	}
	return nil, fmt.Errorf("the encoding of a body is %.40q, expected text or base64", encoding)
}

// filled is items, an empty list instead of null; emptied is the inverse.
func filled[S ~[]T, T any](items S) S {
	if items == nil {
		return S{}
	}
	return items
}

func emptied[S ~[]T, T any](items S) S {
	if len(items) == 0 {
		return nil
	}
	return items
}
