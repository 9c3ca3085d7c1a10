package providers

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// maxKeyed is how many templates one check with a public key tries: each costs
// up to 0.3 ms.
const maxKeyed = 64

// keyed tries the secret as a public key.
func (q *inference) keyed(at place, ts stamp, templates []signature.Template) (Inferred, bool) {
	if !looksLikeKey(q.secret.Value()) {
		return Inferred{}, false
	}
	layout := at.layout(ts)
	for batch := range slices.Chunk(templates, maxKeyed) {
		layout.Templates = batch
		for _, algorithm := range publicAlgorithms(len(at.bytes)) {
			if found, ok := q.holdsKey(signature.PublicKey{Layout: layout, Algorithm: algorithm}); ok {
				return found, true
			}
			if q.ctx.Err() != nil {
				return Inferred{}, false
			}
		}
	}
	return Inferred{}, false
}

func (q *inference) holdsKey(s signature.PublicKey) (Inferred, bool) {
	variant, ok := q.verifies(s)
	if !ok {
		return Inferred{}, false
	}
	s.Templates = matching(s.Templates, variant)
	s.Timestamp = toleratedStamp(s.Layout)
	return Inferred{Scheme: s, Says: string(s.Algorithm) + " over " + s.Templates[0].String()}, true
}

// publicAlgorithms are those whose signatures may have that many bytes. One of
// ECDSA in DER has no fixed length.
func publicAlgorithms(size int) []signature.PublicAlgorithm {
	switch {
	case size == 64:
		return []signature.PublicAlgorithm{signature.Ed25519}
	case size >= 128:
		return []signature.PublicAlgorithm{signature.RSASHA256, signature.RSASHA1, signature.RSASHA512, signature.RSAPSSSHA256, signature.RSAPSSSHA512, signature.ECDSASHA512}
	case size > 64:
		return []signature.PublicAlgorithm{signature.ECDSASHA256, signature.ECDSASHA1, signature.ECDSASHA512}
	}
	return nil
}

// looksLikeKey keeps a shared secret from being tried as a key: PEM, the DER of
// a public key in base64, or 32 bytes.
func looksLikeKey(text string) bool {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "-----BEGIN ") || strings.HasPrefix(text, "{") {
		return true
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b, err = hex.DecodeString(text)
	}
	return err == nil && (len(b) == 32 || len(b) > 64 && b[0] == 0x30)
}
