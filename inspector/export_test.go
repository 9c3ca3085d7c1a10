package inspector

import (
	"time"

	"shopbell/providers/signature"
)

// faulty is a scheme that fails; no message is known that makes another fail.
type faulty struct{ signature.Scheme }

func (faulty) Verify(signature.Message, []signature.Secret, time.Time) signature.Verdict {
	panic("faulty on purpose")
}

// BreakJudging makes the judging of an endpoint's deliveries fail from now on.
func (i *Inspector) BreakJudging(endpoint string) {
	i.setup.Load().named(endpoint).provider.Scheme = faulty{}
}
