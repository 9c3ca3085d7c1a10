package providers

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// bodyAccidents happen to a body between the provider and the endpoint.
func bodyAccidents() []accident {
	return []accident{
		arrived(signature.BodyReencoded, func(b []byte) []byte { return indented(b, "  ") }),
		arrived(signature.BodyReencoded, func(b []byte) []byte { return indented(b, "\t") }),
		arrived(signature.BodyReencoded, func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte("/"), []byte(`\/`))
		}),
		arrived(signature.BodyReencoded, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("é"), []byte(`\u00e9`)) }),
		signedAs(signature.BodyReencoded, func(b []byte) []byte { return phpStyle(b) }, func(b []byte) []byte { return fromPHP(b) }),
		arrived(signature.BodyNewline, func(b []byte) []byte { return append(bytes.Clone(b), '\n') }),
		signedAs(signature.BodyNewline, func(b []byte) []byte { return append(bytes.Clone(b), '\n') }, bytes.TrimSpace),
		arrived(signature.BodyBOM, func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) }),
		signedAs(signature.BodyLineEndings, func(b []byte) []byte { return indented(b, " ") }, func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
		}),
		arrived(signature.BodyCharset, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("é"), []byte("\xe9")) }),
		arrived(signature.BodyCharset, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("é"), []byte("Ã©")) }),
		arrived(signature.BodyDecompressed, gzipped),
		arrived(signature.BodyDecompressed, func(b []byte) []byte {
			var out bytes.Buffer
			w := zlib.NewWriter(&out)
			_, _ = w.Write(b)
			_ = w.Close()
			return out.Bytes()
		}),
		signedAs(signature.BodyDecompressed, gzipped, func(b []byte) []byte {
			r, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return b
			}
			var out bytes.Buffer
			_, _ = out.ReadFrom(r)
			return out.Bytes()
		}),
	}
}

// plainBody is JSON as JavaScript writes it, with the fields of the synthetic
// schemes. Its keys are not sorted, and it has an accent.
const plainBody = `{"id":"evt_17","type":"invoice.paid","date":"2024-05-06T12:00:00Z","amount":1250,"url":"https://shop.example/o/1","note":"café","lines":[{"sku":"A/1","n":2}]}`

// arrived is an accident in which the plain body was signed.
func arrived(cause signature.Cause, change func([]byte) []byte) accident {
	return signedAs(cause, func(b []byte) []byte { return b }, change)
}

// signedAs is an accident in which signed(plain body) was signed and something
// else arrived. An example that can't be signed anew is taken as it is.
func signedAs(cause signature.Cause, signed, change func([]byte) []byte) accident {
	return accident{cause: cause, spoil: func(s *scene, _ Catalog) bool {
		genuine := s.m
		inBody := slices.ContainsFunc(signature.FactsOf(s.p.Scheme).At, func(p signature.Part) bool { return p.Kind == signature.PartForm || p.Kind == signature.PartJSON })
		if inBody && !bytes.Equal(signed([]byte(plainBody)), []byte(plainBody)) {
			return false // the signature is written into the body and changes it
		}
		if !s.withBody(string(signed([]byte(plainBody)))) || s.verdict().Outcome != signature.Verified {
			s.m = genuine
			if !isPlain(s.m.Body) || !bytes.Equal(signed(s.m.Body), s.m.Body) {
				return false
			}
		}
		return s.received(change(s.m.Body))
	}}
}

// isPlain tells a body that is written in one way throughout: one that mixes
// escaped letters with others can't be told from what a change made of it.
func isPlain(body []byte) bool {
	var b bytes.Buffer
	rest := bytes.ReplaceAll(body, []byte("é"), nil)
	return json.Compact(&b, body) == nil && bytes.Equal(b.Bytes(), body) && !bytes.ContainsAny(body, `\\`) &&
		!bytes.ContainsFunc(rest, func(r rune) bool { return r > '~' })
}

func indented(body []byte, indent string) []byte {
	var b bytes.Buffer
	if json.Indent(&b, body, "", indent) != nil {
		return body
	}
	return b.Bytes()
}

// phpStyle escapes slashes and letters as PHP does.
func phpStyle(b []byte) []byte {
	return []byte(strings.NewReplacer("/", `\/`, "é", `\u00e9`).Replace(string(b)))
}

func fromPHP(b []byte) []byte {
	return []byte(strings.NewReplacer(`\/`, "/", `\u00e9`, "é").Replace(string(b)))
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}
