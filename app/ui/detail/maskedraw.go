package detail

import (
	"bytes"
	"slices"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// MaskedRaw returns a request byte for byte, secrets that the provider sends
// along masked, and personal ones too if they are to be hidden; exact tells that
// there are none.
func MaskedRaw(m signature.Message, p providers.Provider, personal bool) (request []byte, exact bool) {
	bare := m
	bare.Body = nil
	if !personal {
		p.Personal = nil // it is the user's own to copy
	}
	masked := slices.Concat(p.MaskHead(bare.Raw(), nil), p.Mask(m.Body))
	return masked, bytes.Equal(masked, m.Raw())
}
