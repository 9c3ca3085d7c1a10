package rehearsal

import "slices"

// Plan is one thing that a provider, or somebody who is none, does to a shop.
// The strings are stable; those of spoiled deliveries are signature.Spoilings.
type Plan string

// The plans.
const (
	Duplicate          Plan = "duplicate"
	DuplicateLater     Plan = "duplicate_later"
	Concurrent         Plan = "concurrent"
	Reorder            Plan = "reorder"
	Late               Plan = "late"
	RetryAfterError    Plan = "retry_after_error"
	RetryAfterTimeout  Plan = "retry_after_timeout"
	TamperedBody       Plan = "tampered_body"
	TamperedSignature  Plan = "tampered_signature"
	StaleTimestamp     Plan = "stale_timestamp"
	MissingSignature   Plan = "missing_signature"
	UnknownEvent       Plan = "unknown_event"
	SameIDOtherContent Plan = "same_id_other_content"
)

// act is a plan with how it is played: to a verdict and its reason.
type act struct {
	plan  Plan
	title string
	run   func(*stage) (Verdict, string, error)
}

// acts are all plans, in the order in which they are run.
func acts() []act {
	return []act{
		{Duplicate, "Duplicate, at once", (*stage).duplicate},
		{DuplicateLater, "Duplicate, later", (*stage).duplicateLater},
		{Concurrent, "Two at the same moment", (*stage).concurrent},
		{Reorder, "Newer event first", (*stage).reorder},
		{Late, "Late arrival", (*stage).late},
		{RetryAfterError, "Retry after your 500", (*stage).retryAfterError},
		{RetryAfterTimeout, "Retry after your timeout", (*stage).retryAfterTimeout},
		{TamperedBody, "Body changed, signature kept", (*stage).tamperedBody},
		{TamperedSignature, "Signature changed", (*stage).tamperedSignature},
		{StaleTimestamp, "Timestamp too old", (*stage).staleTimestamp},
		{MissingSignature, "Signature removed", (*stage).missingSignature},
		{UnknownEvent, "Unknown event", (*stage).unknownEvent},
		{SameIDOtherContent, "Same id, other content", (*stage).sameIDOtherContent},
	}
}

// Plans lists all plans in the order in which they are run.
func Plans() []Plan {
	var plans []Plan
	for _, p := range acts() {
		plans = append(plans, p.plan)
	}
	return plans
}

// Known tells whether p is a plan.
func (p Plan) Known() bool { return slices.Contains(Plans(), p) }

// Title is the plan in a few words.
func (p Plan) Title() string {
	for _, known := range acts() {
		if known.plan == p {
			return known.title
		}
	}
	return string(p)
}
