package signature

import "slices"

// readsBody tells whether a check of s looks into the body.
func readsBody(s Scheme) bool {
	all := layoutsOf(s)
	for _, l := range all {
		if partsReadBody(l.At) || l.JSONObject {
			return true
		}
		for _, t := range slices.Concat(l.Templates, []Template{l.Text}) {
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
		for _, t := range slices.Concat(l.Templates, []Template{l.Text}) {
			for _, p := range t {
				// The raw text of a member is as easily written anew as all of the body.
				if p.wholeBody() || p.Kind == PartForm || p.Kind == PartJSON && len(p.Filters) > 0 {
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
		for _, t := range slices.Concat(l.Templates, []Template{l.Text}) {
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
func usesPublicKeys(s Scheme) bool {
	switch s := s.(type) {
	case PublicKey, HTTPSignature:
		return true
	case JWT:
		return !anyShared(s.Algorithms)
	case JWS:
		return !anyShared(s.Algorithms)
	case Either:
		for _, one := range s.Schemes {
			if usesPublicKeys(one) {
				return true
			}
		}
	}
	return false
}

// formOf says what a signature of s looks like: "HMAC-SHA256 (64 hex digits)".
func formOf(s Scheme, m Message) string {
	if s, ok := s.(Shared); ok {
		c := newCheck(s.Layout, s, m)
		return s.inWords(c) + " (" + s.shape(c) + ")"
	}
	if s, ok := s.(PublicKey); ok {
		return s.Algorithm.inWords()
	}
	return ""
}

// faultOf is what kept the message from being checked.
func faultOf(s Scheme, i Inquiry) fault {
	switch s := s.(type) {
	case Shared:
		c, _ := s.check(i.Message, i.Own, i.Now)
		return c.fault
	case PublicKey:
		c, _ := s.check(i.Message, i.Own, i.Now)
		return c.fault
	case Either:
		judge, _ := s.judge(i.Message, i.Own, i.Now)
		return faultOf(judge, i)
	}
	return fault{}
}
