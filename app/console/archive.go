package console

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// lockPatience is how long a Shopbell may hold the store without being
// reachable: it is just starting, or just ending.
const lockPatience = 5 * time.Second

// archive reads captures and sends them again: through the local API of the
// Shopbell that runs on the same data, or with the store itself when none does.
// Both are nil where nothing was ever kept.
type archive struct {
	s     *session
	api   *localapi.Client
	store inspector.Store
}

// captures opens the archive, and the catalogue that tells what its captures mean.
func (s *session) captures() (providers.Catalog, *archive, error) {
	catalog, err := s.catalog()
	if err != nil {
		return catalog, nil, err
	}
	a, err := s.archive()
	return catalog, a, err
}

// archive opens the captures of the data folder.
func (s *session) archive() (*archive, error) {
	dir, err := s.dataDir()
	if err != nil {
		return nil, err
	}
	// A folder that someone named and that is not there is more likely a slip
	// of the fingers than an empty store, and none is made.
	if _, err := os.Stat(dir); s.data != "" && errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse(fmt.Sprintf("no folder %q", dir), "\"shopbell serve\" makes it; --data names another one")
	}
	for waited := time.Duration(0); ; waited += 100 * time.Millisecond {
		a, err := s.open(dir)
		if !errors.Is(err, badgerstore.ErrLocked) || waited >= lockPatience {
			return a, err
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-s.ctx.Done():
			return nil, s.ctx.Err()
		}
	}
}

func (s *session) open(dir string) (*archive, error) {
	api, err := localapi.Dial(dir)
	if err == nil {
		return &archive{s: s, api: api}, nil
	}
	if !errors.Is(err, localapi.ErrNotRunning) {
		return nil, err
	}
	folder := engine.StoreDir(dir)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return &archive{s: s}, nil
	}
	key, err := s.storeKey(false)
	if err != nil {
		return nil, err
	}
	store, err := badgerstore.Open(badgerstore.Options{Dir: folder, Key: key, Now: s.now, Log: s.log()})
	if err != nil {
		return nil, err
	}
	return &archive{s: s, store: store}, nil
}

func (a *archive) close() {
	if a.store != nil {
		_ = a.store.Close() // everything that was to be written is durable already
	}
}

// each calls do for at most limit captures that match, newest first; 0 is all.
// Deliveries are filled in only where whole is true.
func (a *archive) each(query string, limit int, whole bool, do func(localapi.Row) error) error {
	q, err := inspector.ParseQuery(query, a.s.now())
	if err != nil {
		return wrongUse(err.Error(), "write words and field:value, as in the window's search")
	}
	if a.api == nil {
		return a.eachStored(q, limit, whole, do)
	}
	for row, err := range a.api.List(a.s.ctx, query, limit) {
		if err != nil {
			return err
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return nil
}

// archivePage is how many captures are read from the store at a time.
const archivePage = 500

func (a *archive) eachStored(q inspector.Query, limit int, whole bool, do func(localapi.Row) error) error {
	var before ulid.ULID
	for left := limit; a.store != nil && (limit == 0 || left > 0); {
		size := archivePage
		if limit != 0 {
			size = min(size, left)
		}
		page, err := a.store.Page(a.s.ctx, q, before, size)
		if err != nil {
			return err
		}
		for _, c := range page {
			row, err := a.row(a.s.ctx, c, whole)
			if err != nil {
				return err
			}
			if err := do(row); err != nil {
				return err
			}
			before = c.ID
		}
		left -= len(page)
		if len(page) < size {
			return nil
		}
	}
	return nil
}

func (a *archive) row(ctx context.Context, c inspector.Summary, whole bool) (localapi.Row, error) {
	row := localapi.Row{Type: "capture", Summary: c, Deliveries: []inspector.Delivery{}}
	if !whole || c.Attempts == 0 {
		return row, nil
	}
	kept, err := a.store.Get(ctx, c.ID)
	if errors.Is(err, badgerstore.ErrCorrupt) {
		return row, nil // what is left of it is shown; "store check" names it
	}
	if err == nil {
		row.Deliveries = list(kept.Deliveries)
	}
	return row, err
}

// show returns one whole capture.
func (a *archive) show(id ulid.ULID) (inspector.Capture, error) {
	if a.api != nil {
		return a.api.Show(a.s.ctx, id)
	}
	return a.store.Get(a.s.ctx, id)
}

// replay sends a capture again.
func (a *archive) replay(id ulid.ULID, o inspector.ReplayOptions) (inspector.Delivery, error) {
	if a.api != nil {
		return a.api.Replay(a.s.ctx, id, orderOf(o))
	}
	kept, err := a.store.Get(a.s.ctx, id)
	if err != nil {
		return inspector.Delivery{}, err
	}
	if o.Message != nil {
		address(kept, o.Message)
	}
	signer := ""
	if o.Resign || o.Fresh {
		signer = kept.Endpoint
	}
	sender, err := a.s.inspectorFor(a.store, signer)
	if err != nil {
		return inspector.Delivery{}, err
	}
	d, err := sender.Replay(a.s.ctx, id, o)
	return d, errors.Join(err, sender.Close())
}

// orderOf is what the local API is asked for to replay so.
func orderOf(o inspector.ReplayOptions) localapi.ReplayOrder {
	order := localapi.ReplayOrder{
		To: o.To, Resign: o.Resign, Fresh: o.Fresh, Rehearsal: o.Kind == inspector.Rehearsal, PatienceMillis: o.Patience.Milliseconds(),
	}
	if o.Message != nil {
		order.Edit = o.Message.Raw()
	}
	return order
}

// address gives an edited request the public address of the capture, with its
// own target: some providers sign the URL.
func address(kept inspector.Capture, edited *signature.Message) {
	if base, err := url.Parse(kept.Message.URL); err == nil && base.Host != "" && strings.HasPrefix(edited.Target, "/") {
		edited.URL = base.Scheme + "://" + base.Host + edited.Target
	}
}
