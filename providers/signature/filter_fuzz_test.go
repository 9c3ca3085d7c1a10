package signature

import (
	"bytes"
	"encoding/json"
	"testing"
)

func FuzzFilters(f *testing.F) {
	chains := []string{
		"compact", "without:a", "without:a.b|compact", "leaves:/:2", "before:a", "after:a", "json:a.0", "json-string", "php-json", "php-json:array", "jwt",
		"sorted:=:&", "sorted:::unique", "sorted:=:&:escaped", "without:a|php-serialize", "unbase64|json:a", "urldecode|urlencode", "port", "no-port", "qsh:/x", "headers", "header-lines",
	}
	for i := range chains {
		for _, value := range []string{`{"a":{"b":[1.5e3,"\ud83d\ude00/"]},"c":null}`, "a=1&b=%C4%85&a=2", "https://a.example:81/x?y=1", tokenKinde, "eyJhIjoxfQ", "Host,X", "\xff\x00"} {
			f.Add(byte(i), []byte(value))
		}
	}
	f.Fuzz(func(t *testing.T, chain byte, value []byte) {
		before := bytes.Clone(value)
		text := chains[int(chain)%len(chains)]
		p := part("body|" + text)
		if p.String() != "body|"+text {
			t.Errorf("%s is written as %s", text, p)
		}
		m := post(string(value), "Host", "a.example", "X", "1")
		out, err := applyFilters(p.Filters, filterInput{Bytes: value, Fields: ReadFields(m)})
		if !bytes.Equal(before, value) {
			t.Fatalf("%s changed what it was given", text)
		}
		if err == nil && len(out) > 64+12*len(value) {
			t.Errorf("%s makes %d bytes of %d", text, len(out), len(value))
		}
		switch text {
		case "compact", "json-string", "php-json", "php-json:array", "without:a.b|compact", "jwt":
			if err == nil && !json.Valid(out) {
				t.Errorf("%s of %q is not JSON: %q", text, value, out)
			}
		}
	})
}
