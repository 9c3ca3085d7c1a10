package signature

import (
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
		i := Inquiry{Scheme: urlScheme(), Message: m, Own: secrets("key"), URLs: c.urls, Now: noon, Within: time.Minute}
		d := i.Diagnose(t.Context())
		expectCause(t, d, c.want, "when it was sent to "+c.signed)
		if d.Fix == nil || d.Fix.Kind != SetURL || d.Fix.URL != c.signed {
			t.Errorf("fix %+v, expected the address %s", d.Fix, c.signed)
		}
	}
}
