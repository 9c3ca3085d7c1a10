package providers

import (
	"errors"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// value is what one part of a template came to. Fields that stand in the
// request twice have no value: which one is meant would be a guess.
func (w *writer) value(part signature.Part) ([]byte, error) {
	vars := signature.Vars{Secret: w.facts.Secret, Form: formOf(w.scheme), VerifyToken: w.facts.VerifyToken.Value()}
	if !w.documented(part) || hashesSecret(part) && !w.fitting(part) {
		return nil, errForm
	}
	if part.Kind == signature.PartText {
		if hashes(part) && slices.ContainsFunc(w.text, bareSecret) && !w.allFitting(w.text) {
			return nil, errForm
		}
		text, err := w.text.Fill(w.fields, vars)
		if err != nil {
			return nil, because(err)
		}
		vars.Text = text
	}
	value, err := signature.Template{part}.Fill(w.fields, vars)
	return value, because(err)
}

// because is a reason of ours for an error of Fill.
func because(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, signature.ErrNoSecret):
		return errNoSecret
	case errors.Is(err, signature.ErrNoVerifyToken):
		return errNoToken
	case errors.Is(err, signature.ErrNoPart):
		return errNoChallenge
	}
	return errForm
}

// documented tells whether a part has the type that the file says: in JSON text,
// unless the file takes it raw. What a text is made of counts likewise.
func (w *writer) documented(part signature.Part) bool {
	if part.Kind == signature.PartText {
		return !slices.ContainsFunc(w.text, func(of signature.Part) bool { return !w.documented(of) })
	}
	if part.Kind != signature.PartJSON || len(part.Filters) > 0 && part.Filters[0].Name == "raw" {
		return true
	}
	part.Filters = nil
	return !w.fields.Get(part).Raw
}

// fitting tells whether what a keyed hash is made of has the form of a
// challenge: the value of the part, or of every part of the text.
func (w *writer) fitting(part signature.Part) bool {
	if part.Kind == signature.PartText {
		return w.allFitting(w.text)
	}
	if !part.Kind.OfMessage() {
		return part.Kind == signature.PartVerifyToken
	}
	part.Filters = nil
	return w.form.MatchString(w.fields.Get(part).Text)
}

func (w *writer) allFitting(t signature.Template) bool {
	for _, part := range t {
		if part.Kind.OfMessage() && part.Kind != signature.PartURL && !w.fitting(part) {
			return false
		}
	}
	return true
}

// hashes tells whether a part passes a hash, so that it can't be read back.
func hashes(part signature.Part) bool {
	return slices.ContainsFunc(part.Filters, func(f signature.Filter) bool {
		name := strings.TrimPrefix(f.Name, "hmac-")
		return signature.Algorithm(name).Known()
	})
}

// hashesSecret tells whether a part passes a hash that is keyed with the secret.
func hashesSecret(part signature.Part) bool {
	return slices.ContainsFunc(part.Filters, func(f signature.Filter) bool { return strings.HasPrefix(f.Name, "hmac-") })
}

// bareSecret tells whether a part is the key itself. Another piece of the
// secret, such as the public key of Braintree, may be told.
func bareSecret(part signature.Part) bool {
	return part.Kind == signature.PartSecret && (part.Name == "" || part.Name == "secret")
}

// formOf is how the text of a secret becomes the key in a scheme with a shared
// secret; the first one where a provider has several.
func formOf(s signature.Scheme) signature.SecretForm {
	switch s := s.(type) {
	case signature.Shared:
		return s.Secret
	case signature.Either:
		for _, one := range s.Schemes {
			if shared, ok := one.(signature.Shared); ok {
				return shared.Secret
			}
		}
	}
	return signature.SecretForm{}
}
