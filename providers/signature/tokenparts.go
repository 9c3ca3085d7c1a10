package signature

// TokenParts are the parts of a message in which a scheme's secret itself is
// sent; none for a scheme that signs.
func TokenParts(s Scheme) []Part {
	switch s := s.(type) {
	case Token:
		at, _ := s.places()
		return at
	case Either:
		var parts []Part
		for _, one := range s.Schemes {
			parts = append(parts, TokenParts(one)...)
		}
		return parts
	}
	return nil
}
