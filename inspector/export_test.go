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
	was := i.setup.Load()
	now := &setup{catalog: was.catalog, shop: was.shop, endpoints: was.endpoints}
	for _, r := range was.routes {
		n := &route{Endpoint: r.Endpoint, shop: r.shop, forward: r.forward, provider: r.provider}
		if n.Name == endpoint {
			n.provider.Scheme = faulty{}
		}
		now.routes = append(now.routes, n)
	}
	i.setup.Store(now) // the one in use is being read
}

// ComeAgain is how long a Retry-After field asks to wait.
func ComeAgain(field string, now time.Time) time.Duration { return comeAgain(field, now) }
