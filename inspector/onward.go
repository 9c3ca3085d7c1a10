package inspector

import (
	"bytes"
	"fmt"

	"shopbell/providers/signature"
)

// Onward puts together again the header with which c goes to a target, an
// absolute URL such as Delivery.Target: the store keeps what was received, not
// what was sent, and one follows from the other. It is that of a delivery which
// was neither edited nor signed anew; such a one's cannot be known.
func Onward(c Capture, target string) (signature.Header, error) {
	to, err := addressOf(target)
	if err != nil {
		return nil, err
	}
	m, err := asSent(c, to, target)
	return m.Header, err
}

// asSent is c's message as it goes to an address, which is that of a URL.
func asSent(c Capture, to address, url string) (signature.Message, error) {
	head, err := compose(c.Message, to, c.From)
	if err != nil {
		return signature.Message{}, err
	}
	m, err := signature.ReadMessage(bytes.NewReader(head), url, signature.ReadLimit{Head: len(head) + 1})
	if err != nil {
		return signature.Message{}, fmt.Errorf("putting together what was sent: %w", err)
	}
	m.Body = c.Message.Body
	return m, nil
}
