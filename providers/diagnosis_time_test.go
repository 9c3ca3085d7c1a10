package providers

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// timeAccidents happen to the time of a delivery.
func timeAccidents() []accident {
	return []accident{
		judged(signature.TimestampOld, 3*time.Hour),
		judged(signature.TimestampOld, 90*24*time.Hour),
		judged(signature.ClockSkew, -2*time.Hour),
		{cause: signature.TimestampUnit, spoil: func(s *scene, _ Catalog) bool { return s.retime(1000) }},
		{cause: signature.TimestampUnit, spoil: func(s *scene, _ Catalog) bool { return s.retime(0) }},
		{cause: signature.TimestampUnit, spoil: func(s *scene, _ Catalog) bool { return s.retimeBody() }},
		{cause: signature.TimestampUnit, spoil: func(s *scene, _ Catalog) bool { return s.retimeToken() }},
		signing(signature.TimestampUnit, func(s signature.Shared) (signature.Shared, bool) {
			was := s.Timestamp.Format
			s.Timestamp.Format = map[signature.TimeFormat]signature.TimeFormat{signature.Unix: signature.UnixMilli, signature.UnixMilli: signature.Unix,
				signature.RFC3339: signature.Unix, signature.ISO8601: signature.UnixMilli, signature.ISO8601UTC: signature.Unix}[was]
			return s, s.Timestamp.Format != ""
		}),
	}
}

// judged is an accident in which the delivery is judged at another time.
func judged(cause signature.Cause, later time.Duration) accident {
	return accident{cause: cause, spoil: func(s *scene, _ Catalog) bool {
		s.at = s.at.Add(later)
		return s.verdict().Outcome == signature.Stale
	}}
}

var unixTime = regexp.MustCompile(`\b1[0-9]{9}([0-9]{3})?\b`)

// retime writes the Unix time of the delivery in another unit: times factor,
// or as a date when that is 0. Its signature stays that of the unit before.
func (s *scene) retime(factor int64) bool {
	for i, f := range s.m.Header {
		if !timesIn(s.p.Scheme, f.Name) {
			continue // a nonce may look like a time
		}
		stamp := unixTime.FindString(f.Value)
		n, err := strconv.ParseInt(stamp, 10, 64)
		// A time of milliseconds that are not whole seconds can't be told from seconds.
		if err != nil || len(stamp) != 10 && factor == 0 {
			continue
		}
		text := strconv.FormatInt(n*factor, 10)
		switch {
		case len(stamp) == 13 && n%1000 == 0:
			text = strconv.FormatInt(n/1000, 10)
		case len(stamp) == 13:
			continue
		case factor == 0:
			text = time.Unix(n, 0).UTC().Format(time.RFC3339)
		}
		s.m.Header = s.m.Header.With(f.Name, replaceTime(s.m.Header[i].Value, stamp, text))
		s.m.Head = nil
		return true
	}
	return false
}

// replaceTime writes a time anew. The label of an HTTP signature may be made of
// the same number.
func replaceTime(value, old, text string) string {
	if strings.Contains(value, "created="+old) {
		old, text = "created="+old, "created="+text
	}
	return strings.Replace(value, old, text, 1)
}

// timesIn tells whether a scheme has its time in the header called name.
func timesIn(scheme signature.Scheme, name string) bool {
	at, stamp := signature.FactsOf(scheme).At, signature.FactsOf(scheme).Timestamp
	switch scheme := scheme.(type) {
	case signature.Either:
		return slices.ContainsFunc(scheme.Schemes, func(one signature.Scheme) bool { return timesIn(one, name) })
	case signature.JWS:
		stamp = scheme.Timestamp.At
	case signature.HTTPSignature:
		stamp = scheme.Timestamp.At
		if scheme.Form == "rfc9421" {
			at = []signature.Part{{Kind: signature.PartHeader, Name: "Signature-Input"}}
		}
	}
	switch stamp.Kind {
	case signature.PartHeader:
		return strings.EqualFold(stamp.Name, name)
	case signature.PartKey:
		return slices.ContainsFunc(at, func(p signature.Part) bool { return p.Kind == signature.PartHeader && strings.EqualFold(p.Name, name) })
	}
	return false
}

// retimeBody writes a Unix time in the body in the other unit.
func (s *scene) retimeBody() bool {
	at := signature.FactsOf(s.p.Scheme).Timestamp
	if at.Kind != signature.PartJSON && at.Kind != signature.PartForm {
		return false
	}
	old := signature.ReadFields(s.m).Get(at).Text
	key := at.Name[strings.LastIndexByte(at.Name, '.')+1:]
	from := bytes.Index(s.m.Body, []byte(key))
	if unixTime.FindString(old) != old || from < 0 {
		return false
	}
	text, milli := old+"000", strings.HasSuffix(old, "000")
	switch {
	case len(old) == 13 && milli:
		text = old[:10]
	case len(old) == 13:
		return false // not whole seconds
	}
	return s.received(slices.Concat(s.m.Body[:from], bytes.Replace(s.m.Body[from:], []byte(old), []byte(text), 1)))
}

// retimeToken signs the times of a token in milliseconds, with the plain text
// of the secret: where that is not the key, there is no accident.
func (s *scene) retimeToken() bool {
	scheme, ok := s.p.Scheme.(signature.JWT)
	if !ok || scheme.At[0].Kind != signature.PartHeader {
		return false
	}
	return s.rewrite(func(value string) string {
		bare := strings.TrimPrefix(value, scheme.Prefix)
		parts := strings.Split(bare, ".")
		if len(parts) != 3 || macOf(parts[0]+"."+parts[1], s.secret) != parts[2] {
			return value
		}
		claims, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return value
		}
		text := parts[0] + "." + base64.RawURLEncoding.EncodeToString(tokenTime.ReplaceAll(claims, []byte("${1}000")))
		return strings.TrimSuffix(value, bare) + text + "." + macOf(text, s.secret)
	})
}

var tokenTime = regexp.MustCompile(`("(?:exp|nbf|iat)": ?1[0-9]{9})\b`)

// macOf is the third part of a token with HS256.
func macOf(text, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
