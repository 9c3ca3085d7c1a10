//go:build bench && linux

package bench

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// holding is what a store has of the parcels that were sent.
type holding struct {
	all     int // captures
	half    int // whose body is not the one that was sent, or cannot be read
	missing int // parcels that were answered 200 and are not there
}

// String says it in a few words.
func (h holding) String() string {
	return fmt.Sprintf("%d captures; %d answered 200 missing, %d half", h.all, h.missing, h.half)
}

// holdingOf opens the store of a data folder that nobody uses and reads all of
// it. What is missing or half fails the test.
func holdingOf(t *testing.T, data string, p *parcels, a *answers) holding {
	t.Helper()
	store, err := badgerstore.Open(badgerstore.Options{Dir: engine.StoreDir(data)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	h, found, err := readAll(t.Context(), store, p)
	if err != nil {
		t.Fatal(err)
	}
	for n := range a.good {
		if !found[n] {
			h.missing++
		}
	}
	if h.half > 0 || h.missing > 0 {
		t.Errorf("the store has %v", h)
	}
	return h
}

// readAll reads every capture and returns the numbers of the parcels that are whole.
func readAll(ctx context.Context, store *badgerstore.Store, p *parcels) (h holding, found map[int]bool, err error) {
	found = map[int]bool{}
	var before ulid.ULID
	for {
		list, err := store.Page(ctx, inspector.Query{}, before, pageful)
		if err != nil || len(list) == 0 {
			return h, found, err
		}
		for _, s := range list {
			h.all++
			n := numberOf(s.Path)
			c, err := store.Get(ctx, s.ID)
			if err != nil || n > 0 && !bytes.Equal(c.Message.Body, p.body(n)) {
				h.half++
				continue
			}
			found[n] = true
		}
		before = list[len(list)-1].ID
	}
}
