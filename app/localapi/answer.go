package localapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Fault is the JSON of an error, and the error that Client returns for it.
type Fault struct {
	// Status is the HTTP status that came with it.
	Status int    `json:"-"`
	Says   string `json:"error"`
	Do     string `json:"do,omitempty"`
}

// Error returns what went wrong in one sentence.
func (f *Fault) Error() string { return f.Says }

// Is makes a 404 of the local API the ErrNotFound of a store, and a 422 the
// ErrCannotSign of an inspector.
func (f *Fault) Is(target error) bool {
	return target == inspector.ErrNotFound && f.Status == http.StatusNotFound ||
		target == inspector.ErrCannotSign && f.Status == http.StatusUnprocessableEntity
}

func fail(w http.ResponseWriter, status int, says, do string) {
	answer(w, status, &Fault{Says: says, Do: do})
}

// failWith answers with the status that fits err.
func failWith(w http.ResponseWriter, err error) {
	var fault *Fault
	switch {
	case errors.As(err, &fault):
		answer(w, fault.Status, fault)
	case errors.Is(err, inspector.ErrNotFound):
		fail(w, http.StatusNotFound, "there is no capture with that id", "List the captures; it may have been deleted.")
	case errors.Is(err, inspector.ErrNotHeld), errors.Is(err, inspector.ErrBusy):
		fail(w, http.StatusConflict, err.Error(), "Replay it instead.")
	case errors.Is(err, inspector.ErrCannotSign):
		fail(w, http.StatusUnprocessableEntity, err.Error(), "Replay it without resign; only a provider that signs, at an endpoint with a secret, can be signed for.")
	case errors.Is(err, inspector.ErrNoFreshID):
		fail(w, http.StatusBadRequest, err.Error(), "Replay it without fresh_id.")
	case errors.Is(err, inspector.ErrFull):
		fail(w, http.StatusServiceUnavailable, err.Error(), "Try again in a moment; see whether the disk is full.")
	case errors.Is(err, inspector.ErrNoQueue):
		fail(w, http.StatusNotFound, err.Error(), `Name an endpoint with answer = "accept"; GET /api/queues lists them.`)
	case errors.Is(err, inspector.ErrPaused):
		fail(w, http.StatusConflict, err.Error(), "Resume it first.")
	case errors.Is(err, context.DeadlineExceeded):
		fail(w, http.StatusGatewayTimeout, err.Error(), "Try again.")
	default:
		fail(w, http.StatusInternalServerError, err.Error(), "")
	}
}

func answer(w http.ResponseWriter, status int, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		status, data = http.StatusInternalServerError, []byte(`{"error":"the answer can't be written as JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(data, '\n')) // a caller that went away needs no error
}

// Limits of request bodies, in bytes.
const (
	smallBody = 64 << 10
	// editBody holds the largest request that Shopbell takes (64 KiB of head,
	// 32 MiB of body) in base64, and some JSON around it.
	editBody = 44 << 20
)

// readJSON reads one JSON object of at most limit bytes into value. Unknown
// fields are errors: a mistyped "resign" must not send an unsigned request.
func readJSON(w http.ResponseWriter, r *http.Request, limit int64, value any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	d.DisallowUnknownFields()
	err := d.Decode(value)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is more after the first JSON object")
		}
	}
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &large):
		return &Fault{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is larger than %d bytes", limit), "Send less."}
	default:
		return &Fault{http.StatusBadRequest, "reading the body: " + err.Error() + ", expected one JSON object", "See the list of fields in the documentation."}
	}
}

// idOf returns the id in r's path.
func idOf(r *http.Request) (ulid.ULID, error) { return parseID(r.PathValue("id")) }

func parseID(text string) (ulid.ULID, error) {
	id, err := ulid.ParseStrict(text)
	if err != nil {
		return id, &Fault{http.StatusBadRequest, fmt.Sprintf("the id is %.60q, expected 26 letters and digits", text), "Take an id from the list of captures."}
	}
	return id, nil
}

// limitOf returns the query parameter "limit", or normal when there is none.
func limitOf(r *http.Request, normal int) (int, error) {
	text := r.URL.Query().Get("limit")
	if text == "" {
		return normal, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, &Fault{http.StatusBadRequest, fmt.Sprintf("limit is %.60q, expected a whole number from 0 on", text), "Leave limit out for the default."}
	}
	return n, nil
}

// list writes a JSON object that ends in a list, item by item, so that a long
// list needs the memory of one item. Once it has begun, an error can only break
// the connection: the caller then sees that the JSON is not whole.
type list struct {
	w     http.ResponseWriter
	begun bool
}

// item writes one value; head opens the object, for example `{"captures":[`.
func (l *list) item(head string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	before := ",\n"
	if !l.begun {
		before = head
		l.begin()
	}
	_, err = l.w.Write(append([]byte(before), data...))
	return err
}

func (l *list) begin() {
	l.begun = true
	l.w.Header().Set("Content-Type", "application/json")
	l.w.WriteHeader(http.StatusOK)
}

// end closes the list and the object, or reports err as far as that is possible.
func (l *list) end(head, tail string, err error) {
	switch {
	case err != nil && l.begun:
		panic(http.ErrAbortHandler)
	case err != nil:
		failWith(l.w, err)
	case !l.begun:
		l.begin()
		io.WriteString(l.w, head+tail)
	default:
		io.WriteString(l.w, tail)
	}
}
