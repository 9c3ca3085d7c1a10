package inspector

import (
	"net/http"
	"strconv"
	"time"
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
	h := w.Header()
	if a.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	if a.Says == "" {
		h["Content-Type"] = nil // an empty body has no type
		h.Set("Content-Length", "0")
		w.WriteHeader(a.Status)
		return
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(a.Says)+1))
	w.WriteHeader(a.Status)
	_, _ = w.Write([]byte(a.Says + "\n")) // the sender may be gone; it was not acknowledged
}

// refuse turns away a request that could not be read whole. Nothing is kept. A
// provider that never retries a 4xx gets the status it does retry.
func (i *Inspector) refuse(w http.ResponseWriter, r *http.Request, route *route, a Reply) {
	name := ""
	if route != nil {
		name = route.Name
		if a.Status < 500 && route.provider.LocalFault != 0 {
			a.Status = route.provider.LocalFault
		}
	}
	i.log.Warn("refusing a delivery", "endpoint", name, "from", r.RemoteAddr, "status", a.Status, "says", a.Says)
	// What is left of the request can't be told from the next one.
	w.Header().Set("Connection", "close")
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(goodbye)) // fails only where there is no connection to wait for
	tell(w, a)
}
