package signature

// layout is a scheme with its Layout, as far as a diagnosis puts that right on
// trial. A token has a place and a prefix only.
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
	case Either:
		for _, one := range s.Schemes {
			out = append(out, layoutsOf(one)...)
		}
	}
	return out
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

// withTemplates returns s with other forms of the signed text.
func withTemplates(s Scheme, templates []Template) (Scheme, bool) {
	switch s := s.(type) {
	case Shared:
		s.Templates = templates
		return s, true
	}
	return s, false
}

// secretCounts tells whether a signature over t needs the secret: a plain hash
// without it could be made by anybody.
func (l layout) secretCounts(t Template) bool {
	if s, ok := l.scheme.(Shared); ok {
		return t.has(PartSecret) != s.Keyed
	}
	return true
}

// readsBody tells whether a check of s looks into the body.
func readsBody(s Scheme) bool {
	all := layoutsOf(s)
	for _, l := range all {
		if partsReadBody(l.At) || l.JSONObject {
			return true
		}
		for _, t := range l.Templates {
			if partsReadBody(t) {
				return true
			}
		}
	}
	return len(all) == 0
}

func partsReadBody(parts []Part) bool {
	for _, p := range parts {
		switch p.Kind {
		case PartBody, PartHash, PartJSON, PartForm:
			return true
		}
	}
	return false
}

// signsBody tells whether all of the body is signed.
func signsBody(s Scheme) bool {
	all := layoutsOf(s)
	for _, l := range all {
		for _, t := range l.Templates {
			for _, p := range t {
				if p.wholeBody() || p.Kind == PartForm {
					return true
				}
			}
		}
	}
	return len(all) == 0
}

// signsAddress tells whether a check of s looks at the address.
func signsAddress(s Scheme) bool {
	all := layoutsOf(s)
	for _, l := range all {
		for _, t := range l.Templates {
			for _, p := range t {
				switch p.Kind {
				case PartURL, PartPath, PartTarget, PartHost, PartQuery:
					return true
				}
			}
		}
	}
	return len(all) == 0
}

// comparesToken tells whether s compares a secret that is sent as it is.
func comparesToken(s Scheme) bool {
	_, token := s.(Token)
	return token
}

// usesPublicKeys tells whether s verifies with public keys.
func usesPublicKeys(Scheme) bool { return false }

// formOf says what a signature of s looks like: "HMAC-SHA256 (64 hex digits)".
func formOf(s Scheme, m Message) string {
	if s, ok := s.(Shared); ok {
		c := newCheck(s.Layout, s, m)
		return s.inWords(c) + " (" + s.shape(c) + ")"
	}
	return ""
}

// faultOf is what kept the message from being checked.
func faultOf(s Scheme, i Inquiry) fault {
	switch s := s.(type) {
	case Shared:
		c, _ := s.check(i.Message, i.Own, i.Now)
		return c.fault
	case Either:
		judge, _ := s.judge(i.Message, i.Own, i.Now)
		return faultOf(judge, i)
	}
	return fault{}
}
