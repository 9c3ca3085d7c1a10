package signature

import (
	"strings"
	"testing"
)

func TestLeavesAreTheValuesOfABody(t *testing.T) {
	for body, want := range map[string]string{
		`{"id":"a1","amount":{"value":10.50,"ok":true},"list":[1,{"x":null}],"a.b":2,"":3}`: `json:id=a1 json:amount.value=10.50 json:amount.ok=true json:list.0=1 json:list.1.x=null`,
		`[{"id":7}]`:         `json:0.id=7`,
		` {"a":"\u017e\""} `: `json:a=ž"`,
		`a=1&b=x%20y&c=`:     `form:a=1 form:b=x y form:c=`,
		`<a>1</a>`:           ``, `plain`: ``, `"text"`: ``, `<a b="c">1</a>`: ``, ``: ``,
	} {
		var got []string
		for _, l := range Leaves(Message{Body: []byte(body)}, 100) {
			got = append(got, l.Part.String()+"="+l.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s has %q, expected %q", body, got, want)
		}
	}
	if n := len(Leaves(Message{Body: []byte("[" + strings.Repeat("1,", 500) + "1]")}, 40)); n != 40 {
		t.Errorf("%d leaves, expected no more than 40", n)
	}
}

func TestAValueIsSetAndNothingElseChanges(t *testing.T) {
	const body = ` {"id":"a1", "amount":{"value":10.50,"ok":true} , "list":[1,{"x":null}]}`
	m := Message{Target: "/h?k=1", URL: "https://x/h?k=1", Body: []byte(body), Header: Header{{Name: "Content-Length", Value: "0"}, {Name: "X-A", Value: "1"}}}
	for set, want := range map[string]string{
		"amount.value=99": `"value":99,`, "json:amount.value=x": `"value":"x",`, "id=7": `"id":"7",`, "list.1.x=true": `{"x":true}`,
		"amount.ok=false": `"ok":false}`, `id=a"b`: `"id":"a\"b",`, "list.0=2": `[2,{`, "amount.value={}": `"value":"{}"`,
	} {
		part, value, err := ParseSetting(set, m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := SetValue(m, part, value)
		if err != nil || !strings.Contains(string(got.Body), want) || !ValidJSON(got.Body) {
			t.Errorf("%s gives %s (%v), expected %s", set, got.Body, err, want)
		}
		if got.Header.Get("Content-Length") != itoa(int64(len(got.Body))) {
			t.Errorf("%s leaves the length at %s", set, got.Header.Get("Content-Length"))
		}
	}
	if string(m.Body) != body {
		t.Errorf("the message itself became %s", m.Body)
	}
	form := Message{Body: []byte("a=1&b=2")}
	part, value, _ := ParseSetting("b=x y", form)
	if got, err := SetValue(form, part, value); err != nil || string(got.Body) != "a=1&b=x+y" {
		t.Errorf("the form became %s, %v", got.Body, err)
	}
	part, value, _ = ParseSetting("header:x-a=2", m)
	if got, err := SetValue(m, part, value); err != nil || got.Header.Get("X-A") != "2" {
		t.Errorf("the header became %v, %v", got.Header, err)
	}
}

func TestASlipInTheNameOfAValueIsAnError(t *testing.T) {
	for _, c := range []struct{ body, set, says string }{
		{`{"amount":1}`, "amuont=2", `expected one of json:amount`},
		{`a=1`, "b=2", `expected one of form:a`},
		{`<a/>`, "json:a=2", "not JSON"},
		{`{}`, "a", "expected PATH=VALUE"},
		{`{}`, "=a", "expected PATH=VALUE"},
		{`{}`, "header:=a", "expected header:NAME"},
	} {
		m := Message{Body: []byte(c.body)}
		part, value, err := ParseSetting(c.set, m)
		if err == nil {
			_, err = SetValue(m, part, value)
		}
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s into %s: %v, expected %q", c.set, c.body, err, c.says)
		}
	}
}
