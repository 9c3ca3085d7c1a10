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
