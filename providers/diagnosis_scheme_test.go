package providers

import (
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// schemeAccidents happen at the provider: it signs in another way than its
// documentation says.
func schemeAccidents() []accident {
	out := []accident{
		signing(signature.PartsOrder, reordered),
		signing(signature.PartsOrder, func(s signature.Shared) (signature.Shared, bool) { return separated(s, "&") }),
		signing(signature.PartsOrder, func(s signature.Shared) (signature.Shared, bool) {
			if slices.ContainsFunc(s.Templates[0], func(p signature.Part) bool { return p.Kind == signature.PartURL }) {
				return s, false
			}
			return templated(s, slices.Concat(template("{url}"), s.Templates[0]))
		}),
		signing(signature.PartsOrder, withoutFirst),
		signing(signature.AlgorithmCause, func(s signature.Shared) (signature.Shared, bool) {
			if !s.Keyed || len(s.Templates[0]) != 1 {
				return s, false
			}
			s.Keyed = false
			return templated(s, slices.Concat(s.Templates[0], template("{secret}")))
		}),
		{cause: signature.AlgorithmCause, spoil: func(s *scene, _ Catalog) bool {
			scheme, ok := s.p.Scheme.(signature.JWT)
			if !ok || len(scheme.Algorithms) != 1 || scheme.Algorithms[0] != "HS256" {
				return false
			}
			scheme.Algorithms = []string{"HS512"}
			return s.sign(scheme, s.m)
		}},
		{cause: signature.AlgorithmCause, spoil: func(s *scene, _ Catalog) bool {
			scheme, ok := s.p.Scheme.(signature.PublicKey)
			if !ok || scheme.Algorithm != signature.RSASHA256 {
				return false
			}
			scheme.Algorithm = signature.RSASHA1
			return s.sign(scheme, s.m)
		}},
	}
	for _, a := range []signature.Algorithm{signature.SHA1, signature.SHA256, signature.SHA512, signature.MD5} {
		out = append(out, signing(signature.AlgorithmCause, func(s signature.Shared) (signature.Shared, bool) {
			ok := s.Algorithm.Known() && s.Algorithm != a
			s.Algorithm = a
			return s, ok
		}))
	}
	return out
}

// signing is an accident in which the provider signs with another scheme.
func signing(cause signature.Cause, change func(signature.Shared) (signature.Shared, bool)) accident {
	return accident{cause: cause, spoil: func(s *scene, _ Catalog) bool {
		scheme, ok := s.shared()
		if !ok {
			return false
		}
		scheme, ok = change(scheme)
		s.m.Header = slices.DeleteFunc(slices.Clone(s.m.Header), func(f signature.Field) bool {
			return !scheme.At[0].IsZero() && !strings.EqualFold(f.Name, scheme.At[0].Name) && strings.Contains(strings.ToLower(f.Name), "signature")
		})
		return ok && s.sign(scheme, s.m)
	}}
}

func template(text string) signature.Template {
	t, err := signature.ParseTemplate(text)
	if err != nil {
		return nil
	}
	return t
}

func templated(s signature.Shared, t signature.Template) (signature.Shared, bool) {
	s.Templates = []signature.Template{t}
	return s, s.Check() == nil
}

// joinable tells a scheme whose text is two to four parts with a separator or
// none: longer ones are forms with words between their fields.
func joinable(s signature.Shared) bool {
	t := s.Templates[0]
	if slices.ContainsFunc(t, func(p signature.Part) bool { return p.Optional || len(p.Filters) > 0 }) {
		return false
	}
	n := len(t.Parts())
	return n >= 2 && n <= 4 && len(t) <= 2*n-1 && t[0].Kind != signature.PartLiteral
}

func reordered(s signature.Shared) (signature.Shared, bool) {
	if !joinable(s) {
		return s, false
	}
	t := slices.Clone(s.Templates[0])
	slices.Reverse(t)
	return templated(s, t)
}

func separated(s signature.Shared, separator string) (signature.Shared, bool) {
	if !joinable(s) {
		return s, false
	}
	var t signature.Template
	for i, p := range s.Templates[0].Parts() {
		if i > 0 {
			t = append(t, signature.Part{Kind: signature.PartLiteral, Name: separator})
		}
		t = append(t, p)
	}
	return templated(s, t)
}

func withoutFirst(s signature.Shared) (signature.Shared, bool) {
	if !joinable(s) || !s.Keyed {
		return s, false
	}
	return templated(s, signature.Template{s.Templates[0].Parts()[len(s.Templates[0].Parts())-1]})
}
