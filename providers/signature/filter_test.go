package signature

import (
	"encoding/hex"
	"strings"
	"testing"
)

// through runs a chain of filters, written as in a catalogue file.
func through(t testing.TB, chain, value string) (string, error) {
	t.Helper()
	p, err := ParsePart("body|" + chain)
	if err != nil {
		t.Fatal(err)
	}
	out, err := applyFilters(p.Filters, filterInput{Bytes: []byte(value)})
	return string(out), err
}

// The digests were made with python3 hashlib and zlib, the strings with node
// (JSON.stringify), the addresses with python3 urllib.
func TestFiltersOfBytesAndText(t *testing.T) {
	const text = "Zażółć {\"a\":1}\n"
	for _, c := range []struct{ chain, value, want string }{
		{"md5|hex", text, "dba08948b62aacc8"}, {"sha1|hex", text, "3ecf6af2afa84ba8"}, {"sha256|hex", text, "2279c652f2c0468e"},
		{"sha384|hex", text, "b8c02ea417b647c0"}, {"sha512|hex", text, "abc455c69df9bbda"},
	} {
		if got, err := through(t, c.chain, c.value); err != nil || got[:16] != c.want {
			t.Errorf("%s: %s, %v", c.chain, got, err)
		}
	}
	for _, c := range []struct{ chain, value, want string }{
		{"crc32", text, "588146723"}, {"crc32", "", "0"}, {"hex", "\x00\xff", "00ff"}, {"base64", "\xfb\xff", "+/8="}, {"base64url", "\xfb\xff", "-_8"},
		{"unbase64", "-_8", "\xfb\xff"}, {"unbase64", "+/8=", "\xfb\xff"}, {"unhex", "00fF", "\x00\xff"}, {"urlencode", "a b&ą/~", "a+b%26%C4%85%2F~"},
		{"urldecode", "a+b%26%C4%85", "a b&ą"},
		{"urldecode::/@", "%3a%2F%2f%40+%26%", "://@+%26%"}, {"lower", "ABC", "abc"}, {"upper", "abc", "ABC"}, {"trim", " a \n", "a"}, {"reverse", "abc", "cba"},
		{"json-string", "a\"\\\b\f\n\r\t\x01\x7f\u2028ą/😀", "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f\u2028ą/😀\""},
		{"default:x", "", "x"}, {"default:x", "y", "y"}, {"around:id=*;", "", ""}, {"around:id=*;", "7", "id=7;"},
		{"prefix:v1=", "v1=abc", "abc"}, {"suffix:#1", "abc#1", "abc"}, {"empty", "", ""},
		{"port", "https://a.example/x?y", "https://a.example:443/x?y"}, {"port", "http://a.example", "http://a.example:80"}, {"port", "https://a.example:8443/", "https://a.example:8443/"},
		{"no-port", "https://a.example:8443/x", "https://a.example/x"}, {"no-query", "https://a.example/x?y?z", "https://a.example/x"},
		{"encoded-target", "/a b/ą?x=1&y=%20", "/a%20b/%C4%85?x%253D1%2526y%253D%252520"}, {"encoded-target", "/a?", "/a"},
		{"sha256|hex|upper|lower", "", hex.EncodeToString([]byte("\xe3\xb0\xc4\x42")) + "98fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	} {
		if got, err := through(t, c.chain, c.value); err != nil || got != c.want {
			t.Errorf("%s of %q: %q, %v, expected %q", c.chain, c.value, got, err, c.want)
		}
	}
}

func TestFiltersOfJSON(t *testing.T) {
	for _, c := range []struct{ chain, value, want string }{
		{"compact", " { \"a\" : [ 1.50 , \"x  y\" ] }\n", `{"a":[1.50,"x  y"]}`}, {"compact", `{"a":"<&\u2028>"}`, `{"a":"<&\u2028>"}`},
		{"json:a.b.1", `{"a":{"b":[1,"zwei"]}}`, "zwei"}, {"json:a", `{"a":1.50}`, "1.50"},
		{"without:b", `{"a":1, "b":{"c":2}, "d":3}`, `{"a":1, "d":3}`}, {"without:d", `{"a":1, "d":3}`, `{"a":1}`}, {"without:a", `{ "a":1}`, `{ }`},
		{"without:x.y", ` {"x":{"y":1,"z":2}}`, ` {"x":{"z":2}}`}, {"without:x.z", `{"x":{"y":1,"z":2 }}`, `{"x":{"y":1 }}`},
		{"before:auth", `{"auth":"abc","x":1}`, `{"auth":"`}, {"after:auth", `{"auth":"abc","x":1}`, `","x":1}`},
		{"before:n", `{"n":17}`, `{"n":`}, {"after:n", `{"n":17}`, `}`},
		{"leaves:/", `{"b":"x","a":{"c":[2,"1"]},"n":null,"t":true}`, "1/2/null/true/x"}, {"leaves:/:2", `{"a":1.5,"b":"EUR","c":10}`, "1.50/10.00/EUR"},
		{"jwt|json:type", tokenKinde, "user.created"},
	} {
		if got, err := through(t, c.chain, c.value); err != nil || got != c.want {
			t.Errorf("%s of %s: %q, %v, expected %q", c.chain, c.value, got, err, c.want)
		}
	}
}

func TestFiltersOfForms(t *testing.T) {
	const form = "b=2&a=x+y&c=%26&a=w&empty=&B=1"
	for _, c := range []struct{ chain, value, want string }{
		{"sorted", form, "B1ax yawb2c&empty"}, {"sorted:=:&", form, "B=1&a=x y&a=w&b=2&c=&&empty="}, {"sorted:=:&:raw", form, "B=1&a=x+y&a=w&b=2&c=%26&empty="},
		{"sorted:=:&:escaped", "b=%c4%85&a=x%20y", "a=x+y&b=%C4%85"}, {"sorted:::unique", "a=2&a=1&a=2&b=0", "a1a2b0"}, {"sorted", "", ""},
		{"without:a", form, "b=2&c=%26&empty=&B=1"}, {"without:a|sorted", "b=2&%61=1", "b2"},
	} {
		if got, err := through(t, c.chain, c.value); err != nil || got != c.want {
			t.Errorf("%s of %s: %q, %v, expected %q", c.chain, c.value, got, err, c.want)
		}
	}
}

func TestFiltersRefuseWhatTheyCannotTake(t *testing.T) {
	deep := strings.Repeat("[", 600) + strings.Repeat("]", 600)
	for chain, values := range map[string][]string{
		"compact": {"", "{", "nope", "{}{}"}, "json-string": {"\xff"}, "php-json": {"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud83d\\n\\ude00\"", "[1e400]", deep, "\"\xff\"", "[" + strings.Repeat("1,", maxValues) + "1]"},
		"json:a": {"[]", "{}", `{"a":1,"a":2}`}, "without:a": {`{"b":1}`, `{"a":1,"a":2}`, "[1]"}, "before:a": {"a=1", `{"a":1,"a":1}`},
		"leaves:/": {"x", ""}, "leaves:/:2": {"[1e300]"}, "unbase64": {"a", "!", "YQ=", "YR"}, "unhex": {"0", "zz"}, "urldecode": {"%", "%zz"},
		"sorted": {"%zz=1", "a=%", strings.Repeat("a&", maxFormFields)}, "php-serialize": {"a=1&a=2", "a.b=1", "a[]=1", "1=2", "=1", "a b=1"},
		"prefix:v1=": {"v2=abc", ""}, "empty": {"x"}, "port": {"/x", "", "https:///"}, "headers": {"Host"}, "header-lines": {"Host"}, "qsh": {"https://a.example/"},
		"hmac-sha256": {"x"}, "jwt": {"a.b", "a.b.c", "", ".."},
	} {
		for _, value := range values {
			if out, err := through(t, chain, value); err == nil {
				t.Errorf("%s of %.40q gives %.40q", chain, value, out)
			}
		}
	}
	for _, text := range []string{"", "sha3", "md5:x", "without", "around", "around:x", "around:**", "sorted:x", "sorted:a:b:c", "php-json:x", "json:", "hex:1"} {
		if f, err := parseFilter(text); err == nil {
			t.Errorf("%q is read as %+v", text, f)
		}
	}
	if _, err := applyFilters(make([]Filter, maxFilters+1), filterInput{}); err == nil {
		t.Error("a chain of any length is run")
	}
}

// A filter's error goes on screen, and what it works on may be a secret.
func TestErrorsOfFiltersHoldNothingOfTheValue(t *testing.T) {
	for _, chain := range []string{"compact", "unbase64", "unhex", "php-json", "json:a", "jwt", "port", "without:a", "leaves:/"} {
		if _, err := through(t, chain, "%s3cret!"); err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", chain, err)
		}
	}
}

