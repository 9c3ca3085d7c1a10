package signature

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
	"time"
)

// urlScheme signs the public address and the body, as Square does.
func urlScheme() Shared {
	s := bodyScheme(SHA256, "")
	s.Templates = templates("{url}{body}")
	return s
}

func TestAnotherAddressIsFound(t *testing.T) {
	for _, c := range []struct {
		signed, got string
		header      []string
		urls        []string
		want        Cause
	}{
		{"https://shop.example/hook", "http://shop.example/hook", nil, nil, URLScheme},
		{"https://shop.example/hook", "https://shop.example:443/hook", nil, nil, URLHost},
		{"https://shop.example:443/hook", "https://shop.example/hook", nil, nil, URLHost},
		{"https://shop.example/hook", "http://127.0.0.1:8080/hook", []string{"X-Forwarded-Host", "shop.example"}, nil, URLHost},
		{"https://tunnel.example/hook?a=1", "http://127.0.0.1:8080/hook?a=1", nil, []string{"https://tunnel.example/"}, URLHost},
		{"https://shop.example/hook/", "https://shop.example/hook", nil, nil, URLPath},
		{"https://shop.example/hook", "https://shop.example/inner/hook", nil, nil, URLPath},
		{"https://shop.example/api/hook", "https://shop.example/hook", []string{"X-Forwarded-Prefix", "/api"}, nil, URLPath},
		{"https://shop.example/a%20b", "https://shop.example/a b", nil, nil, URLPath},
		{"https://shop.example/hook?b=2&a=1", "https://shop.example/hook?a=1&b=2", nil, nil, URLQuery},
		{"https://shop.example/hook?a=x+y", "https://shop.example/hook?a=x%20y", nil, nil, URLQuery},
		{"https://shop.example/hook?a=1", "https://shop.example/hook?a=1&utm=2", nil, nil, URLQuery},
		{"https://shop.example/hook?a=1", "https://shop.example/hook", []string{"X-Original-Uri", "/hook?a=1"}, nil, URLQuery},
	} {
		m := post(`{"a":1}`)
		m.URL = c.signed
		m = sign(t, urlScheme(), m, "key")
		m.URL = c.got
		for i := 0; i+1 < len(c.header); i += 2 {
			m.Header = append(m.Header, Field{c.header[i], c.header[i+1]})
		}
		i := Inquiry{Scheme: urlScheme(), Message: m, Own: secrets("key"), URLs: c.urls, Now: noon}
		d := i.Diagnose(t.Context())
		expectCause(t, d, c.want, "when it was sent to "+c.signed)
		if d.Fix == nil || d.Fix.Kind != SetURL || d.Fix.URL != c.signed {
			t.Errorf("fix %+v, expected the address %s", d.Fix, c.signed)
		}
	}
}

func TestAnotherCharsetIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "")
	for _, c := range []struct{ signed, got, says string }{
		{"{\"a\":\"caf\xe9\"}", `{"a":"café"}`, "in Latin-1"},
		{`{"a":"café"}`, "{\"a\":\"caf\xe9\"}", "which arrived in Latin-1, in UTF-8"},
		{"{\"a\":\"5 \x80\"}", `{"a":"5 €"}`, "in Windows-1252"},
		{"{\"a\":\"za\xbf\xf3\xb3\xe6\"}", `{"a":"zażółć"}`, "in ISO 8859-2"},
		{`{"a":"café"}`, `{"a":"cafÃ©"}`, "garbled on the way"},
		{"{\"a\":\"caf\u00e9\"}", "{\"a\":\"cafe\u0301\"}", "as one character (NFC)"},
		{"{\"a\":\"cafe\u0301\"}", "{\"a\":\"caf\u00e9\"}", "of their own (NFD)"},
		{"{\x00}\x00", "{}", "in UTF-16 (little end first)"},
		{"\xfe\xff\x00{\x00}", "{}", "in UTF-16 with a byte order mark (big end first)"},
		{"{}", "{\x00}\x00", "which arrived in UTF-16"},
	} {
		m := sign(t, s, post(c.signed), "key")
		expectCause(t, diagnose(t, s, received(m, c.got)), BodyCharset, c.says)
	}
}

func TestACompressedBodyIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "")
	const body = `{"a":1,"b":"some text that repeats, some text that repeats"}`
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(body))
	_ = w.Close()
	expectCause(t, diagnose(t, s, received(sign(t, s, post(body), "key"), b.String())), BodyDecompressed, "decompressed (gzip)")
	expectCause(t, diagnose(t, s, received(sign(t, s, post(b.String()), "key"), body)), BodyDecompressed, "compressed again (gzip)")
	if _, ok := compressions()[0].read(bomb()); ok {
		t.Error("a body that grows without bounds was decompressed")
	}
}

func TestAFormWrittenAnewIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "")
	for signed, got := range map[string]string{
		"a=x+y&b=%2F": "a=x%20y&b=%2F",
		"b=1&a=%2f":   "b=1&a=%2F",
		"a=1&b=2":     "b=2&a=1",
	} {
		m := sign(t, s, post(signed), "key")
		d := diagnose(t, s, received(m, got))
		expectCause(t, d, BodyReencoded, "when its form is written")
	}
}

func TestATimeInAnotherUnitIsFound(t *testing.T) {
	s := bodyScheme(SHA256, "")
	s.Templates = templates("{timestamp}.{body}")
	s.Timestamp = Timestamp{At: Part{Kind: PartHeader, Name: "X-Time"}, Format: Unix, Tolerance: time.Minute}
	genuine := sign(t, s, post("{}"), "key")
	stamp := genuine.Header.Get("X-Time")
	for _, other := range []string{stamp + "000", stamp + "000000", noon.Format(time.RFC3339)} {
		m := genuine
		m.Header = m.Header.With("X-Time", other)
		d := diagnose(t, s, m)
		expectCause(t, d, TimestampUnit, "when "+stamp+" was signed")
		expectText(t, d.Evidence, other)
	}
	// Signed and sent in milliseconds, where seconds are expected.
	milli := s
	milli.Timestamp.Format = UnixMilli
	expectCause(t, diagnose(t, s, sign(t, milli, post("{}"), "key")), TimestampUnit, "a Unix time in milliseconds")
	expectCause(t, diagnose(t, milli, genuine), TimestampUnit, "a Unix time in seconds")
}

func TestAnotherKeyOfAListIsFound(t *testing.T) {
	s := listScheme()
	m := sign(t, s, post("{}"), "key")
	s.List.Keys = []string{"v1"}
	expectCause(t, diagnose(t, s, m), SchemeVersion, `taken from "v0" of the list`)
	m.Header = m.Header.With("Signature", strings.Replace(m.Header.Get("Signature"), "v0=", "mac=", 1))
	expectCause(t, diagnose(t, s, m), SignatureHeader, `taken from "mac" of the list`)
}
