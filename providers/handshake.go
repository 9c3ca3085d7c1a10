package providers

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"shopbell/providers/signature"
)

// handshakeTable is [[handshake]]: a request that is answered here and never
// forwarded, such as the challenge with which a provider checks a new URL.
type handshakeTable struct {
	When   conditions     `toml:"when"`
	Check  signature.Part `toml:"check"`
	Signed bool           `toml:"signed"`
	// Challenge is the form of a text that is signed for whoever asks: "token"
	// (the default) or "hex". See challengeForm.
	Challenge string                        `toml:"challenge"`
	Status    int                           `toml:"status"`
	Type      string                        `toml:"type"`
	Body      signature.Template            `toml:"body"`
	Text      signature.Template            `toml:"text"`
	Headers   map[string]signature.Template `toml:"headers"`
	Store     signature.Part                `toml:"store"`
	Says      string                        `toml:"says"`
}

// Facts are what the answer to a handshake may need of the endpoint.
type Facts struct {
	// Secret is the endpoint's first secret, the zero value when it has none. Some
	// providers want a text of their choice signed with it. It must not be one
	// that was set up for another provider.
	Secret signature.Secret
	// VerifyToken is the text that was given to the provider with the URL, the
	// zero value when none was configured.
	VerifyToken signature.Secret
	// Verified tells that the request's own signature matched.
	Verified bool
}

// Answer is a whole answer to a request, safe to send: bounded, header values
// on one line, a type that no browser runs as script.
type Answer struct {
	Status int
	// Type is the Content-Type, "" when Body is empty.
	Type   string
	Header signature.Header
	Body   []byte
	// Refused tells that the request did not get what it asked for; Says then
	// names the reason, and what to configure.
	Refused bool
	// Signed tells that such requests are signed, so that the verdict on the
	// signature counts.
	Signed bool
	// Says is for the user: one or two sentences without any value of the
	// request or the endpoint.
	Says string
	// Offered is a secret that the request brings for use from now on; the zero
	// value when it brings none.
	Offered signature.Secret
}

// maxHandshake is the largest body, in bytes, in which a handshake is looked
// for. The ones that providers document have less than 2 KiB; an ordinary
// delivery of many megabytes shall not be read once more for it.
const maxHandshake = 64 << 10

// Handshake returns the answer to m when m is one of the requests with which p
// checks an endpoint or sets it up, and whether it is one. Such a request is
// answered here and not forwarded. In its templates {url} is the endpoint's
// address without the query.
//
// Some providers (X, Zoom, LinkedIn, Smartcar, Braintree) want a text of the
// asker's choice signed with the secret that signs their deliveries, by
// whoever asks: there is nothing else in the request that proves the asker.
// So that nobody has a delivery signed that way, such a text must have the form
// of a challenge; challengeForm tells which.
func (p Provider) Handshake(m signature.Message, facts Facts) (Answer, bool) {
	h, f, is := p.handshake(m)
	if !is {
		return Answer{}, false
	}
	return h.answer(p, f, facts), true
}

// handshake returns the first table that applies to m.
func (p Provider) handshake(m signature.Message) (handshakeTable, *signature.Fields, bool) {
	if len(p.handshakes) == 0 || len(m.Body) > maxHandshake {
		return handshakeTable{}, nil, false
	}
	m.URL, _, _ = strings.Cut(m.URL, "?")
	f := signature.ReadFields(m)
	for _, h := range p.handshakes {
		if h.When.hold(f) {
			return h, f, true
		}
	}
	return handshakeTable{}, nil, false
}

// answer makes the answer of h, which applies, or a refusal.
func (h handshakeTable) answer(p Provider, f *signature.Fields, facts Facts) Answer {
	if h.Signed && !facts.Verified {
		a := refuse(http.StatusUnauthorized, p.Name+" checked this endpoint with a signature that does not match, and got a 401. "+
			"Some providers send wrong ones on purpose; if none matches, look at the secret.")
		a.Signed = true
		return a
	}
	if a, fine := h.checkToken(p, f, facts); !fine {
		return a
	}
	a := Answer{Status: h.Status, Says: h.Says, Signed: h.Signed, Offered: h.offered(f)}
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	if a.Says == "" {
		a.Says = p.Name + " checked this endpoint and got its answer."
	}
	w := writer{fields: f, facts: facts, scheme: p.Scheme, typ: h.Type, text: h.Text, form: h.challengeForm()}
	if err := w.fill(h, &a); err != nil {
		return refusedBy(p, err)
	}
	return a
}

// checkToken compares the part that h checks with the endpoint's verify token.
func (h handshakeTable) checkToken(p Provider, f *signature.Fields, facts Facts) (Answer, bool) {
	if h.Check.IsZero() {
		return Answer{}, true
	}
	token := facts.VerifyToken.Value()
	if token == "" {
		return refuse(http.StatusForbidden, p.Name+" checks this endpoint with a verify token, and none is configured. "+
			"Set verify_token of the endpoint to the text that was entered at "+p.Name+", then have it checked again."), false
	}
	given := f.Get(h.Check)
	if given.Times > 1 || given.Raw {
		return refuse(http.StatusForbidden, "The verify token of this check stands there more than once or is no text, so it got a 403. "+
			p.Name+" sends one."), false
	}
	if !equalText(given.Text, token) {
		return refuse(http.StatusForbidden, "The verify token of this check is not the one of the endpoint, so it got a 403. "+
			"Make verify_token of the endpoint and the text that was entered at "+p.Name+" the same."), false
	}
	return Answer{}, true
}

// equalText compares in the same time wherever two texts differ, and whatever
// their lengths.
func equalText(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func refuse(status int, says string) Answer {
	return Answer{Status: status, Refused: true, Says: says}
}
