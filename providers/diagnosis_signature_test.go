package providers

import (
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"strings"

	"shopbell/providers/signature"
)

// signatureAccidents happen to the header that holds the signature.
func signatureAccidents() []accident {
	return []accident{
		{cause: signature.SignatureEncoding, spoil: func(s *scene, _ Catalog) bool {
			return !isToken(s) && s.rewrite(func(value string) string {
				return digests(value, func(raw []byte, hexed bool) string {
					if hexed {
						return base64.StdEncoding.EncodeToString(raw)
					}
					if hexDigest.Match(raw) {
						return string(raw) // base64 of hex
					}
					return hex.EncodeToString(raw)
				})
			})
		}},
		{cause: signature.SignatureEncoding, spoil: func(s *scene, _ Catalog) bool {
			return !isToken(s) && s.rewrite(func(value string) string { return `"` + value + `"` })
		}},
		{cause: signature.SignaturePrefix, spoil: func(s *scene, _ Catalog) bool {
			return s.rewrite(func(value string) string {
				if _, rest, ok := strings.Cut(value, "="); ok && len(rest) >= 32 && !strings.ContainsAny(rest, ",;=") {
					return rest
				}
				return value
			})
		}},
		{cause: signature.SignaturePrefix, spoil: func(s *scene, _ Catalog) bool {
			return s.rewrite(func(value string) string {
				if strings.ContainsAny(value, ",;= ") {
					return value
				}
				return "Signature:" + value
			})
		}},
		// Where the configured token begins with "Bearer ", it is that which has one too many.
		{cause: signature.SignaturePrefix, same: []signature.Cause{signature.SecretPrefix}, spoil: func(s *scene, _ Catalog) bool {
			return s.rewrite(func(value string) string { return strings.TrimPrefix(value, "Bearer ") })
		}},
		// The same provider may send an older signature too, which then holds.
		{cause: signature.SignatureHeader, same: []signature.Cause{signature.SchemeVersion}, spoil: func(s *scene, _ Catalog) bool {
			return s.renameHeader("X-Proxied-Value")
		}},
		{cause: signature.SignatureHeader, spoil: func(s *scene, _ Catalog) bool {
			return s.rewrite(func(value string) string { return versionKey.ReplaceAllString(value, "${1}mac${3}") })
		}},
		{cause: signature.SchemeVersion, spoil: func(s *scene, _ Catalog) bool {
			return s.rewrite(func(value string) string { return versionKey.ReplaceAllString(value, "${1}v7${3}") })
		}},
	}
}

// versionKey is the key of a signature in a list.
var versionKey = regexp.MustCompile(`(^|[,; ])(v1)([=,])`)

func isToken(s *scene) bool {
	return s.p.SchemeKind == "token" || s.p.SchemeKind == "basic" || strings.HasPrefix(s.p.SchemeKind, "j")
}

// renameHeader gives the signature's header another name.
func (s *scene) renameHeader(to string) bool {
	names := s.places()
	if len(names) == 0 {
		return false
	}
	value := s.m.Header.Get(names[0])
	for _, name := range names {
		s.m.Header = s.m.Header.Without(name)
	}
	s.m.Header, s.m.Head = append(s.m.Header, signature.Field{Name: to, Value: value}), nil
	return true
}
