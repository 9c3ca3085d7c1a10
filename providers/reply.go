package providers

import (
	"net/http"

	"shopbell/providers/signature"
)

// replyTable is [reply]: what the provider wants as the answer to an ordinary
// delivery.
type replyTable struct {
	Status int                `toml:"status"`
	Type   string             `toml:"type"`
	Body   signature.Template `toml:"body"`
}

// Reply returns what p wants as the answer to the delivery m from whoever
// answers it without the shop, and whether p wants anything but a 200. A reply
// that is made of a part which m lacks is left out.
func (p Provider) Reply(m signature.Message) (Answer, bool) {
	if p.reply == nil {
		return Answer{}, false
	}
	a := Answer{Status: p.reply.Status}
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	w := writer{fields: signature.ReadFields(m), scheme: p.Scheme, typ: p.reply.Type, form: tokenForm}
	var err error
	if a.Body, a.Type, err = w.body(p.reply.Body); err != nil {
		return Answer{}, false
	}
	return a, true
}
