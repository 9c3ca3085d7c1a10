package inspector

import "shopbell/providers"

// plan is what becomes of a capture.
type plan struct {
	state State
	// relay is set when the sender gets the shop's answer; answer is what it
	// gets otherwise, and exact how, where the provider wants more than a status.
	relay  bool
	answer Reply
	exact  *providers.Answer
}

// plan decides before the capture is kept, so that one write holds it all.
func (i *Inspector) plan(route *route, c *Capture, j judgement) plan {
	accept := route != nil && route.Answer == AnswerAccept
	unforwarded := Waiting
	if accept && j.needsAnswer {
		// Not Waiting, or the queue would send it as well while it is relayed,
		// and again when that failed and whoever asked has gone.
		unforwarded = Kept
	}
	switch {
	case j.handshake != nil:
		return j.shaken()
	case route == nil:
		return plan{state: Kept, answer: noEndpoint}
	case c.Outcome.Held() && !route.ForwardUnverified:
		return plan{state: Held, answer: j.refusal()}
	case accept && !j.needsAnswer:
		return j.acknowledged(c.Message)
	case i.paused.Load(), accept && i.queuePaused(route.Name):
		return plan{state: unforwarded, answer: pausedNow}
	}
	return plan{state: unforwarded, relay: true}
}

// after is the state in which a delivery leaves its capture: any whole answer
// of the shop is an answer.
func (p plan) after(d Delivery) State {
	if d.Status == 0 {
		return p.state
	}
	return Done
}

// refusal is the answer to a delivery that is held. When the fault is ours the
// sender is not told that it is the sender's: some never come again after that.
func (j judgement) refusal() Reply {
	if !j.failed {
		return notVerified
	}
	if j.provider.LocalFault != 0 {
		return Reply{Status: j.provider.LocalFault, By: ours, Says: failedHere.Says}
	}
	return failedHere
}
