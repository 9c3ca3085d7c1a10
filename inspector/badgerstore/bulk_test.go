package badgerstore

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

// bulk is a store that is written without the committer, as one of version 1:
// captures with a delivery each, spread evenly over days up to end.
type bulk struct {
	captures, days int
	end            time.Time
	body           int // bytes of each body
	change         func(i int, c *inspector.Capture)
}

// write makes the store in dir.
func (k bulk) write(t testing.TB, dir string) {
	t.Helper()
	s := newStore(Options{Dir: dir})
	db, err := openBadger(s, Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	ids, deliveries := sequence{}, sequence{}
	batch := db.NewWriteBatch()
	step := time.Duration(k.days) * 24 * time.Hour / time.Duration(k.captures)
	for i := range k.captures {
		at := k.end.Add(-step * time.Duration(k.captures-1-i))
		c := sample("live", fmt.Sprintf("%012d", i), strings.Repeat(fmt.Sprintf("%012d", i), k.body/12+1)[:k.body])
		c.Received, c.State, c.Attempts, c.Status = at, inspector.Done, 1, 200
		c.ID = ids.next(at)
		if k.change != nil {
			k.change(i, c)
		}
		d := inspector.Delivery{ID: deliveries.next(at), Capture: c.ID, Status: 200, Kind: inspector.First, Target: "http://localhost:8080/hook"}
		k.one(t, batch, c, &d)
	}
	if err := batch.Set([]byte{kindStamp}, strconv.AppendInt(nil, 1, 10)); err != nil {
		t.Fatal(err)
	}
	if err := batch.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func (k bulk) one(t testing.TB, batch *badger.WriteBatch, c *inspector.Capture, d *inspector.Delivery) {
	set := func(key, value []byte) {
		if err := batch.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	c.ContentHash = sha256.Sum256(c.Message.Body)
	record, err := encodeCapture(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := row{Summary: c.Summary, content: c.ContentHash, bytes: int64(len(record)) + 2*overhead}
	set(idKey(kindCapture, c.ID), record)
	set(idKey(kindSummary, c.ID), r.encode())
	set(deliveryKey(c.ID, d.ID), encodeDelivery(d, true))
	set(idKey(kindLog, d.ID), encodeDelivery(d, false))
	h := r.holder()
	v := append(append([]byte{recordVersion}, h.id[:]...), h.content[:]...)
	for _, key := range againKeys(&r) {
		set(key, v)
	}
}
