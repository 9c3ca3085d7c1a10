package inspector_test

import (
	"encoding/hex"
	"testing"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestAnAcceptEndpointRepliesAsTheProviderWants(t *testing.T) {
	for _, c := range []struct{ name, table, body, typ string }{
		{"a fixed text", "[reply]\nbody = \"[accepted]\"\n", "[accepted]", "text/plain; charset=utf-8"},
		{"a form", "[reply]\nbody = \"code=0&message=OK\"\n", "code=0&message=OK", "text/plain; charset=utf-8"},
		{"an id", "[reply]\ntype = \"application/json\"\nbody = \"{{\\\"notificationId\\\":\\\"{json:id}\\\"}}\"\n", `{"notificationId":"\u003cb\u003e"}`, "application/json"},
		{"a number", "[reply]\ntype = \"application/json\"\nbody = \"{{\\\"n\\\":{json:n|raw}}}\"\n", `{"n":7}`, "application/json"},
		{"SOAP", "[reply]\ntype = \"text/xml\"\nbody = \"<Ack>{json:id}</Ack>\"\n", `<Ack>&lt;b&gt;</Ack>`, "text/xml; charset=utf-8"},
		{"a part that is not there", "[reply]\nbody = \"{json:none}\"\n", "", ""},
		{"none", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := shaken()
			e.Answer = inspector.AnswerAccept
			r := start(t, []inspector.Endpoint{e}, shaker(t, c.table))
			body := `{"type":"paid","id":"<b>","n":7}`
			reply := r.raw(post(body, "X-Signature: "+hex.EncodeToString(mac(body))))
			if reply.Status != 200 || string(reply.Body) != c.body || reply.Header.Get("Content-Type") != c.typ {
				t.Errorf("answered %d %q %q", reply.Status, reply.Header, reply.Body)
			}
			r.await("the delivery to the shop", func(page []inspector.Summary) bool { return page[0].State == inspector.Done })
		})
	}
}

func TestAShopEndpointGivesTheShopsAnswerWhateverTheProviderWants(t *testing.T) {
	r := start(t, []inspector.Endpoint{shaken()}, shaker(t, "[reply]\nbody = \"TRUE\"\n"))
	r.shop.On("/t", inspectortest.Behaviour{Status: 202, Body: []byte("mine"), Header: signature.Header{{Name: "Content-Type", Value: "text/x-mine"}}})
	reply := r.raw(paid("1"))
	if reply.Status != 202 || string(reply.Body) != "mine" || reply.Header.Get("Content-Type") != "text/x-mine" {
		t.Errorf("answered %d %q %q", reply.Status, reply.Header, reply.Body)
	}
}

func TestAHeldDeliveryGetsNoReplyOfTheProvider(t *testing.T) {
	e := shaken()
	e.Answer = inspector.AnswerAccept
	r := start(t, []inspector.Endpoint{e}, shaker(t, "[reply]\nbody = \"TRUE\"\n"))
	if reply := r.raw(post(`{"type":"paid"}`)); reply.Status != 401 || string(reply.Body) == "TRUE" {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
}
