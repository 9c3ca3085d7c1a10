package signature

import (
	"strings"
	"testing"
	"time"
)

// shapes are the words out of which the fuzzer makes a layout.
type shapes struct {
	at, template, prefix, suffix, pairs, equals, key, timestamp, derive string
	flags                                                               uint16
}

// layout returns the scheme, false when its parameters do not fit together.
func (w shapes) layout() (Shared, bool) {
	place, err := ParsePart(w.at)
	if err != nil {
		return Shared{}, false
	}
	t, err := ParseTemplate(w.template)
	if err != nil {
		return Shared{}, false
	}
	on := func(bit int) bool { return w.flags>>bit&1 == 1 }
	encodings := [...]Encoding{Hex, Base64, Base64URL, HexOrBase64, Base64OfHex}
	s := Shared{Keyed: on(0), Algorithm: [...]Algorithm{MD5, SHA1, SHA256, SHA384, SHA512, "key:a"}[w.flags>>1%6], Layout: Layout{
		At: []Part{place}, Prefix: w.prefix, Suffix: w.suffix, PrefixOptional: on(4), Repeated: on(5), Unescape: on(6), Upper: on(7),
		Encoding: encodings[w.flags>>8%5], Templates: []Template{t}, JSONObject: on(11),
	}}
	s.Secret.Derive = w.derive
	if w.pairs != "" {
		s.List = List{Pairs: w.pairs, Equals: w.equals, Keys: []string{w.key}}
	}
	if p, err := ParsePart(w.timestamp); err == nil {
		formats := [...]TimeFormat{Unix, UnixMilli, ISO8601, RFC3339, ISO8601UTC, HTTPDate, RFC2822}
		s.Timestamp = Timestamp{At: p, Format: formats[w.flags>>12%6], Tolerance: time.Minute}
	}
	return s, s.Check() == nil
}

func FuzzALayoutIsNeverBroken(f *testing.F) {
	f.Add("header:X-Signature", "{timestamp}.{body}", "v1=", "", ",", "=", "v1", "key:t", "", uint16(0x105), "t=1714996800,v1=v1=00", smallBody, "/h?a=1", "key")
	f.Add("json:sign", "{body|without:sign|compact}", "", "###", "", "", "", "json:at", "sha256", uint16(5), smallHex+"###1", `{"sign":"x","at":"1"}`, "/", "k")
	f.Add("form:s", "{form|without:s|sorted:=:&}", "", "", "&", "|", "*", "", "3des:form:p|unbase64", uint16(0x203), "a|b", "p=MQ==&s=x%7C00", "/?", "sq7HjrUOBfKmC576ILgskD5srU870gJ7")
	f.Add("query:sign", "{method} {host}{target}{query?|sorted}{header:X?|upper}{secret|reverse}", "", "", ".", "", "2-", "header:T", "md5-hex", uint16(0x30), "x", "[[[", "/?sign=\x00", "")
	f.Add("header:X-S-*", "{json:a.0.b|raw|compact}{key:n}", "=", "=", ";", "=", "s", "", "aes:json:a", uint16(0x1450), "n=1;s==", `{"a":[{"b":"\ud800"}]}`, "", "\xff")
	f.Fuzz(func(t *testing.T, at, template, prefix, suffix, pairs, equals, key, timestamp, derive string, flags uint16, value, body, target, secret string) {
		s, ok := shapes{at, template, prefix, suffix, pairs, equals, key, timestamp, derive, flags}.layout()
		if !ok {
			return
		}
		m := asked(target, body)
		if p := s.At[0]; p.Kind == PartHeader {
			m.Header = Header{{strings.Replace(p.Name, "*", "1", 1), value}, {"T", value}}
		}
		v := s.Verify(m, secrets(secret), noon)
		if v.Outcome == "" || len(v.Steps) == 0 || len(v.Steps) > 100 {
			t.Errorf("%q with %d steps", v.Outcome, len(v.Steps))
		}
		if proved := v.Outcome == Verified || v.Outcome == Stale; proved != (v.Cover != "") {
			t.Errorf("%s with cover %q", v.Outcome, v.Cover)
		}
		before := string(m.Raw())
		if _, err := s.Sign(m, NewSecret("#1", secret), noon); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
		if string(m.Raw()) != before {
			t.Error("signing changed the message that it was given")
		}
	})
}

func FuzzAListIsReadAndWrittenAlike(f *testing.F) {
	f.Add("t=1,v1=ab", ",", "=")
	f.Add("ts,sig,sig", ",", "")
	f.Add(" v1,a v1,b ", " ", ",")
	f.Fuzz(func(t *testing.T, value, between, equals string) {
		if between == "" || between == equals {
			return
		}
		l := List{Pairs: between, Equals: equals, Keys: []string{"v*", "2-", "*"}}
		pairs, more := l.split(value, maxSignatures)
		if len(pairs) > maxSignatures || more && len(pairs) < maxSignatures {
			t.Errorf("%d pairs, more %v", len(pairs), more)
		}
		for _, p := range pairs {
			l.signs(p.key)
			if strings.TrimSpace(p.value) != p.value {
				t.Errorf("%q has space around it", p.value)
			}
		}
		l.join(pairs)
	})
}

func FuzzAPartComesBackAsWritten(f *testing.F) {
	for _, text := range []string{"body", "header:X?", "json:a.b|raw|compact", "query?|sorted:=:&", "secret:app|reverse", "header:A|", "form:?", "claim:iat"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePart(text)
		if err != nil {
			return
		}
		q, err := ParsePart(p.String())
		if err != nil || p.String() != q.String() {
			t.Errorf("%q is written %q and read %q, %v", text, p, q, err)
		}
		ReadFields(asked("/?a=1", smallBody)).Get(p)
	})
}

func FuzzWhatIsWrittenIntoABodyIsReadBack(f *testing.F) {
	f.Add("json:a.b", `{"a":{"c":[1]}}`, "x\"y")
	f.Add("json:0.s", ` [ {"s" : 1}]`, "12")
	f.Add("form:s t", "a=b&s+t=%zz", "é &=")
	f.Add("query:s", "", "\x00")
	f.Fuzz(func(t *testing.T, at, body, value string) {
		p, err := ParsePart(at)
		if err != nil || len(p.Filters) > 0 || p.Optional {
			return
		}
		m, err := write(asked("/h", body), p, value)
		if err != nil || p.Kind == PartHeader {
			return
		}
		got := ReadFields(m).Get(p)
		if p.Kind != PartJSON && got.Text != value {
			t.Errorf("%q in %q is read as %+v in %q", value, body, got, m.Body)
		}
		if p.Kind == PartJSON && (got.Times == 0 || !ValidJSON(m.Body)) {
			t.Errorf("%q in %q is not there in %q", value, body, m.Body)
		}
	})
}
