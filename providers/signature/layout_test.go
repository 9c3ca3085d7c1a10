package signature

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// Made with python3 hmac, hashlib and unicodedata over smallBody, or with openssl.
const (
	smallBody   = `{"id":"1","date":"2"}`
	smallHex    = "ebd5e2438c2c826be66114a848c6d65b24d89f6c9b104aea305a7504531bd69e"
	smallBase64 = "69XiQ4wsgmvmYRSoSMbWWyTYn2ybEErqMFp1BFMb1p4="
	smallTwice  = "ZWJkNWUyNDM4YzJjODI2YmU2NjExNGE4NDhjNmQ2NWIyNGQ4OWY2YzliMTA0YWVhMzA1YTc1MDQ1MzFiZDY5ZQ=="
	small384    = "6f78902d432b0848ec9459bf1836662be868c75c6a93ca86c97afb1f3e54a9f38ef5985d01c3767ff2e8857bde1dcd10"
	stampedHex  = "29c1ebebff4b28313e630753b60b6ecae30d5153f81cfbd3fcc8ae67b7c472f0" // over 1714996800.body
	// Ds_MerchantParameters, and the signature with 3DES of the order as key.
	redsysForm = "eyJEc19PcmRlciI6IjEyMzQ1Njc4OTAiLCJEc19BbW91bnQiOiIxMDAifQ=="
	redsysSign = "C5ggbDAExbrUZO+L7UewYaAGk0yv2nbggw/gN7XWcMA="
)

// layoutCase is a genuine delivery in one of the forms that providers use.
type layoutCase struct {
	name   string
	spoil  func(*Shared) // makes the scheme out of bodyScheme
	secret string
	m      Message
}

func header(value string) Message { return post(smallBody, "X-Signature", value) }

func list(pairs, equals string, keys ...string) func(*Shared) {
	return func(s *Shared) { s.List = List{Pairs: pairs, Equals: equals, Keys: keys} }
}

func timedList(pairs, equals, at string, keys ...string) func(*Shared) {
	return func(s *Shared) {
		s.List = List{Pairs: pairs, Equals: equals, Keys: keys}
		s.Templates = templates("{timestamp}.{body}")
		s.Timestamp = Timestamp{At: part(at), Format: Unix, Tolerance: 5 * time.Minute}
	}
}

func layoutCases() []layoutCase {
	other := strings.Repeat("ab", 32)
	return slices.Concat([]layoutCase{
		{"hex", nil, "key", header(smallHex)},
		{"upper", func(s *Shared) { s.Upper = true }, "key", header(strings.ToUpper(smallHex))},
		{"base64", func(s *Shared) { s.Encoding = Base64 }, "key", header(smallBase64)},
		{"base64 of hex", func(s *Shared) { s.Encoding = Base64OfHex }, "key", header(smallTwice)},
		{"hex or base64, hex", func(s *Shared) { s.Encoding = HexOrBase64 }, "key", header(smallHex)},
		{"hex or base64, base64", func(s *Shared) { s.Encoding = HexOrBase64 }, "key", header(smallBase64)},
		{"SHA-384", func(s *Shared) { s.Algorithm = SHA384 }, "key", header(small384)},
		{"prefix left out", func(s *Shared) { s.Prefix, s.PrefixOptional = "sha256=", true }, "key", header(smallHex)},
		{"prefix there", func(s *Shared) { s.Prefix, s.PrefixOptional = "sha256=", true }, "key", header("sha256=" + smallHex)},
		{"suffix", func(s *Shared) { s.Suffix = "###" }, "key", header(smallHex + "###2")},
		{"percent-encoded", func(s *Shared) { s.Encoding, s.Unescape = Base64, true }, "key", header(url.PathEscape(smallBase64))},
		{"repeated", func(s *Shared) { s.Repeated = true }, "key", post(smallBody, "X-Signature", other, "x-signature", smallHex)},
		{"numbered", func(s *Shared) { s.At = at("header:X-Signature-*") }, "key", post(smallBody, "X-Signature-1", other, "X-Signature-12", smallHex)},
		{"second of two headers", func(s *Shared) { s.At = at("header:X-A", "header:X-B") }, "key", post(smallBody, "X-A", other, "X-B", smallHex)},
		{"one of two headers", func(s *Shared) { s.At = at("header:X-A", "header:X-B") }, "key", post(smallBody, "X-B", smallHex)},
		{"query", func(s *Shared) { s.At = at("query:sign") }, "key", asked("/hook?a=%zz&sign="+smallHex, smallBody)},
	}, listCases(), partCases(), secretCases())
}

func listCases() []layoutCase {
	return []layoutCase{
		{"list", list(",", "=", "v1"), "key", header("v0=x, v1=" + smallHex)},
		{"list with names of keys", func(s *Shared) { list(",", "=", "v1")(s); s.List.After = ":" }, "key", header("v1=other:" + strings.Repeat("0", 64) + ",v1=id:" + smallHex)},
		{"list of any key", list("&", "|", "*"), "key", header("public|" + smallHex)},
		{"list by spaces and comma", func(s *Shared) { s.Encoding = Base64; list(" ", ",", "v1")(s) }, "key", header("v1," + smallBase64 + " v1a,xyz")},
		{"list without keys", list(".", "", "1-"), "key", header("xx." + smallHex)},
		{"time first", timedList(",", "", "key:1", "2-"), "key", header("1714996800," + strings.Repeat("0", 64) + "," + stampedHex)},
		{"time in the list", timedList(",", "=", "key:t", "v1"), "key", header("t=1714996800,v1=" + stampedHex)},
		{"algorithm in the list", func(s *Shared) {
			s.Keyed, s.Algorithm, s.Templates = false, "key:algorithm", templates("{body}{secret}")
			list(";", "=", "signature")(s)
		}, "key", header("sender=checkout;signature=e390d694d9f53f5819325707414a1c9a;algorithm=MD5;content=DOCUMENT")},
	}
}

