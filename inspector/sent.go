package inspector

import (
	"errors"
	"fmt"
	"strings"

	"shopbell/providers/signature"
)

// ErrNotKept is why SentOf cannot tell what a delivery carried.
var ErrNotKept = errors.New("what was sent is not kept")

// SentOf is the request that delivery d carried to the shop, put together again
// from its capture c as it was then: the body as received, the head with the
// shop's address and what says who sent it.
func SentOf(c Capture, d Delivery) (signature.Message, error) {
	switch {
	case d.Edited, d.Resigned:
		return signature.Message{}, fmt.Errorf("%w: it was edited or signed anew", ErrNotKept)
	case strings.ContainsRune(d.Target, '•'): // masked
		return signature.Message{}, fmt.Errorf("%w: the address held a secret", ErrNotKept)
	}
	to, err := addressOf(d.Target)
	if err != nil {
		return signature.Message{}, fmt.Errorf("%w: it went nowhere", ErrNotKept)
	}
	return asSent(c, to, d.Target)
}
