package providers

import "shopbell/providers/signature"

// WithEvent returns a copy of m that tells of another event, where it stands as
// itself in one place of the message; ok is false elsewhere. What m was signed
// with fits no more where the signature covers the event: sign it again.
func (p Provider) WithEvent(m signature.Message, event string) (other signature.Message, ok bool) {
	f, twice := signature.ReadFields(m).Inner()
	if twice {
		return m, false
	}
	for _, r := range p.events {
		if !r.When.hold(f) {
			continue
		}
		if _, ok := r.fill(f, nil); !ok {
			continue
		}
		if len(r.Text) != 1 || len(r.Text[0].Filters) > 0 {
			return m, false
		}
		at := r.Text[0]
		at.Optional = false
		other, err := signature.SetValue(m, at, event)
		return other, err == nil
	}
	return m, false
}
