// Package exchange turns captures into forms that other programs take. Start at
// Curl, a command that sends a request again, and Mask, which comes before it
// wherever what is exported leaves this machine.
package exchange

import (
	"slices"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// Mask returns m without the secrets that p sends along, and without personal
// data unless p.Personal is empty. The length of the body is that of what is
// left. exact tells that nothing had to be hidden: then it is m itself.
func Mask(m signature.Message, p providers.Provider) (masked signature.Message, exact bool) {
	out := m
	out.Target, out.Body = p.MaskTarget(m.Target), p.Mask(m.Body)
	exact = out.Target == m.Target && slices.Equal(out.Body, m.Body)
	out.Header = slices.Clone(m.Header)
	for i, f := range out.Header {
		if f.Value != "" && p.SecretHeader(f.Name) {
			out.Header[i].Value, exact = "••••••••", false
		}
	}
	if exact {
		return m, true
	}
	out.Head = nil
	out.URL = urlOf(m.URL) + out.Target
	return out, false
}
