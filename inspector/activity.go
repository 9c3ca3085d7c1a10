package inspector

import "time"

// Lot is how many captures were received in one minute at one endpoint and
// became the same.
type Lot struct {
	Minute      int64 // since 1970
	Endpoint    string
	NotVerified bool
	Pinned      bool
	State       State // Waiting or Held; "" stands for every other
	Count       int
}

// Received is the beginning of the lot's minute.
func (l Lot) Received() time.Time { return time.Unix(l.Minute*60, 0) }
