package providers

import (
	"net/url"
	"strings"

	"shopbell/providers/signature"
)

// addressAccidents happen between the public address and the endpoint.
func addressAccidents() []accident {
	query := func(s *scene, change func(string) string) bool {
		for _, at := range signature.FactsOf(s.p.Scheme).At {
			if at.Kind == signature.PartQuery {
				return false // the signature itself stands there
			}
		}
		return s.sentTo(func(u *url.URL) { u.RawQuery = "b=2&a=1+x" }) && s.arrivedAt(func(u *url.URL) { u.RawQuery = change(u.RawQuery) })
	}
	return []accident{
		address(signature.URLScheme, func(u *url.URL) { u.Scheme = "http" }),
		address(signature.URLHost, func(u *url.URL) { u.Host += ":443" }),
		{cause: signature.URLHost, spoil: func(s *scene, _ Catalog) bool {
			s.urls = []string{"https://hooks.tunnel.example" + s.m.Target}
			return s.sentTo(func(u *url.URL) { u.Host = "hooks.tunnel.example" }) && s.arrivedAt(func(u *url.URL) { u.Host = "127.0.0.1:8080" })
		}},
		{cause: signature.URLHost, spoil: func(s *scene, _ Catalog) bool {
			ok := s.sentTo(func(u *url.URL) { u.Host = "hooks.tunnel.example" }) && s.arrivedAt(func(u *url.URL) { u.Host = "localhost" })
			s.m.Header = append(s.m.Header, signature.Field{Name: "X-Forwarded-Host", Value: "hooks.tunnel.example"})
			return ok
		}},
		address(signature.URLPath, func(u *url.URL) { u.Path += "/" }),
		{cause: signature.URLPath, spoil: func(s *scene, _ Catalog) bool {
			return s.sentTo(func(u *url.URL) { u.Path = "/hook" }) && s.arrivedAt(func(u *url.URL) { u.Path = "/v2/inner/hook" })
		}},
		{cause: signature.URLQuery, spoil: func(s *scene, _ Catalog) bool {
			return query(s, func(string) string { return "a=1+x&b=2" })
		}},
		{cause: signature.URLQuery, spoil: func(s *scene, _ Catalog) bool {
			return query(s, func(q string) string { return strings.ReplaceAll(q, "+", "%20") })
		}},
		{cause: signature.URLQuery, spoil: func(s *scene, _ Catalog) bool {
			return query(s, func(q string) string { return q + "&utm=1" })
		}},
	}
}

// address is an accident in which the delivery arrives at another address than
// it was signed for.
func address(cause signature.Cause, change func(*url.URL)) accident {
	return accident{cause: cause, spoil: func(s *scene, _ Catalog) bool { return s.arrivedAt(change) }}
}

// sentTo signs the delivery for another address.
func (s *scene) sentTo(change func(*url.URL)) bool {
	return s.arrivedAt(change) && s.sign(s.p.Scheme, s.m)
}

// arrivedAt changes the address and leaves the signature.
func (s *scene) arrivedAt(change func(*url.URL)) bool {
	u, err := url.Parse(s.m.URL)
	if err != nil {
		return false
	}
	change(u)
	s.m.URL, s.m.Target, s.m.Head = u.String(), u.RequestURI(), nil
	s.m.Header = s.m.Header.With("Host", u.Host)
	return true
}
