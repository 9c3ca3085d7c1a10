package badgerstore

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// journal makes commits durable. Badger's own sync is an msync of mapped files:
// it costs two for a commit, does nothing on Windows, and on macOS leaves the
// data in the disk's cache. So each commit goes to a journal as well, which is
// synced as the system's files are (File.Sync), before Badger takes it in
// unsynced. What Badger may not have on disk yet is played again from the
// journal when the store is opened.
//
// There are two files. When one is full the other takes over, and the files of
// Badger are synced in the background; then the full one is blank again. They
// are overwritten, never cut, because a sync that need not write metadata takes
// two thirds of the time. The files are used by the committer only.
type journal struct {
	files [2]*os.File
	dir   string
	// badger is what the files of the journal are ahead of.
	badger *folder
	seal   cipher.AEAD // nil: not encrypted
	limit  int64       // of a file, in bytes; one commit may go beyond it
	sync   func(*os.File) error

	at       int   // the file in use
	size     int64 // bytes of frames in it
	prepared [2]int64
	epoch    uint64 // of the file in use; rises with each change of files
	frame    uint64 // number of the next frame in it
	room     []byte
	// settling gets the outcome of the checkpoint of the file not in use; nil
	// when that is blank.
	settling chan error
}

const (
	// journalLimit bounds what is played again at open to twice as much, some
	// 0.1 s of work.
	journalLimit = 16 << 20
	// preparedStep is how much of a file is written ahead at a time.
	preparedStep = 1 << 20
)

// entry is one key of a commit.
type entry struct {
	key, value []byte
	deleted    bool
}

// batchWriter is what an entry is played into.
type batchWriter interface {
	Set(key, value []byte) error
	Delete(key []byte) error
}

func (e entry) write(b batchWriter) error {
	if e.deleted {
		return b.Delete(e.key)
	}
	return b.Set(e.key, e.value)
}

// openJournal opens or makes the journal in dir and hands what it holds to
// play, oldest commit first. After that Badger's files are synced and the
// journal is blank.
func openJournal(dir string, seal cipher.AEAD, play func([]entry) error) (*journal, error) {
	// A random start, so that what is left in the files of former times is not
	// taken for frames of this.
	j := &journal{dir: dir, badger: newFolder(dir), seal: seal, limit: journalLimit, sync: syncData, epoch: rand.Uint64() >> 1}
	for i := range j.files {
		f, err := os.OpenFile(j.path(i), os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, errors.Join(err, j.close())
		}
		j.files[i] = f
	}
	if err := j.replay(play); err != nil {
		return nil, errors.Join(err, j.close())
	}
	return j, nil
}

func (j *journal) path(i int) string { return filepath.Join(j.dir, fmt.Sprintf("journal.%d", i)) }

// replay plays what the files hold, the older file first, and blanks them.
func (j *journal) replay(play func([]entry) error) error {
	tapes := make([]journalTape, len(j.files))
	for i, f := range j.files {
		t, err := readTape(f, j.seal)
		if err != nil {
			return fmt.Errorf("read %q: %w", f.Name(), err)
		}
		tapes[i], j.prepared[i] = t, t.size
	}
	order := []int{0, 1}
	if tapes[0].epoch > tapes[1].epoch {
		slices.Reverse(order)
	}
	played := 0
	for _, i := range order {
		n, err := tapes[i].play(play)
		if err != nil {
			return fmt.Errorf("play %q again: %w", j.files[i].Name(), err)
		}
		played += n
	}
	if played == 0 {
		return nil
	}
	if err := j.badger.sync(); err != nil {
		return err
	}
	// The older one first: on its own it would bring back what was.
	for _, i := range order {
		if err := j.blank(i); err != nil {
			return err
		}
	}
	return nil
}

// append makes a commit durable.
func (j *journal) append(entries []entry) error {
	if j.size >= j.limit {
		if err := j.turn(); err != nil {
			return err
		}
	}
	f := j.files[j.at]
	frame, err := j.encode(entries)
	if err != nil {
		return err
	}
	if err := j.prepare(frame.size); err != nil {
		return err
	}
	if err := frame.write(f, j.size); err != nil {
		return err
	}
	if err := j.sync(f); err != nil {
		return fmt.Errorf("sync journal: %w", err)
	}
	j.size += frame.size
	j.frame++
	return nil
}

// prepare writes ahead of the frames.
func (j *journal) prepare(more int64) error {
	want := j.size + more
	if want <= j.prepared[j.at] {
		return nil
	}
	from := max(j.prepared[j.at], want) // the frame itself covers what is before
	if _, err := j.files[j.at].WriteAt(make([]byte, preparedStep), from); err != nil {
		return fmt.Errorf("extend journal: %w", err)
	}
	j.prepared[j.at] = from + preparedStep
	return nil
}

// turn goes on with the other file, and lets that in use so far become blank.
func (j *journal) turn() error {
	if err := j.settled(); err != nil {
		return err
	}
	full := j.at
	j.start(1 - j.at)
	j.settling = make(chan error, 1)
	go func(done chan<- error) {
		err := j.badger.sync()
		if err == nil {
			err = j.blank(full)
		}
		done <- err
	}(j.settling)
	return nil
}

func (j *journal) start(at int) {
	j.at, j.size, j.frame = at, 0, 0
	j.epoch++
}

// settled waits until the file not in use is blank.
func (j *journal) settled() error {
	if j.settling == nil {
		return nil
	}
	err := <-j.settling
	j.settling = nil
	if err != nil {
		return fmt.Errorf("settle journal: %w", err)
	}
	return nil
}

// checkpoint makes the journal blank, so that nothing of what was committed is
// played again: before data goes in another way than by a commit, and at the end.
func (j *journal) checkpoint() error {
	if err := j.settled(); err != nil {
		return err
	}
	if j.size == 0 {
		return nil
	}
	if err := j.badger.sync(); err != nil {
		return err
	}
	err := j.blank(j.at)
	j.start(j.at)
	return err
}

// blank makes a file hold no frame.
func (j *journal) blank(i int) error {
	if _, err := j.files[i].WriteAt(make([]byte, frameHead), 0); err != nil {
		return fmt.Errorf("blank journal: %w", err)
	}
	if err := j.sync(j.files[i]); err != nil {
		return fmt.Errorf("blank journal: %w", err)
	}
	return nil
}

// close waits for the background and closes the files; it leaves what they hold.
func (j *journal) close() error {
	err := j.settled()
	for _, f := range j.files {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}
