package signature

// same tells whether s and o are one scheme, down to the memory of its lists:
// nobody changes those of a scheme that is in use.
func (s *Shared) same(o *Shared) bool {
	return sameList(s.Templates, o.Templates) && s.Keyed == o.Keyed && s.Algorithm == o.Algorithm &&
		s.Secret.same(&o.Secret) && s.Layout.same(&o.Layout)
}

func (f *SecretForm) same(o *SecretForm) bool {
	return sameList(f.Parts, o.Parts) && f.LastOptional == o.LastOptional && sameList(f.Strip, o.Strip) &&
		f.After == o.After && f.Normal == o.Normal && f.Encoding == o.Encoding && f.Derive == o.Derive
}

func (l *Layout) same(o *Layout) bool {
	return sameList(l.At, o.At) && l.Prefix == o.Prefix && l.PrefixOptional == o.PrefixOptional && l.Suffix == o.Suffix &&
		l.Repeated == o.Repeated && l.Unescape == o.Unescape && l.Encoding == o.Encoding && l.Upper == o.Upper &&
		l.List.same(&o.List) && sameList(l.Templates, o.Templates) && sameList(l.Text, o.Text) && sameList(l.Equals, o.Equals) &&
		l.Timestamp.same(&o.Timestamp) && l.JSONObject == o.JSONObject && sameList(l.Single, o.Single)
}

func (l *List) same(o *List) bool {
	return l.Pairs == o.Pairs && l.Equals == o.Equals && sameList(l.Keys, o.Keys) && l.After == o.After
}

func (t *Timestamp) same(o *Timestamp) bool {
	return t.At.Kind == o.At.Kind && t.At.Name == o.At.Name && t.At.Optional == o.At.Optional && sameList(t.At.Filters, o.At.Filters) &&
		t.Format == o.Format && t.Tolerance == o.Tolerance && t.Optional == o.Optional && t.Chosen == o.Chosen
}

// sameList tells whether two lists are the same memory.
func sameList[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }
