package signature

import (
	"strings"
	"testing"
)

func TestATokenIsComparedWhereverItStands(t *testing.T) {
	for _, c := range []struct {
		t      Token
		secret string
		m      Message
		want   Outcome
	}{
		{Token{At: at("header:X-Token")}, "key", post("{}", "x-token", " key "), Verified},
		{Token{At: at("header:X-Token")}, "key", post("{}", "x-token", "kex"), Mismatch},
		{Token{At: at("header:X-Token")}, "key", post("{}"), Missing},
		{Token{At: at("header:X-Token")}, "key", post("{}", "X-Token", ""), Malformed},
		{Token{At: at("header:X-Token")}, "key", post("{}", "X-Token", "key", "X-Token", "key"), Malformed},
		{Token{At: at("header:X-Token")}, "", post("{}", "X-Token", "key"), NoSecret},
		{Token{At: at("header:Authorization"), Prefix: "Bearer "}, "key", post("{}", "Authorization", "bearer key"), Verified},
		{Token{At: at("header:Authorization"), Prefix: "Bearer "}, "key", post("{}", "Authorization", "key"), Malformed},
		{Token{At: at("json:a.token")}, "key", post(`{"a":{"token":"key"}}`), Verified},
		{Token{At: at("json:a.token")}, "key", post(`{"a":{"token":"key"},"a":{"token":"x"}}`), Malformed},
		{Token{At: at("form:t")}, "k&y", post(`t=k%26y`), Verified},
		{Token{At: at("query:t", "header:X-T")}, "key", asked("/?t=key", ""), Verified},
		{Token{Basic: true}, "user:pass:word", post("{}", "Authorization", "Basic dXNlcjpwYXNzOndvcmQ="), Verified},
		{Token{Basic: true}, "user:other", post("{}", "Authorization", "Basic dXNlcjpwYXNzOndvcmQ="), Mismatch},
		{Token{Basic: true}, "user:pass", post("{}", "Authorization", "Basic ???"), Malformed},
	} {
		if err := c.t.Check(); err != nil {
			t.Error(err)
		}
		v := c.t.Verify(c.m, secrets(c.secret), noon)
		if v.Outcome != c.want || v.Outcome == Verified && v.Cover != CoverNone {
			t.Errorf("%+v: %s %s, expected %s\n%v", c.t, v.Outcome, v.Cover, c.want, v.Steps)
		}
		if out := marshal(t, v); strings.Contains(out, "key\"") || strings.Contains(out, "dXNlcj") || strings.Contains(out, "kex") {
			t.Errorf("a token stands in %s", out)
		}
		if c.secret == "" {
			continue
		}
		expect(t, c.t.Verify(sign(t, c.t, withToken(c.m), c.secret), secrets(c.secret), noon), Verified)
	}
}

// withToken gives a message without one a body that a token can stand in.
func withToken(m Message) Message {
	m.Header = m.Header.Without("X-Token")
	if len(m.Body) > 0 && m.Body[0] == '{' {
		m.Body = []byte(`{"a":{},"n":1}`)
	}
	return m
}

func TestASignatureIsWrittenWithoutTouchingOtherBytes(t *testing.T) {
	for _, c := range []struct {
		at, body, want string
	}{
		{"json:sign", ` { "a" : 1.0 } `, ` {"sign":"X", "a" : 1.0 } `},
		{"json:sign", `{}`, `{"sign":"X"}`},
		{"json:sign", "{\"é\":\"\\u00e9\", \"sign\" : \"old\" ,\"z\":[1, 2]}", "{\"é\":\"\\u00e9\", \"sign\" : \"X\" ,\"z\":[1, 2]}"},
		{"json:a.1.sign", `{"b":[{"sign":1}],"a":[{}, {"x":2}]}`, `{"b":[{"sign":1}],"a":[{}, {"sign":"X","x":2}]}`},
		{"json:a.0.sign", `{"a":[{"sign":12.5}]}`, `{"a":[{"sign":"X"}]}`},
		{"form:sign", "a=%zz&sign=old&b=+&sign=older", "a=%zz&sign=X&b=+"},
		{"form:s n", "", "s+n=X"},
	} {
		m, err := write(post(c.body, "Content-Length", "1"), part(c.at), "X")
		if err != nil || string(m.Body) != c.want || m.Header.Get("Content-Length") != itoa(int64(len(c.want))) {
			t.Errorf("%s in %s is %s with %v, expected %s", c.at, c.body, m.Body, err, c.want)
		}
	}
	m, err := write(asked("/h?a=%zz#f", ""), part("query:s"), "x/y")
	if err != nil || m.Target != "/h?a=%zz&s=x%2Fy#f" || m.URL != "https://shop.example/h?a=%zz&s=x%2Fy#f" {
		t.Errorf("target %q, URL %q, %v", m.Target, m.URL, err)
	}
	for _, body := range []string{"[]", "{", `{"a":1}`, `"x"`} {
		if _, err := write(post(body), part("json:a.b.c"), "X"); err == nil || !strings.Contains(err.Error(), "sign: the body") {
			t.Errorf("%s: error %v, expected one on the body", body, err)
		}
	}
}
