package console

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/inspector/badgerstore"
)

type storeCommand struct {
	Check   storeCheckCommand   `cmd:"" help:"Read every record and follow every index; end with 1 when something is wrong."`
	Compact storeCompactCommand `cmd:"" help:"Give disk space back."`
	Backup  storeBackupCommand  `cmd:"" help:"Write all captures to one file, which is not encrypted; also while Shopbell runs."`
	Restore storeRestoreCommand `cmd:"" help:"Read a backup into an empty data folder."`
}

type storeCheckCommand struct {
	Repair bool `help:"Make anew what follows from the captures: counts, queues, the index of repetitions."`
	JSON   bool `help:"Print one JSON object."`
}

// Run checks the store.
func (c *storeCheckCommand) Run(s *session) error {
	o, err := s.ownStore()
	if err != nil {
		return err
	}
	r, err := s.check(o)
	if err != nil {
		return err
	}
	if c.Repair && r.Wrong > 0 {
		if err := badgerstore.Repair(s.ctx, o); err != nil {
			return err
		}
		if r, err = s.check(o); err != nil {
			return err
		}
	}
	return s.report(r, c.JSON)
}

// report prints r; what is wrong is the answer no.
func (s *session) report(r badgerstore.Report, asJSON bool) (err error) {
	if asJSON {
		err = s.out.object(r)
	} else {
		err = s.printReport(r)
	}
	if err == nil && r.Wrong > 0 {
		err = errNo
	}
	return err
}

func (s *session) check(o badgerstore.Options) (r badgerstore.Report, err error) {
	store, err := badgerstore.Open(o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return store.Check(s.ctx)
}

func (s *session) printReport(r badgerstore.Report) error {
	for _, p := range r.Problems {
		line := "✕ " + clean(p.Says)
		if p.Capture != "" {
			line = "✕ " + p.Capture + "  " + clean(p.Says)
		}
		if p.Mends {
			line += " (--repair mends it)"
		}
		s.out.line(line)
	}
	if more := r.Wrong - len(r.Problems); more > 0 {
		s.out.line(fmt.Sprintf("and %d more", more))
	}
	s.out.line(fmt.Sprintf("%d captures and %d deliveries read, %d things wrong", r.Captures, r.Deliveries, r.Wrong))
	return s.out.err()
}

type storeCompactCommand struct {
	JSON bool `help:"Print one JSON object."`
}

// Run gives disk space back.
func (c *storeCompactCommand) Run(s *session) error {
	o, err := s.ownStore()
	if err != nil {
		return err
	}
	store, err := badgerstore.Open(o)
	if err != nil {
		return err
	}
	before, after, err := store.Compact(s.ctx)
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	if c.JSON {
		return s.out.object(map[string]int64{"before": before, "after": after})
	}
	s.out.line(fmt.Sprintf("%d bytes on disk before, %d after", before, after))
	return s.out.err()
}

// ownStore says how to open the store of the data folder, which no running
// Shopbell may hold.
func (s *session) ownStore() (badgerstore.Options, error) {
	dir, err := s.dataDir()
	if err != nil {
		return badgerstore.Options{}, err
	}
	if _, err := localapi.Dial(dir); err == nil {
		return badgerstore.Options{}, &failure{exitFailed, "a running Shopbell holds the store", "stop it first; only \"shopbell store backup\" works beside it"}
	}
	folder := engine.StoreDir(dir)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return badgerstore.Options{}, wrongUse(fmt.Sprintf("no captures in %q", dir), "\"shopbell serve\" makes them; --data names another folder")
	}
	key, err := s.storeKey(false)
	if err != nil {
		return badgerstore.Options{}, err
	}
	return badgerstore.Options{Dir: folder, Key: key, Now: s.now, Log: s.log()}, nil
}
