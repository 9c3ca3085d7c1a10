package inspector

import (
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
	// failure is set when there was no answer.
	failure *failure
}

// close lets go of the connection that the rest is on.
func (a *answer) close() {
	if a != nil && a.link != nil {
		a.link.close()
		a.link = nil
	}
}

// restSilence is how long the shop may be silent in the rest of an answer.
const restSilence = 30 * time.Second

// send gives the answer to the sender as the shop gave it: status, fields and
// body, still compressed if it is.
func (a *answer) send(w http.ResponseWriter) {
	if a.failure != nil {
		tell(w, Reply{Status: a.failure.status, By: ours, Says: a.failure.reply})
		return
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
		return // the sender hung up, or has a status without a body
	}
	if a.stream(w) != nil {
		// The sender must see that the answer broke off, not take it for whole.
		panic(http.ErrAbortHandler)
	}
}

// stream copies the rest of the body as it comes.
func (a *answer) stream(w io.Writer) error {
	piece := make([]byte, firstBuffer)
	for {
		if err := a.link.conn.SetDeadline(time.Now().Add(restSilence)); err != nil {
			return err
		}
		n, err := a.rest.Read(piece)
		if _, gone := w.Write(piece[:n]); gone != nil {
			return gone
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
