package ui

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// scope is what the sidebar narrows the list to.
type scope struct {
	kind scopeKind
	// endpoint is the endpoint's name with scopeEndpoint, "" for captures whose
	// path belongs to no endpoint.
	endpoint string
}

type scopeKind int

const (
	scopeAll scopeKind = iota
	scopeNotVerified
	scopeWaiting
	scopeHeld
	scopePinned
	scopeEndpoint
)

// name is what the sidebar and the empty states call s.
func (s scope) name() string {
	switch s.kind {
	case scopeNotVerified:
		return lang.L("Not verified")
	case scopeWaiting:
		return lang.L("Waiting for shop")
	case scopeHeld:
		return lang.L("Held")
	case scopePinned:
		return lang.L("Pinned")
	case scopeEndpoint:
		if s.endpoint == "" {
			return lang.L("No endpoint")
		}
		return s.endpoint
	}
	return lang.L("All captures")
}

// query is s in the search grammar, to be put in front of what the user typed.
func (s scope) query() string {
	switch s.kind {
	case scopeNotVerified:
		return "outcome:mismatch,missing,malformed,stale"
	case scopeWaiting:
		return "is:waiting"
	case scopeHeld:
		return "is:held"
	case scopePinned:
		return "is:pinned"
	case scopeEndpoint:
		return `endpoint:"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s.endpoint) + `"`
	}
	return ""
}

// total is how many captures s holds by the store's figures.
func (s scope) total(c inspector.Counts) int {
	switch s.kind {
	case scopeNotVerified:
		return c.NotVerified
	case scopeWaiting:
		return c.Waiting
	case scopeHeld:
		return c.Held
	case scopePinned:
		return c.Pinned
	case scopeEndpoint:
		return c.Endpoint[s.endpoint]
	}
	return c.All
}

// lasting tells that a capture which is in s once stays in it, so that the list
// can only grow at its top and shrink at its end.
func (s scope) lasting() bool { return s.kind == scopeAll || s.kind == scopeEndpoint }

// holds tells whether a capture belongs to s. It is decided here, not by the
// search grammar, so that it always agrees with the figure beside the entry.
func (s scope) holds(c *inspector.Summary) bool {
	switch s.kind {
	case scopeNotVerified:
		return failed(c.Outcome)
	case scopeWaiting:
		return c.State == inspector.Waiting
	case scopeHeld:
		return c.State == inspector.Held
	case scopePinned:
		return c.Pinned
	case scopeEndpoint:
		return c.Endpoint == s.endpoint
	}
	return true
}

// holdsLot tells whether captures that the store counted together belong to s.
func (s scope) holdsLot(l inspector.Lot) bool {
	switch s.kind {
	case scopeNotVerified:
		return l.NotVerified
	case scopeWaiting:
		return l.State == inspector.Waiting
	case scopeHeld:
		return l.State == inspector.Held
	case scopePinned:
		return l.Pinned
	case scopeEndpoint:
		return l.Endpoint == s.endpoint
	}
	return true
}

// failed is what the sidebar calls "not verified".
func failed(o signature.Outcome) bool { return o.Held() }
