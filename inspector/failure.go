package inspector

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// stage is how far a request to the shop came.
type stage int

const (
	connecting stage = iota
	writing
	waiting   // the request is out, no answer yet
	answering // the answer has begun
	garbled   // what came is not an answer
)

// shopError is why a shop did not answer.
type shopError struct {
	stage stage
	host  string
	err   error
	// reused tells that the connection was kept from an earlier delivery.
	reused bool
}

func (e *shopError) Error() string { return e.err.Error() }
func (e *shopError) Unwrap() error { return e.err }

// failure is what becomes of an error on the way to the shop.
type failure struct {
	status int    // for the sender
	reply  string // for the sender: nothing about the inside
	says   string // for the user
}

// explain puts an error into plain words. late tells that the time was up.
func explain(err error, late bool) failure {
	var at *shopError
	switch {
	case errors.Is(err, errNoShop):
		return failure{http.StatusBadGateway, "The shop could not be reached; the delivery was kept.", "no shop is set, so there is nowhere to send this"}
	case !errors.As(err, &at):
		return failure{http.StatusBadGateway, "The delivery could not be passed on; it was kept.", err.Error()}
	case timedOut(err) && late:
		return failure{http.StatusGatewayTimeout, "The shop did not answer in time; the delivery was kept.", slow(at)}
	}
	return failure{http.StatusBadGateway, "The shop could not be reached or broke off; the delivery was kept.", broken(at)}
}

func timedOut(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func slow(at *shopError) string {
	switch at.stage {
	case connecting:
		return fmt.Sprintf("no connection to %s within the time limit", at.host)
	case answering:
		return fmt.Sprintf("the answer of %s was not complete within the time limit (%s)", at.host, upToColon(at.err))
	}
	return fmt.Sprintf("%s did not answer within the time limit", at.host)
}

func broken(at *shopError) string {
	var dns *net.DNSError
	switch {
	case errors.Is(at.err, syscall.ECONNREFUSED), errors.Is(at.err, windowsRefused):
		return fmt.Sprintf("nothing listens at %s: is the shop running?", at.host)
	case errors.As(at.err, &dns):
		return fmt.Sprintf("no address is known for %q", dns.Name)
	case at.stage == connecting:
		return fmt.Sprintf("no connection to %s: %s", at.host, innermost(at.err))
	case at.stage == garbled:
		return fmt.Sprintf("what %s answered is not HTTP: %s", at.host, at.err)
	case at.stage == answering && hungUp(at.err):
		return fmt.Sprintf("%s closed the connection in the middle of its answer (%s)", at.host, upToColon(at.err))
	case hungUp(at.err) && at.reused:
		return fmt.Sprintf("%s closed the connection without an answer; it was open from an earlier delivery, so whether the shop acted on this one is not known", at.host)
	case hungUp(at.err):
		return fmt.Sprintf("%s closed the connection without an answer", at.host)
	}
	return fmt.Sprintf("talking to %s: %s", at.host, innermost(at.err))
}

// hungUp tells whether err is how a closed connection shows, on any system.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNABORTED) ||
		errors.Is(err, windowsAborted) || errors.Is(err, windowsReset)
}

// Windows has its own numbers beside the names that Go lends it; no other
// system goes so high.
const (
	windowsAborted = syscall.Errno(10053)
	windowsReset   = syscall.Errno(10054)
	windowsRefused = syscall.Errno(10061)
)

// innermost drops the addresses and calls that the net package puts in front.
func innermost(err error) string {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err.Error()
	}
	return err.Error()
}

// upToColon is the part of an error that we put in front of its cause.
func upToColon(err error) string {
	text, _, _ := strings.Cut(err.Error(), ":")
	return text
}

// clip shortens a text from outside for an error.
func clip(text string) string {
	if len(text) > 60 {
		return text[:60] + "…"
	}
	return text
}
