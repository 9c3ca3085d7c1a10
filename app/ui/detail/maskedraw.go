package detail

import (
	"bytes"
	"slices"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// MaskedRaw returns a request byte for byte, secrets that the provider sends
// along masked; exact tells that there are none.
func MaskedRaw(m signature.Message, p providers.Provider) (request []byte, exact bool) {
	bare := m
	bare.Body = nil
	p.Personal = nil // personal data is the user's own to copy
	masked := slices.Concat(p.MaskHead(bare.Raw(), nil), p.Mask(m.Body))
	return masked, bytes.Equal(masked, m.Raw())
}
