package inspector

import (
	"bytes"

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
	head, err := compose(c.Message, to, c.From)
	if err != nil {
		return nil, err
	}
	var header signature.Header
	_, fields, _ := bytes.Cut(head, []byte("\r\n"))
	for line := range bytes.SplitSeq(bytes.TrimSuffix(fields, []byte("\r\n\r\n")), []byte("\r\n")) {
		name, value, _ := bytes.Cut(line, []byte(": "))
		header = append(header, signature.Field{Name: string(name), Value: string(value)})
	}
	return header, nil
}
