//go:build bench && linux

package bench

import (
	"fmt"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// smallBody is the size in bytes of a usual delivery.
const smallBody = 1536

// capture is a verified delivery, received at a time, as the inspector hands it
// to the store.
func capture(n int, body []byte, at time.Time) *inspector.Capture {
	id := fmt.Sprintf("%08x-9d2a-4c55-b0c7-%012x", n*7919, n)
	header := signature.Header{
		{Name: "Host", Value: "quiet-fox-1042.ngrok.app"},
		{Name: "User-Agent", Value: "Tweed-Hooks/1.0"},
		{Name: "Content-Type", Value: "application/json"},
		{Name: "X-Tweed-Delivery", Value: id},
		{Name: "X-Hub-Signature-256", Value: fmt.Sprintf("sha256=%064x", n)},
	}
	target := senders[0].path
	head := fmt.Appendf(nil, "POST %s HTTP/1.1\r\n", target)
	for _, f := range header {
		head = fmt.Appendf(head, "%s: %s\r\n", f.Name, f.Value)
	}
	verdict := signature.Verdict{Provider: "tweed", Outcome: signature.Verified, Cover: signature.CoverBody}
	return &inspector.Capture{
		Summary: inspector.Summary{
			Received: at, Endpoint: "tweed", Provider: "tweed", Event: "order.paid", DeliveryID: id,
			Outcome: verdict.Outcome, Cover: verdict.Cover, Method: "POST", Path: target, Size: int64(len(body)), State: inspector.Waiting,
		},
		Message: signature.Message{
			Method: "POST", URL: "https://quiet-fox-1042.ngrok.app" + target, Target: target,
			Header: header, Body: body, Head: append(head, "\r\n"...),
		},
		From: "203.0.113.7", Verdict: verdict,
	}
}
