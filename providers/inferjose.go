package providers

import (
	"encoding/base64"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/providers/signature"
)

// jose finds a signed token (RFC 7519) or a detached signature (RFC 7515).
func (q *inference) jose() bool {
	whole := value{signature.Part{Kind: signature.PartBody}, string(q.m.Body[:min(len(q.m.Body), 1<<20)])}
	for _, v := range append(append([]value(nil), q.values...), whole) {
		if len(v.part.Filters) > 0 {
			continue
		}
		text := strings.TrimSpace(v.text)
		prefix := text[:strings.LastIndexByte(text, ' ')+1]
		parts := strings.Split(text[len(prefix):], ".")
		if len(parts) != 3 || len(prefix) > 16 {
			continue
		}
		head, err := base64.RawURLEncoding.DecodeString(parts[0])
		alg := gjson.GetBytes(head, "alg").Str
		if err != nil || !signature.ValidJSON(head) || alg == "" {
			continue
		}
		form := signature.TokenForm{At: []signature.Part{v.part}, Prefix: prefix, Algorithms: []string{alg}}
		if parts[1] == "" && q.detached(form, head) || parts[1] != "" && q.jwt(form, parts[1]) {
			return true
		}
	}
	return false
}

// jwt reads what the claims bind of the message once the token verifies.
func (q *inference) jwt(form signature.TokenForm, payload string) bool {
	claims, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return false
	}
	usual, _ := formsOf(q.secret.Value())
	for _, secret := range usual {
		form.Secret = secret
		s := signature.JWT{TokenForm: form}
		if !q.verifies(s) {
			continue
		}
		made := gjson.GetBytes(claims, "iat")
		if made.Type == gjson.Number && !gjson.GetBytes(claims, "exp").Exists() {
			at := stamp{at: signature.Part{Kind: signature.PartClaim, Name: "iat"}, format: signature.Unix}
			s.Timestamp = at.timestamp()
		}
		says, notes := q.bind(&s, gjson.ParseBytes(claims))
		return q.verifies(s) && q.keep(s, signature.FactsOf(s).Name+" with "+form.Algorithms[0]+", "+says, notes...)
	}
	return false
}

// bind finds the claims that equal something of the message.
func (q *inference) bind(s *signature.JWT, claims gjson.Result) (says string, notes []string) {
	known := q.claimable()
	var bound []string
	for depth := range 3 {
		leaves(claims, "", depth, func(path, text string) {
			a := known[text]
			if a == nil || len(bound) == 8 {
				return
			}
			s.Claims = append(s.Claims, signature.Claim{Name: path, Value: a.parts})
			bound = append(bound, path+" is "+a.String())
			notes = append(notes, q.open([]*atom{a})...)
		})
	}
	if len(bound) == 0 {
		if s.At[0].Kind == signature.PartBody {
			return "the whole body", nil
		}
		return "no claim of which binds anything of the message", nil
	}
	return "whose claim " + strings.Join(bound, ", "), notes
}

// claimable are the texts that a claim may bind.
func (q *inference) claimable() map[string]*atom {
	known := map[string]*atom{}
	for _, of := range [...]string{"body", "url", "target", "path"} {
		for _, digest := range [...]string{"sha256", "sha512", "sha1", "sha384", "md5"} {
			for _, encoding := range [...]string{"hex", "base64", "base64url", "hex|upper"} {
				if a := q.claimAtom(of + "|" + digest + "|" + encoding); a != nil && known[string(a.text)] == nil {
					known[string(a.text)] = a
				}
			}
		}
	}
	for _, text := range [...]string{"url|qsh", "url", "target", "path", "host"} {
		if a := q.atomOf(text); a != nil && len(a.text) > 1 && known[string(a.text)] == nil {
			known[string(a.text)] = a
		}
	}
	return known
}

// claimAtom is atomOf without what an empty text would come to.
func (q *inference) claimAtom(text string) *atom {
	of, _, _ := strings.Cut(text, "|")
	if q.atomOf(of) == nil {
		return nil
	}
	return q.atomOf(text)
}

// detached tries what a detached signature may stand for.
func (q *inference) detached(form signature.TokenForm, head []byte) bool {
	if len(q.m.Body) == 0 {
		return false
	}
	payloads := []string{"{body}", "{body|compact}", "{method} {path}\n{body}"}
	stamps := []stamp{{}}
	if at := gjson.GetBytes(head, "ts"); at.Exists() {
		if format, ok := timeFormatOf(at.String()); ok {
			stamps = append([]stamp{{at: signature.Part{Kind: signature.PartJOSE, Name: "ts"}, format: format}}, stamps...)
		}
	}
	for _, s := range stampsOf(q.m, nil) {
		stamps = append(stamps, s)
		payloads = append(payloads, "{timestamp}.{body}", "{timestamp}{body}", "{timestamp}.{body|base64url}")
	}
	for _, at := range stamps {
		for _, text := range payloads {
			payload, err := signature.ParseTemplate(text)
			s := signature.JWS{TokenForm: form, Payload: payload}
			if !at.at.IsZero() {
				s.Timestamp = at.timestamp()
			}
			if err == nil && q.verifies(s) {
				return q.keep(s, signature.FactsOf(s).Name+" with "+form.Algorithms[0]+" over "+text)
			}
		}
	}
	return false
}
