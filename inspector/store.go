package inspector

import (
	"context"
	"errors"
	"time"

	"github.com/oklog/ulid/v2"
)

// ErrNotFound is what a Store answers when no capture has that id.
var ErrNotFound = errors.New("no capture with that id")

// ErrFull is what Keep answers when the store can take no more just now: its
// queue is full or the disk is. Nothing was kept.
var ErrFull = errors.New("the store is full")

// DiscardTime is how long a discarded capture can be recovered at least, also
// after a restart. It bounds how long the disk space stays taken, too.
const DiscardTime = 10 * time.Minute

// Discarded is what one call of Discard removed.
type Discarded struct {
	At  time.Time
	IDs []ulid.ULID // in their order
}

// Store keeps captures. It is safe for concurrent use.
type Store interface {
	// Keep makes c durable and sets c.ID and c.Again before it returns.
	// Concurrent calls share one sync. After an error nothing was kept.
	Keep(ctx context.Context, c *Capture) error
	// Begin tells that an attempt at the shop starts, durable on return, so that
	// it is found if the program ends before Record. A capture that is kept with
	// Sending set needs no Begin.
	Begin(ctx context.Context, id ulid.ULID) error
	// Record ends an attempt: it adds d to its capture, sets d.ID, and with it the capture's state
	// and last status. It returns once d is queued; d is durable with the next
	// commit, before any later Keep that had to wait for that commit.
	Record(ctx context.Context, d *Delivery, state State) error
	// Sync returns when everything queued before it is durable.
	Sync(ctx context.Context) error
	// Change applies change to the parts of a capture that may change after it
	// was kept: Verdict (with Outcome and Cover), Provider, Detected, Event,
	// DeliveryID (both with Derived), Hint, State, Pinned, Note, Answer, Notes.
	// It is durable on return. ErrNotFound when there is none.
	Change(ctx context.Context, id ulid.ULID, change func(*Capture)) error
	// Get returns the whole capture with its deliveries, or ErrNotFound.
	Get(ctx context.Context, id ulid.ULID) (Capture, error)
	// Summary returns the small record of one capture, or ErrNotFound.
	Summary(ctx context.Context, id ulid.ULID) (Summary, error)
	// Page returns at most limit summaries that match q, newest first, older
	// than before (the zero id: from the newest). limit 0 means all.
	Page(ctx context.Context, q Query, before ulid.ULID, limit int) ([]Summary, error)
	// Search is a Page that loses its patience: it ends with what it found once it
	// looked for so long. reached is the before to go on with, the zero id when
	// nothing older is left.
	Search(ctx context.Context, q Query, before ulid.ULID, limit int, patience time.Duration) (page []Summary, reached ulid.ULID, err error)
	// After returns at most limit captures newer than id, oldest first.
	After(ctx context.Context, id ulid.ULID, limit int) ([]Summary, error)
	// DeliveriesAfter returns at most limit deliveries newer than id, oldest
	// first, without header and body.
	DeliveriesAfter(ctx context.Context, id ulid.ULID, limit int) ([]Delivery, error)
	// Pending returns at most limit captures of an endpoint that are Waiting,
	// oldest first, but those for which skip is true; a nil skip leaves out none.
	// skip must be fast and not call the store.
	Pending(ctx context.Context, endpoint string, limit int, skip func(ulid.ULID) bool) ([]Summary, error)
	// Delete removes captures with all that belongs to them.
	Delete(ctx context.Context, ids ...ulid.ULID) error
	// Discard removes captures like Delete; for DiscardTime Recover gives them back.
	Discard(ctx context.Context, ids ...ulid.ULID) error
	// Recover gives back captures that were discarded, exactly as they were, and
	// tells how many; what is not to be had any more is passed over.
	Recover(ctx context.Context, ids ...ulid.ULID) (int, error)
	// Discarded returns what Recover can give back, one entry for each call of
	// Discard, the earliest first.
	Discarded(ctx context.Context) ([]Discarded, error)
	// Counts returns the figures of the sidebar; it reads memory only.
	Counts() Counts
	// Activity calls f with how many captures were received in each minute from
	// from to to, both included, in no order; zero times are no bound. It reads
	// memory only; f must not call the store. whole is false while the store still
	// counts what was kept before it was first asked; the feed tells of progress.
	Activity(from, to time.Time, f func(Lot)) (whole bool)
	// Recall returns what Remember kept under key, "" when nothing.
	Recall(ctx context.Context, key string) (string, error)
	// Remember keeps a small fact across restarts, durable on return.
	Remember(ctx context.Context, key, value string) error
	// Subscribe returns a channel that gets a value when anything changed;
	// several changes may give one value. The channel never blocks the store.
	// Call the function to end the subscription.
	Subscribe() (<-chan struct{}, func())
	// Close makes everything queued durable and closes the store.
	Close() error
}

// Counts are the figures beside the sidebar's entries.
type Counts struct {
	All         int            `json:"all"`
	NotVerified int            `json:"not_verified"` // mismatch, missing, malformed, stale
	Waiting     int            `json:"waiting"`
	Held        int            `json:"held"`
	Pinned      int            `json:"pinned"`
	Endpoint    map[string]int `json:"endpoint"` // by endpoint name; "" is no endpoint
	WaitingAt   map[string]int `json:"waiting_at"`
	Bytes       int64          `json:"bytes"` // on disk
	// Free is what is free on the disk of the store in bytes, -1 when the system
	// does not tell; Low tells that it is little: soon nothing more is taken.
	Free int64 `json:"free"`
	Low  bool  `json:"low"`
	// TurnedAway counts the deliveries since the start that were answered 503
	// because the queue or the disk was full.
	TurnedAway int64 `json:"turned_away"`
}