func partCases() []layoutCase {
	return []layoutCase{
		{"in the form", func(s *Shared) {
			s.At, s.Algorithm, s.Templates = at("form:sign"), SHA1, templates("{form|without:sign|sorted}")
		}, "key", post("b=2&sign=cd2753aebf8bc67d33c33814964708ecfad87042&a=1")},
		{"intermediate text", func(s *Shared) {
			s.Keyed, s.Algorithm, s.Text = false, MD5, templates("{json:id}{json:date}")[0]
			s.Templates = templates("{json:id}{text|md5|hex}{secret}")
		}, "key", header("c1ea045af99cffc96c60905d7bbe9ad1")},
		{"optional part", func(s *Shared) { s.Templates = templates("{header:X-None?|sha256|hex}{body}{query?|sorted}") }, "key", header(smallHex)},
		{"a template left out", func(s *Shared) { s.Templates = templates("{header:X-None}{body}", "{body}") }, "key", header(smallHex)},
		{"single", func(s *Shared) {
			s.At, s.Single, s.Algorithm = at("json:items.0.sign"), []Part{part("json:items")}, SHA1
			s.Templates = templates("a1{json:items.0.v}")
		}, "key", post(`{"items":[{"v":"b2","sign":"cd2753aebf8bc67d33c33814964708ecfad87042"}]}`)},
		{"equal", func(s *Shared) {
			s.Templates, s.Algorithm = templates("{query:h}"), SHA1
			s.Equals = []Equal{{part("query:h"), templates("{json:v}")[0]}}
		}, "key", with(asked("/hook?h=a1b2", `{"v":"a1b2"}`), "X-Signature", "cd2753aebf8bc67d33c33814964708ecfad87042")},
	}
}

func secretCases() []layoutCase {
	return []layoutCase{
		{"several prefixes", func(s *Shared) { s.Secret.Strip = []string{"pk_", "sk_"} }, "sk_key", header(smallHex)},
		{"after the colon", func(s *Shared) { s.Secret.After = ":" }, "app.id:key", header(smallHex)},
		{"normal form", func(s *Shared) { s.Secret.Normal = "nfkd" }, "clé ﬁn", header("d410dd0e084db0ccee3fbb9320a629f1d3568c3ee49228ed2be9831702cbef48")},
		{"derived", func(s *Shared) { s.Secret.Derive = "sha256" }, "key", header("1efa82e6c8abdda57839a479dec8d45aeaac43d071c4a10ee3f23ebbf4062321")},
		{"derived in hex", func(s *Shared) { s.Secret.Derive = "sha1-hex" }, "key", header("5d8332180cc101d6da7524c98b5991381fb71fd768fbc9603811296b65369e71")},
		{"parts", func(s *Shared) {
			s.Secret.Parts, s.Templates = []string{"app", "secret"}, templates("{secret:app}{body}")
		}, "app:sec:ret", header("6c65a1799e542a00e18f290597a25f9b19e1e4baf3a1306b0225e745dddd8276")},
		{"3DES", func(s *Shared) {
			s.At, s.Encoding, s.Templates = at("form:s"), Base64, templates("{form:p}")
			s.Secret = SecretForm{Encoding: Base64, Derive: "3des:form:p|unbase64|json:Ds_Order"}
		}, "sq7HjrUOBfKmC576ILgskD5srU870gJ7", post("p=" + url.QueryEscape(redsysForm) + "&s=" + url.QueryEscape(redsysSign))},
	}
}

func asked(target, body string) Message {
	m := post(body)
	m.Target, m.URL = target, "https://shop.example"+target
	return m
}

func with(m Message, name, value string) Message {
	m.Header = m.Header.With(name, value)
	return m
}

func (c layoutCase) scheme(t *testing.T) Shared {
	t.Helper()
	s := bodyScheme(SHA256, "")
	if c.spoil != nil {
		c.spoil(&s)
	}
	if err := s.Check(); err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	return s
}

func TestEveryFormOfASignatureVerifies(t *testing.T) {
	for _, c := range layoutCases() {
		s := c.scheme(t)
		v := s.Verify(c.m, secrets("wrong", c.secret), noon)
		if v.Outcome != Verified {
			t.Errorf("%s: %s, expected verified\n%v", c.name, v.Outcome, v.Steps)
		}
		if v := s.Verify(c.m, secrets(c.secret), noon); v.Outcome != Verified {
			t.Errorf("%s: %s, expected verified\n%v", c.name, v.Outcome, v.Steps)
		}
		if v := s.Verify(c.m, secrets("app:x"+c.secret+"x=="), noon); v.Outcome == Verified {
			t.Errorf("%s: verified with another secret", c.name)
		}
	}
}

func TestEveryFormOfASignatureIsWritten(t *testing.T) {
	for _, c := range layoutCases() {
		s := c.scheme(t)
		out, err := s.Sign(c.m, NewSecret("#1", c.secret), noon.Add(time.Second))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if v := s.Verify(out, secrets(c.secret), noon); v.Outcome != Verified {
			t.Errorf("%s: %s after signing\n%s\n%v", c.name, v.Outcome, out.Raw(), v.Steps)
		}
	}
}
