package providers

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestPersonalValuesAreHiddenAndTheShapeStays(t *testing.T) {
	p := provider(t, "twisto")
	for body, want := range map[string]string{
		`{"action": "check", "email": "jan@example.com"}`:  `{"action": "check", "email": "•••••"}`,
		`{ "Email" : "a\"b" , "x":[ {"name":"Jan"} , 1 ]}`: `{ "Email" : "•••••" , "x":[ {"name":"•••••"} , 1 ]}`,
		`{"phones":["1",{"a":2,"b":[true]}],"city":null}`:  `{"phones":["•••••",{"a":"•••••","b":["•••••"]}],"city":null}`,
		`{"n\u0061me":"Jan","order_id":"A"}`:               `{"n\u0061me":"•••••","order_id":"A"}`,
		`{"name":{"name":1},"after":"x"}`:                  `{"name":{"name":"•••••"},"after":"x"}`,
		`{"raw":"{\"email\":\"a@b\"}"}`:                    `{"raw":"{\"email\":\"•••••\"}"}`,
		`"{\"email\":\"a@b\",\"n\":1}"`:                    `"{\"email\":\"•••••\",\"n\":1}"`,
		"{\"email\":\"a\"}\n{\"email\":\"b\"}\n":           "{\"email\":\"•••••\"}\n{\"email\":\"•••••\"}\n",
		`email=a%40b&customer%5Bname%5D=J&x=1&name=`:       `email=•••••&customer%5Bname%5D=•••••&x=1&name=`,
		`{"a":1.50,"b":[],"c":{}}`:                         `{"a":1.50,"b":[],"c":{}}`,
		``:                                                 ``,
		`"name"`:                                           `"name"`,
	} {
		if got := string(p.Mask([]byte(body))); got != want {
			t.Errorf("%s\nbecame   %s\nexpected %s", body, got, want)
		}
	}
}

func TestWhatCannotBeReadIsHiddenWhole(t *testing.T) {
	p := provider(t, "twisto")
	for _, body := range []string{
		`{"email":"jan@example.com"`, "jan@example.com", "<email>jan@example.com</email>",
		"\xff\xfejan@example.com", "{\"a\":1}\njan@example.com", strings.Repeat("[", 20_000) + `"jan@example.com"`,
	} {
		got := string(p.Mask([]byte(body)))
		if strings.Contains(got, "jan") || !strings.HasPrefix(got, dots) {
			t.Errorf("%.40q became %q", body, got)
		}
	}
}

func TestAProviderWithoutPersonalKeysShowsItsBody(t *testing.T) {
	body := []byte(`{"email":"a@b"`)
	if got := provider(t, "tweed").Mask(body); !bytes.Equal(got, body) {
		t.Errorf("became %s", got)
	}
}

func FuzzMaskedJSONIsJSONWithoutThePersonalValue(f *testing.F) {
	f.Add(`{"a":[1,{"b":"x"}],"c":"{\"d\":null}"}`)
	f.Add(`"\"{\\\"email\\\":1}\""`)
	f.Add("a=b&c")
	p := provider(f, "twisto")
	f.Fuzz(func(t *testing.T, text string) {
		inner, err := json.Marshal(map[string]any{"rest": text, "Email": "jan@" + text})
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range [][]byte{inner, []byte(text)} {
			got := p.Mask(body)
			if json.Valid(body) && !json.Valid(got) {
				t.Errorf("%q became %q, which is not JSON", body, got)
			}
			if !strings.Contains(text, "jan@") && bytes.Contains(got, []byte("jan@")) {
				t.Errorf("%q became %q, which shows the address", body, got)
			}
		}
	})
}
