package inspectortest

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"shopbell/providers/signature"
)

// answer behaves as told; it returns whether the connection can go on.
func (s *Shop) answer(conn net.Conn, r Request, b Behaviour) bool {
	if b.Delay > 0 && !s.pause(b.Delay) {
		return false
	}
	switch {
	case b.Hang:
		<-s.done
		return false
	case b.Cut == CutBefore:
		return false
	case b.Raw != nil:
		_, err := conn.Write(b.Raw)
		return err == nil
	}
	if b.Status == 0 && b.Body == nil {
		b.Body, b.Header = reply(r)
	}
	head, body := b.write(r.Method)
	if b.Cut == CutInside {
		_, _ = conn.Write(append(head, body[:len(body)/2]...)) // cut in any case
		return false
	}
	_, err := conn.Write(append(head, body...))
	return err == nil
}

// pause waits unless the shop closes.
func (s *Shop) pause(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-s.done:
		return false
	}
}

// write makes the bytes of the answer.
func (b Behaviour) write(method string) (head, body []byte) {
	status := b.Status
	if status == 0 {
		status = http.StatusOK
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	for _, f := range b.Header {
		fmt.Fprintf(&out, "%s: %s\r\n", f.Name, f.Value)
	}
	framed := b.Header.Has("Content-Length") || b.Header.Has("Transfer-Encoding")
	if !framed && status != http.StatusNoContent && status != http.StatusNotModified {
		fmt.Fprintf(&out, "Content-Length: %d\r\n", len(b.Body))
	}
	out.WriteString("\r\n")
	if method == http.MethodHead {
		return out.Bytes(), nil
	}
	return out.Bytes(), b.Body
}

// reply is what a shop of the right kind says: Twisto gets the customer's
// orders in the documented form, Everifin a state of the payment (the form is
// not public, so this one is made up), everyone else a short thanks.
func reply(r Request) ([]byte, signature.Header) {
	json := signature.Header{{Name: "Content-Type", Value: "application/json; charset=utf-8"}}
	switch {
	case gjson.GetBytes(r.Body, "action").String() == "check":
		return twistoOrders(gjson.GetBytes(r.Body, "email").String()), json
	case gjson.GetBytes(r.Body, "eventType").String() == "payment.statusCheck":
		id := gjson.GetBytes(r.Body, "data.paymentId").String()
		return fmt.Appendf(nil, `{"paymentId":%q,"status":"PROCESSING"}`+"\n", id), json
	}
	return []byte("ok\n"), signature.Header{{Name: "Content-Type", Value: "text/plain; charset=utf-8"}}
}

// twistoOrders is the answer to Twisto's data request: one customer with one order.
func twistoOrders(email string) []byte {
	return fmt.Appendf(nil, `{"customer":{"email":%q,"name":"Jana Vzorová","date_registered":"2024-02-11T09:30:00+01:00"},`+
		`"orders":[{"order_id":"A-17","created":"2026-10-03T18:20:00+02:00",`+
		`"billing_address":{"name":"Jana Vzorová","street":"Ulice 1","city":"Praha","zipcode":"15000","country":"CZ","phones":["+420222703333"]},`+
		`"total_price_vat":499.0,"is_paid":true,"is_shipped":true,`+
		`"items":[{"quantity":2,"name":"Hrnek","price_vat":400.0,"vat":21,"product_id":"H1"},`+
		`{"quantity":1,"name":"Doprava","price_vat":99.0,"vat":21,"is_shipment":true}]}]}`+"\n", email)
}
