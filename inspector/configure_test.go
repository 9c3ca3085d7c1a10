package inspector_test

import (
	"encoding/hex"
	"testing"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestANewCatalogueHoldsFromTheNextDeliveryOn(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, ""))
	question := post(`{"type":"url_verification","challenge":"1"}`)
	if reply := r.raw(question); reply.Status != 401 {
		t.Errorf("answered %d without a handshake in the catalogue", reply.Status)
	}
	var o inspector.Options
	shaker(t, echoJSON)(&o)
	if err := r.inspector.SetCatalog(o.Catalog); err != nil {
		t.Fatal(err)
	}
	if reply := r.raw(question); string(reply.Body) != `{"challenge":"1"}` {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
	if err := r.inspector.SetCatalog(providers.Catalog{}); err == nil {
		t.Error("a catalogue without the endpoint's provider was taken")
	}
	body := `{"type":"paid"}`
	r.raw(post(body, "X-Signature: "+hex.EncodeToString(mac(body))))
	if k := r.captures()[0]; k.Outcome != signature.Verified {
		t.Errorf("judged %s after a change that failed", k.Outcome)
	}
}

func TestTryTellsWhatConfigureWouldAnswerAndChangesNothing(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, ""))
	if err := r.inspector.Try(nil, []inspector.Endpoint{{Name: "a", Provider: "nobody", Path: "/a"}}); err == nil {
		t.Error("an endpoint of an unknown provider would be taken")
	}
	if err := r.inspector.Try(nil, nil); err != nil {
		t.Error(err)
	}
	if reply := r.raw(post(`{"type":"paid"}`)); reply.Status != 401 {
		t.Errorf("answered %d, expected 401 of the endpoint that is still there", reply.Status)
	}
}

func TestAnotherLimitHoldsFromTheNextDeliveryOn(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, ""))
	for _, c := range []struct {
		body   int64
		status int
	}{{4, 413}, {1000, 401}, {0, 401}, {5, 413}} {
		r.inspector.SetLimits(c.body, 0)
		if reply := r.raw(post(`{"type":"paid"}`)); reply.Status != c.status {
			t.Errorf("with a limit of %d bytes answered %d, expected %d", c.body, reply.Status, c.status)
		}
	}
}
