package providers

import (
	"slices"

	"shopbell/providers/signature"
)

// providerAccidents happen where a webhook is pointed at the wrong endpoint.
func providerAccidents() []accident {
	// Providers that differ in the header's name only, or in how they read the
	// secret only, are told apart by that.
	near := []signature.Cause{signature.SignatureHeader, signature.SecretEncoding}
	return []accident{
		{cause: signature.OtherProvider, same: near, spoil: func(s *scene, all Catalog) bool {
			wrong, ok := strangerTo(s, all)
			s.p = wrong
			return ok
		}},
		{cause: signature.OtherProvider, same: near, spoil: func(s *scene, all Catalog) bool {
			wrong, ok := strangerTo(s, all)
			s.others = []signature.Keyring{{Endpoint: "the right one", Provider: s.p.ID, Secrets: []signature.Secret{signature.NewSecret("#1", s.secret)}}}
			s.p, s.own = wrong, "a secret of something else entirely"
			return ok
		}},
	}
}

// strangerTo is a provider that signs in another way: a delivery of s does not
// verify there, and its secret is a shared one too.
func strangerTo(s *scene, all Catalog) (Provider, bool) {
	providers := corpusProviders(all)
	at := slices.IndexFunc(providers, func(p Provider) bool { return p.ID == s.p.ID })
	for i := range providers {
		p := providers[(at+7+i)%len(providers)]
		if _, hmac := p.Scheme.(signature.Shared); !hmac || p.ID == s.p.ID {
			continue
		}
		if p.Judge(s.m, s.secrets(), s.at).Outcome != signature.Verified {
			return p, sharesSecret(s) && len(s.secret) >= 8
		}
	}
	return Provider{}, false
}