func TestFiltersOfTheRequest(t *testing.T) {
	m := post("{}", "Content-Type", "application/json", "X-A", " 1 ", "X-Twice", "1", "x-twice", "2")
	m.Method = "GET"
	f := ReadFields(m)
	run := func(chain, value string) (string, error) {
		p := part("body|" + chain)
		out, err := applyFilters(p.Filters, filterInput{Bytes: []byte(value), Fields: f})
		return string(out), err
	}
	for _, c := range []struct{ chain, value, want string }{
		{"headers", "Content-Type,x-a", "content-type:application/json;x-a:1"}, {"headers:\n", "x-a, content-type", "x-a:1\ncontent-type:application/json"},
		{"header-lines", "X-A,Content-Type", "X-A:  1 \nContent-Type: application/json\n"}, {"header-lines", " ", ""},
		// The example of Atlassian's page on query string hashes: GET&/path/to/service&first=param&repeated=...&zee_last=param.
		{"qsh", "https://app.example/path/to/service?zee_last=param&repeated=parameter 1&first=param&repeated=parameter 2&repeated=parameter%203", "50ce8a0a62bc9de593717ee18f78c15e8af5e2a7b39502b46dc40592b012c6df"},
		{"qsh:/base", "https://app.example/base/path/to/service/?jwt=x&zee_last=param&repeated=parameter+1,parameter+2&first=param", ""},
	} {
		got, err := run(c.chain, c.value)
		if err != nil || c.want != "" && got != c.want {
			t.Errorf("%s: %q, %v, expected %q", c.chain, got, err, c.want)
		}
	}
	for _, c := range []struct{ chain, value string }{{"headers", "X-Twice"}, {"headers", ""}, {"headers", "X-None"}, {"header-lines", "X-Twice"}, {"headers", strings.Repeat("X-A,", 70)}, {"qsh:/other", "https://a.example/base"}} {
		if out, err := run(c.chain, c.value); err == nil {
			t.Errorf("%s of %q gives %q", c.chain, c.value, out)
		}
	}
}

