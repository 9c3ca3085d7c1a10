package inspector_test

import (
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers"
)

// TestAVerifyTokenIsNotListed sends one to its endpoint, to a catch-all that
// can't tell whose it is, to the shop, and to no endpoint.
func TestAVerifyTokenIsNotListed(t *testing.T) {
	all := inspector.Endpoint{Name: "all", Path: "/"}
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	meta := func(o *inspector.Options) { o.Catalog = catalog }
	own := shaken()
	own.Provider = "whatsapp"
	for _, c := range []struct {
		endpoint inspector.Endpoint
		options  func(*inspector.Options)
		target   string
	}{
		{shaken(), shaker(t, echoQuery), "/t?hub.challenge=1&hub.verify_token=my-verify-token"},
		{shaken(), shaker(t, echoQuery), "/elsewhere?hub.verify_token=my-verify-token"},
		{all, meta, "/t?hub.mode=subscribe&hub%2Everify_token=my-verify-token"},
		{own, meta, "/t/sub?secret=my-verify-token"}, // the token of another provider's scheme
	} {
		r := start(t, []inspector.Endpoint{c.endpoint}, c.options)
		r.raw(get("GET", c.target))
		k := r.only()
		if strings.Contains(k.Path, "my-verify") || !strings.Contains(k.Path, "=•••••") || k.Message.Target != c.target {
			t.Errorf("%s is listed as %q and kept as %q", c.target, k.Path, k.Message.Target)
		}
		for _, d := range k.Deliveries {
			if strings.Contains(d.Target, "my-verify") {
				t.Errorf("%s was delivered to %q", c.target, d.Target)
			}
		}
		for _, got := range r.shop.Requests() {
			if !strings.Contains(got.Target, "my-verify-token") {
				t.Errorf("the shop got %q", got.Target)
			}
		}
	}
}
