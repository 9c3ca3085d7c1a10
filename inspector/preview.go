package inspector

import (
	"strings"

	"shopbell/providers/signature"
)

// Preview is what a replay of c would send, and the verdict that this would get
// if it came in now at the capture's endpoint. Nothing is sent or kept.
func (i *Inspector) Preview(c Capture, o ReplayOptions) (signature.Message, signature.Verdict, error) {
	e := errand{message: c.Message, route: i.routeOf(&c)}
	if err := i.alter(&e, &c, o); err != nil {
		return c.Message, signature.Verdict{}, err
	}
	return e.message, i.Judge(c.Endpoint, e.message), nil
}

// Judge is the verdict that m would get at an endpoint now, without a look at
// what is kept. For an endpoint that is not configured it is that of a stranger.
func (i *Inspector) Judge(endpoint string, m signature.Message) signature.Verdict {
	return i.judge(i.setup.Load().named(endpoint), m, i.now()).verdict
}

// Retarget returns an edited m with another target at the same public address:
// some providers sign the URL.
func Retarget(m signature.Message, target string) signature.Message {
	scheme, rest, found := strings.Cut(m.URL, "://")
	if found && strings.HasPrefix(target, "/") {
		host := rest[:strings.IndexAny(rest+"/", "/?#")]
		m.URL = scheme + "://" + host + target
	}
	m.Target, m.Head = target, nil
	return m
}