// The texts were put together by hand.
func TestFieldsAreSortedInSeveralStyles(t *testing.T) {
	for _, c := range []struct{ chain, value, want string }{
		{"sorted:=:&:filled", "b=&a=2&A=1", "A=1&a=2"}, {"sorted::%7C:values", "b=3&a=&c=x%20y", "|3|x y"},
		{"sorted:=:&:raw+filled", "b=x+y&a=", "b=x+y"}, {"without:s|sorted::,:filled+values", "s=9&b=3&c=&a=1", "1,3"},
		{"members:=:&:bytes", `{"b":1,"B":2,"a":"x"}`, "B=2&a=x&b=1"}, {"members:=:&:filled", `{"b":1,"c":null,"a":""}`, "b=1"},
		{"members:%3A:%7C:bytes", `{"b":1,"a":"x"}`, "a:x|b:1"}, {"members::%7C:bytes+values", `{"b":true,"a":"x","c":""}`, "x|true|"}, {"without:s|members:=:&", `{"b":1,"s":"9"}`, "b=1"},
	} {
		if got, err := through(t, c.chain, c.value); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, expected %q", c.chain, got, err, c.want)
		}
	}
	for _, text := range []string{"sorted:=:&:raw+escaped", "sorted:=:&:bytes", "sorted:=", "sorted:=:&:", "members:=:&:raw", "members:=", "members:=:&:x", "members:=:&:values:"} {
		if _, err := parseFilter(text); err == nil {
			t.Errorf("%q was read, expected an error", text)
		}
	}
}

// What leaves names or empty fields out does not cover the whole body.
func TestSortedValuesDoNotCoverTheirNames(t *testing.T) {
	for text, want := range map[string]string{
		"{form|sorted:=:&}": "body", "{form|sorted:=:&:values}": "form:*", "{form|sorted:=:&:filled}": "form:*",
		"{body|members:=:&:bytes}": "body", "{body|members::%7C:values}": "json:*", "{query|sorted:=:&:filled}": "query:*",
	} {
		template, err := ParseTemplate(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, covered := template.cover(Part{}); len(covered) != 1 || covered[0] != want {
			t.Errorf("%s covers %q, expected %s", text, covered, want)
		}
	}
}
