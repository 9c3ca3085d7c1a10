package inspector

import (
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"time"

	"shopbell/providers/signature"
)

// answer is what the shop said, or why it said nothing.
type answer struct {
	status int
	fields signature.Header // in order and case as received
	size   int64            // of the body as net/http reads the fields; -1 is unknown
	body   []byte
	// rest is what of the body is over the limit, still on link; nil when body
	// is all.
	rest io.ReadCloser
	link *link
	host string // of the shop
	// failure is set when there was no answer.
	failure *failure
}

// close lets go of the connection that the rest is on. After that nothing of
// the request is written to it any more.
func (a *answer) close() {
	if a == nil || a.link == nil {
		return
	}
	a.link.close()
	if a.link.writing != nil {
		<-a.link.writing
	}
	a.link = nil
}

// restSilence is how long the shop may be silent in the rest of an answer.
const restSilence = 30 * time.Second

// send gives the answer to the sender as the shop gave it: status, fields and
// body, still compressed if it is. An error is about what was left of the body;
// it is a shopError when the shop broke off.
func (a *answer) send(w http.ResponseWriter) error {
	if a.failure != nil {
		tell(w, Reply{Status: a.failure.status, By: ours, Says: a.failure.reply})
		return nil
	}
	h := w.Header()
	h["Content-Type"], h["Date"] = nil, nil // net/http must not make them up
	for _, f := range onward(a.fields) {
		name := textproto.CanonicalMIMEHeaderKey(f.Name)
		switch {
		case name == "Content-Length":
			if a.size >= 0 { // and not one beside chunks, which counts for nothing
				h.Set(name, strconv.FormatInt(a.size, 10))
			}
		case name == "Content-Type" || name == "Date" || name == "Content-Encoding":
			// net/http looks for these under this one spelling, and under
			// another would add fields of its own beside the shop's.
			h[name] = append(h[name], f.Value)
		default:
			h[f.Name] = append(h[f.Name], f.Value)
		}
	}
	w.WriteHeader(a.status)
	if _, err := w.Write(a.body); err != nil || a.rest == nil {
		return err // the sender hung up, or has a status without a body
	}
	return a.stream(w)
}

// stream copies the rest of the body as it comes.
func (a *answer) stream(w io.Writer) error {
	piece := make([]byte, firstBuffer)
	for passed := len(a.body); ; {
		if err := a.link.conn.SetDeadline(time.Now().Add(restSilence)); err != nil {
			return err
		}
		n, err := a.rest.Read(piece)
		if _, gone := w.Write(piece[:n]); gone != nil {
			return gone
		}
		if passed += n; err == io.EOF {
			return nil
		}
		if err != nil {
			return &shopError{stage: answering, host: a.host, err: inside(a.status, passed, err)}
		}
	}
}

// inside says how far an answer had come.
func inside(status, bytes int, err error) error {
	return fmt.Errorf("status %d, %d bytes of its body: %w", status, bytes, err)
}
