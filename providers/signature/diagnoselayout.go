package signature

// layout is a scheme with its Layout, as far as a diagnosis puts that right on
// trial. A token has a place, a prefix and a time only; its templates are what
// its claims or its payload bind.
type layout struct {
	scheme Scheme
	Layout
}

// layoutsOf returns the layout of s, or those of the schemes it is made of.
func layoutsOf(s Scheme) (out []layout) {
	switch s := s.(type) {
	case Shared:
		return []layout{{s, s.Layout}}
	case Token:
		at, prefix := s.places()
		return []layout{{s, Layout{At: at, Prefix: prefix}}}
	case PublicKey:
		return []layout{{s, s.Layout}}
	case JWT:
		l := s.layout()
		for _, claim := range s.Claims {
			l.Templates = append(l.Templates, claim.Value)
		}
		return []layout{{s, l}}
	case JWS:
		l := s.layout()
		l.Templates = []Template{s.Payload}
		return []layout{{s, l}}
	case HTTPSignature:
		return []layout{{s, Layout{At: s.At, Timestamp: s.Timestamp, Templates: []Template{{{Kind: PartTarget}, {Kind: PartHost}, {Kind: PartBody}}}}}}
	case Either:
		for _, one := range s.Schemes {
			out = append(out, layoutsOf(one)...)
		}
	}
	return out
}

func (f TokenForm) layout() Layout {
	return Layout{At: f.At, Prefix: f.Prefix, PrefixOptional: f.PrefixOptional, Timestamp: f.Timestamp}
}

// with returns f with the layout of l.
func (f TokenForm) with(l Layout) TokenForm {
	f.At, f.Prefix, f.PrefixOptional, f.Timestamp = l.At, l.Prefix, l.PrefixOptional, l.Timestamp
	return f
}

// laid returns the scheme of l with the Layout of l.
func (l layout) laid() Scheme {
	switch s := l.scheme.(type) {
	case Shared:
		s.Layout = l.Layout
		return s
	case Token:
		if !s.Basic {
			s.At, s.Prefix = l.At, l.Prefix
		}
		return s
	case PublicKey:
		s.Layout = l.Layout
		return s
	case JWT:
		s.TokenForm = s.with(l.Layout)
		return s
	case JWS:
		s.TokenForm = s.with(l.Layout)
		return s
	case HTTPSignature:
		s.At, s.Timestamp = l.At, l.Timestamp
		return s
	}
	return l.scheme
}

// texts is how many texts a check of s may hash for each secret.
func texts(s Scheme) int {
	n := 0
	for _, l := range layoutsOf(s) {
		n += len(l.Templates)
	}
	return max(1, n)
}

// secretForms are the forms in which s takes its secrets.
func secretForms(s Scheme) (out []SecretForm) {
	switch s := s.(type) {
	case Shared:
		return []SecretForm{s.Secret}
	case Token:
		return []SecretForm{s.Secret}
	case JWT:
		if anyShared(s.Algorithms) {
			out = append(out, s.Secret)
		}
	case Either:
		for _, one := range s.Schemes {
			out = append(out, secretForms(one)...)
		}
	}
	return out
}

// encoded tells whether secrets in this form are decoded.
func (f SecretForm) encoded() bool { return f.Encoding != PlainText && f.Encoding != "" }

// textFor returns the text of a secret that comes to key in this form.
func (f SecretForm) textFor(key []byte) (string, bool) {
	text := string(key)
	if f.encoded() {
		text = f.Encoding.encode(key)
	}
	if !f.encoded() && len(f.Parts) == 0 && f.After == "" && len(f.Strip) == 0 {
		return text, true
	}
	bare := f
	bare.Derive = ""
	for _, mark := range []string{f.mark(), "x" + f.After} {
		back, err := bare.key(NewSecret("", mark+text))
		if err == nil && string(back.bytes) == string(key) {
			return mark + text, true
		}
	}
	return "", false
}

// mark is the prefix of a secret in this form.
func (f SecretForm) mark() string {
	if len(f.Strip) > 0 {
		return f.Strip[0]
	}
	return ""
}

// values are the texts that stand where a signature of layout l is expected.
func (l layout) values(m Message) (out []string) {
	fields := ReadFields(m)
	for _, at := range l.At {
		values, _ := fields.signatures(at)
		out = append(out, values...)
	}
	return out
}

// signatures are the single values in it that should be signatures.
func (l layout) signatures(m Message) (out []string) {
	for _, v := range l.values(m) {
		if l.List.isZero() {
			out = append(out, v)
			continue
		}
		pairs, _ := l.List.split(v, maxSignatures)
		for _, p := range pairs {
			if l.List.signs(p.key) {
				out = append(out, p.value)
			}
		}
	}
	return out
}

// holdsKey tells whether the key itself stands in t; other parts of the secret
// may be known to others.
func (t Template) holdsKey() bool {
	for _, p := range t {
		if p.Kind == PartSecret && (p.Name == "" || p.Name == secretPart) {
			return true
		}
	}
	return false
}

// withTemplates returns s with other forms of the signed text.
func withTemplates(s Scheme, templates []Template) (Scheme, bool) {
	switch s := s.(type) {
	case Shared:
		s.Templates = templates
		return s, true
	case PublicKey:
		s.Templates = templates
		return s, true
	}
	return s, false
}

// secretCounts tells whether a signature over t needs the secret: a plain hash
// without it could be made by anybody.
func (l layout) secretCounts(t Template) bool {
	if s, ok := l.scheme.(Shared); ok {
		return t.holdsKey() != s.Keyed
	}
	return true
}
