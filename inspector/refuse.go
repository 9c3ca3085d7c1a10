package inspector

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"shopbell/providers/signature"
)

// The answers that are ours. None says more than a stranger may know: not which
// paths exist, not why a signature failed.
var (
	accepted    = Reply{Status: http.StatusOK, By: ours}
	noEndpoint  = Reply{Status: http.StatusNotFound, By: ours, Says: "Nothing is here."}
	notVerified = Reply{Status: http.StatusUnauthorized, By: ours, Says: "The signature of this delivery could not be verified."}
	pausedNow   = Reply{Status: http.StatusServiceUnavailable, By: ours, Says: "Forwarding is paused; the delivery was kept."}
	notKept     = Reply{Status: http.StatusServiceUnavailable, By: ours, Says: "The delivery could not be kept; please send it again later."}
	closing     = Reply{Status: http.StatusServiceUnavailable, By: ours, Says: "Shopbell is closing; please send the delivery again later."}
	failedHere  = Reply{Status: http.StatusServiceUnavailable, By: ours, Says: "Shopbell failed on this delivery; it was kept."}
	crowded     = Reply{Status: http.StatusServiceUnavailable, By: ours, Says: "Too many large deliveries at once; please send this one again later."}
	headTooBig  = Reply{Status: http.StatusRequestHeaderFieldsTooLarge, By: ours, Says: "The request head is over the limit."}
	bodyTooBig  = Reply{Status: http.StatusRequestEntityTooLarge, By: ours, Says: "The request body is over the limit."}
	bodyCut     = Reply{Status: http.StatusBadRequest, By: ours, Says: "The request body ended early; the delivery was not kept."}
	bodyBroken  = Reply{Status: http.StatusBadRequest, By: ours, Says: "The request body could not be read; the delivery was not kept."}
	unreadable  = Reply{Status: http.StatusBadRequest, By: ours, Says: "The request could not be read."}
	unexpected  = Reply{Status: http.StatusExpectationFailed, By: ours, Says: "No other expectation than \"100-continue\" can be met."}
	bodySlow    = Reply{Status: http.StatusRequestTimeout, By: ours, Says: "The request body stopped coming; the delivery was not kept."}
)

// The values of Reply.By.
const (
	ours  = "shopbell"
	shops = "shop"
)

// retryAfter is when we ask a sender with a 503 to come back, in seconds.
const retryAfter = 10

// goodbye is how long the rest of a refused request is still read, so that the
// sender gets to read the answer.
const goodbye = time.Second

// tell answers the sender with one of our own replies.
func tell(w http.ResponseWriter, a Reply) {
	a.fields(w.Header())
	w.WriteHeader(a.Status)
	_, _ = io.WriteString(w, a.body()) // the sender may be gone; it was not acknowledged
}

// fields sets the header of a reply of ours.
func (a Reply) fields(h http.Header) {
	if a.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body())))
	if a.Says == "" {
		h["Content-Type"] = nil // an empty body has no type
		return
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
}

func (a Reply) body() string {
	if a.Says == "" {
		return ""
	}
	return a.Says + "\n"
}

// refuse turns away a request that could not be read whole. Nothing is kept.
func (i *Inspector) refuse(w http.ResponseWriter, r *http.Request, route *route, m signature.Message, a Reply) {
	a = i.refusal(route, m, r.RemoteAddr, a)
	// What is left of the request can't be told from the next one.
	w.Header().Set("Connection", "close")
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(goodbye)) // fails only where there is no connection to wait for
	tell(w, a)
}

// refusal logs a request that is turned away and returns what its sender is
// told: a provider that never retries a 4xx gets the status it does retry.
func (i *Inspector) refusal(route *route, m signature.Message, from string, a Reply) Reply {
	name := ""
	if route != nil {
		name = route.Name
	}
	if status := i.localFault(route, m); a.Status < 500 && status != 0 {
		a.Status = status
	}
	i.log.Warn("refusing a delivery", "endpoint", name, "from", from, "status", a.Status, "says", a.Says)
	return a
}

// localFault is the status for a fault of ours towards the provider of m, 0 when
// any will do. Without a configured provider the head tells who sends.
func (i *Inspector) localFault(route *route, m signature.Message) (status int) {
	defer func() {
		if failure := recover(); failure != nil {
			i.log.Error("detecting a provider", "failure", fmt.Sprint(failure))
			status = http.StatusServiceUnavailable
		}
	}()
	if route != nil && route.Provider != "" {
		return route.provider.LocalFault
	}
	for _, p := range i.catalog().Detect(m) {
		if p.LocalFault != 0 {
			return p.LocalFault
		}
	}
	return 0
}
