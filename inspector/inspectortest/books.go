package inspectortest

import (
	"maps"

	"github.com/tidwall/gjson"
)

// books are the orders that the shop booked: per id of a delivery, how often.
type books struct {
	forgetful bool
	booked    map[string]int
}

func newBooks(forgetful bool) books { return books{forgetful: forgetful, booked: map[string]int{}} }

// ids are where the providers put what a shop deduplicates by.
var ids = []string{"id", "eventId", "checkout_id", "escrow.id"}

// enter books the order of a delivery. A shop that is not forgetful books each
// id once. A request for data is no order.
func (b books) enter(r Request) {
	id := r.Header.Get("X-Tweed-Delivery")
	for _, path := range ids {
		if id == "" {
			id = gjson.GetBytes(r.Body, path).String()
		}
	}
	if id != "" && (b.forgetful || b.booked[id] == 0) {
		b.booked[id]++
	}
}

// Booked returns how often each delivery id was booked.
func (s *Shop) Booked() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.books.booked)
}
