package signature

import (
	"bytes"
	"compress/gzip"
	"testing"

	"github.com/andybalholm/brotli"
)

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
	b.Reset()
	br := brotli.NewWriter(&b)
	_, _ = br.Write([]byte(body))
	_ = br.Close()
	expectCause(t, diagnose(t, s, received(sign(t, s, post(body), "key"), b.String())), BodyDecompressed, "decompressed (brotli)")
	expectCause(t, diagnose(t, s, received(sign(t, s, post(b.String()), "key"), body)), BodyDecompressed, "compressed again (brotli)")
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
