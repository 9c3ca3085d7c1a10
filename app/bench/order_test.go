//go:build bench && linux

package bench

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
)

// orders makes bodies of one size, each another order: the same keys, as
// providers send them, with ids, amounts and articles of its own. Filling in a
// body costs next to nothing beside keeping it.
type orders struct {
	text  []byte
	slots []slot
}

// slot is a place in the text that each order fills with its own characters.
type slot struct {
	at, length int
	kind       byte
}

// The kinds of slots: a run of one of these characters is one.
const (
	slotHex    = '@'
	slotDigit  = '#'
	slotNumber = '^' // the order's number
)

const (
	orderBegins = `{"id":"evt_@@@@@@@@@@@@@@@@@@@@@@@@","type":"order.paid","created":17642#####,"livemode":false,"data":{"order":"ord_^^^^^^^^^",` +
		`"status":"paid","currency":"EUR","total":"1##.##","customer":{"id":"cus_@@@@@@@@@@@@@@","email":"buyer.######@example.com",` +
		`"city":"Rotterdam","postcode":"30## AB"},"payment":{"method":"card","brand":"visa","reference":"pay_@@@@@@@@@@@@@@@@"},"items":[`
	orderItem = `{"sku":"SKU-####","name":"Walnut desk lamp no ##","quantity":#,"price":"##.##","warehouse":"north-#"}`
	orderEnds = `],"note":"%s"}}`
)

// newOrders makes bodies of so many bytes, at least those of an order with one
// article.
func newOrders(size int) *orders {
	one := len(orderBegins) + len(orderItem) + len(orderEnds)
	items := orderItem + strings.Repeat(","+orderItem, max(0, size-one)/(len(orderItem)+1))
	text := orderBegins + items + fmt.Sprintf(orderEnds, "")
	if short := size - len(text); short > 0 {
		text = orderBegins + items + fmt.Sprintf(orderEnds, strings.Repeat("please ring twice, ", short/19+1)[:short])
	}
	return &orders{[]byte(text), findSlots(text)}
}

func findSlots(text string) (slots []slot) {
	for i := 0; i < len(text); {
		end := i + 1
		if kind := text[i]; kind == slotHex || kind == slotDigit || kind == slotNumber {
			for end < len(text) && text[end] == kind {
				end++
			}
			if end-i > 1 || kind == slotDigit {
				slots = append(slots, slot{i, end - i, kind})
			}
		}
		i = end
	}
	return slots
}

// orderName is what the body of the order n calls it.
func orderName(n int) string { return fmt.Sprintf("ord_%09d", n) }

// body returns the order n.
func (o *orders) body(n int) []byte {
	random := rand.New(rand.NewPCG(uint64(n), 42))
	text := append([]byte(nil), o.text...)
	for _, s := range o.slots {
		place := text[s.at : s.at+s.length]
		switch s.kind {
		case slotNumber:
			copy(place, orderName(n)[len("ord_"):])
		case slotHex:
			fillFrom(place, "0123456789abcdef", random)
		case slotDigit:
			fillFrom(place, "0123456789", random)
		}
	}
	return text
}

// opaque returns a body of the same length that says nothing to a search.
func (o *orders) opaque(n int) []byte {
	random := rand.New(rand.NewPCG(uint64(n), 43))
	text := make([]byte, 0, len(o.text)+8)
	for len(text) < len(o.text) {
		text = binary.LittleEndian.AppendUint64(text, random.Uint64()|0x8080808080808080) // no ASCII
	}
	return text[:len(o.text)]
}

func fillFrom(place []byte, letters string, random *rand.Rand) {
	for i := range place {
		place[i] = letters[random.IntN(len(letters))]
	}
}
