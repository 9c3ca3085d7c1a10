package signature

import "testing"

// Made with PHP 8.2: json_encode(json_decode($text)), and with true behind.
func TestJSONIsWrittenAsPHPWritesIt(t *testing.T) {
	const numbers = `[1e15,1e17,123456789012345678,1234567890123456789012,-0,-0.0,1.0,10.50,0.0001,0.00001,1.5e-7,0.1,-1e3,9223372036854775808,123456.789e3,0.30000000000000004]`
	const object = `{"b":"\u00e9/\u2028<>&'` + "\x7f" + `\ud83d\ude00\u0001\b\f\n\r\t\\\"","a":{},"l":[],"n":{"0":1,"1":[true,null]},"b2":"ą","a":2, "z" : " x "}`
	for _, c := range []struct{ chain, value, want string }{
		{"php-json", numbers, `[1000000000000000,1.0e+17,123456789012345678,1.2345678901234568e+21,0,-0,1,10.5,0.0001,1.0e-5,1.5e-7,0.1,-1000,9.223372036854776e+18,123456789,0.30000000000000004]`},
		{"php-json", object, `{"b":"\u00e9\/\u2028<>&'` + "\x7f" + `\ud83d\ude00\u0001\b\f\n\r\t\\\"","a":2,"l":[],"n":{"0":1,"1":[true,null]},"b2":"\u0105","z":" x "}`},
		{"php-json:array", object, `{"b":"\u00e9\/\u2028<>&'` + "\x7f" + `\ud83d\ude00\u0001\b\f\n\r\t\\\"","a":2,"l":[],"n":[1,[true,null]],"b2":"\u0105","z":" x "}`},
		{"php-json", `{"a":{},"b":[],"0":1}`, `{"a":{},"b":[],"0":1}`}, {"php-json:array", `{"a":{},"b":[],"0":1}`, `{"a":[],"b":[],"0":1}`},
		{"php-json", `"a\/b"`, `"a\/b"`}, {"php-json", `{"":1}`, `{"":1}`}, {"php-json", "-9223372036854775808", "-9223372036854775808"},
	} {
		if got, err := through(t, c.chain, c.value); err != nil || got != c.want {
			t.Errorf("%s of %s:\n%s, %v, expected\n%s", c.chain, c.value, got, err, c.want)
		}
	}
}

// Made with PHP 8.2: ksort and serialize.
func TestAFormIsWrittenAsPHPSerializesIt(t *testing.T) {
	const form = "note=%C4%85%22x&B=1+%26+2&a_1=3&p_signature=xyz&alert_name=subscription_created&p_p="
	const want = `a:5:{s:1:"B";s:5:"1 & 2";s:3:"a_1";s:1:"3";s:10:"alert_name";s:20:"subscription_created";s:4:"note";s:4:"ą"x";s:3:"p_p";s:0:"";}`
	if got, err := through(t, "without:p_signature|php-serialize", form); err != nil || got != want {
		t.Errorf("%s, %v, expected %s", got, err, want)
	}
	if got, err := through(t, "php-serialize", ""); err != nil || got != "a:0:{}" {
		t.Errorf("%s, %v", got, err)
	}
}
