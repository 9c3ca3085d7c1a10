package providers

import (
	"fmt"
	"time"

	"shopbell/providers/signature"
)

// checked is a scheme that knows whether its parameters fit together.
type checked interface {
	signature.Scheme
	Check() error
}

// scheme makes the scheme that the table describes, with those of its
// [[scheme.or]] tables.
func (t schemeTable) scheme() (signature.Scheme, error) {
	first, err := t.single()
	if err != nil || len(t.Or) == 0 {
		return first, err
	}
	either := signature.Either{Schemes: []signature.Scheme{first}}
	for _, or := range t.Or {
		s, err := or.single()
		if err != nil {
			return nil, err
		}
		either.Schemes = append(either.Schemes, s)
	}
	return either, either.Check()
}

func (t schemeTable) single() (signature.Scheme, error) {
	if t.Kind == kindUnsigned {
		return signature.NoSignature{}, nil
	}
	at, err := parts(t.Signature)
	if err != nil {
		return nil, err
	}
	secret, err := t.Secret.form()
	if err != nil {
		return nil, err
	}
	var s checked
	switch t.Kind {
	case kindPublicKey:
		secret.LastOptional = true
		s = signature.PublicKey{Layout: t.layout(at), Algorithm: signature.PublicAlgorithm(t.Algorithm), Keys: t.Key.source(), Secret: secret}
	case kindJWT:
		s = signature.JWT{TokenForm: t.tokenForm(at, secret), Claims: t.claims()}
	case kindJWS:
		s = signature.JWS{TokenForm: t.tokenForm(at, secret), Payload: t.Payload, Unencoded: t.Unencoded}
	case kindHTTP:
		s = signature.HTTPSignature{Form: t.Form, At: at, Algorithm: signature.PublicAlgorithm(t.Algorithm), Covers: t.Covers,
			Key: t.Key.source(), Timestamp: t.Timestamp.timestamp()}
	case kindToken, kindBasic:
		s = signature.Token{At: at, Prefix: t.Prefix, Basic: t.Kind == kindBasic, Secret: secret}
	default:
		s = signature.Shared{Layout: t.layout(at), Keyed: t.Kind == kindHMAC, Algorithm: signature.Algorithm(t.Algorithm), Secret: secret}
	}
	return s, s.Check()
}

// layout is what schemes with a template share.
func (t schemeTable) layout(at []signature.Part) signature.Layout {
	l := signature.Layout{
		At: at, Prefix: t.Prefix, PrefixOptional: t.PrefixOptional, Suffix: t.Suffix,
		Repeated: t.Repeated, Unescape: t.Unescape, Encoding: t.Encoding, Upper: t.Upper,
		Templates: t.Templates, JSONObject: t.Body == bodyObject, Single: t.Single,
		Timestamp: t.Timestamp.timestamp(), Text: t.Text,
	}
	for _, e := range t.Equal {
		l.Equals = append(l.Equals, signature.Equal{Part: e.Part, Value: e.Value})
	}
	if t.List != nil {
		l.List = signature.List{Pairs: t.List.Pairs, Equals: t.List.Equals, Keys: t.List.Keys, After: t.List.After}
	}
	return l
}

// tokenForm is what schemes with a compact token share.
func (t schemeTable) tokenForm(at []signature.Part, secret signature.SecretForm) signature.TokenForm {
	return signature.TokenForm{
		At: at, Prefix: t.Prefix, PrefixOptional: t.PrefixOptional, Algorithms: t.Algorithms,
		Secret: secret, Key: t.Key.source(), Timestamp: t.Timestamp.timestamp(),
	}
}

func (t schemeTable) claims() (out []signature.Claim) {
	for _, c := range t.Claim {
		out = append(out, signature.Claim{Name: c.Name, Value: c.Value, WithBody: c.Optional == emptyBody})
	}
	return out
}

func (t *timestampTable) timestamp() signature.Timestamp {
	if t == nil {
		return signature.Timestamp{}
	}
	out := signature.Timestamp{At: t.At, Format: t.Format, Tolerance: time.Duration(t.Tolerance), Optional: t.Optional}
	if t.Ours {
		out.Chosen = "our choice, the provider gives no number"
	}
	return out
}

func (t *keyTable) source() signature.KeySource {
	if t == nil {
		return signature.KeySource{}
	}
	return signature.KeySource{
		Published: t.Published, Fetch: t.Fetch, URL: t.URL, At: t.At, Hosts: t.Hosts, Name: t.Name, Chain: t.Chain, ID: t.ID,
	}
}

// knowsKeys tells whether a message can be checked without a secret of the
// user: nothing is signed, or with keys that the provider publishes.
func (t schemeTable) knowsKeys() bool {
	return t.Kind == kindUnsigned || t.Key != nil && len(t.Key.Published) > 0
}

func (t secretTable) form() (signature.SecretForm, error) {
	strip, err := texts("strip", t.Strip)
	return signature.SecretForm{
		Strip: strip, Encoding: t.Encoding, After: t.After, Normal: t.Normal, Parts: t.Parts, Derive: t.Derive,
	}, err
}

// parts reads one part, or a list of them.
func parts(value any) (out []signature.Part, err error) {
	list, err := texts("signature", value)
	if err != nil {
		return nil, err
	}
	for _, text := range list {
		p, err := signature.ParsePart(text)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// texts reads one text, or a list of them.
func texts(key string, value any) (out []string, err error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case []any:
		for _, one := range v {
			text, ok := one.(string)
			if !ok {
				return nil, fmt.Errorf("%s %v, expected a text or a list of texts", key, value)
			}
			out = append(out, text)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%s %v, expected a text or a list of texts", key, value)
}
