package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"shopbell/app/settings"
)

// lookForSettings is how often the config file is looked at. Looking, and not
// being told by the system, also sees a file that an editor replaced, one
// behind a link, and one on a network or shared drive, which tell of nothing;
// a look costs some microseconds. The file is taken when two looks saw the same,
// so that one half written is not.
const lookForSettings = 400 * time.Millisecond

// coarse is the coarsest time stamp of a file system that we know of (FAT, 2 s)
// and a little: a younger file may have changed without its time changing.
const coarse = 3 * time.Second

// watchFile puts the config file in force whenever somebody changed it; taken is
// its content at the start.
func (e *Engine) watchFile(taken string) {
	watch := fileWatch{path: e.options.File, last: taken}
	e.every(lookForSettings, func() {
		if watch.settled(time.Now()) {
			e.takeFile(watch.last)
		}
	})
}

// fileWatch knows a file as the last look saw it.
type fileWatch struct {
	path    string
	stamp   string // time, size and mode
	last    string // the content, or why it cannot be read
	waiting bool   // for a second look that sees the same
}

// settled looks at the file and tells whether it is new and at rest.
func (w *fileWatch) settled(now time.Time) bool {
	stamp, young := "gone", false
	if info, err := os.Stat(w.path); err == nil {
		stamp = fmt.Sprint(info.ModTime().UnixNano(), info.Size(), info.Mode())
		young = now.Sub(info.ModTime()) < coarse
	}
	if stamp == w.stamp && !w.waiting && !young {
		return false
	}
	w.stamp = stamp
	text, err := readText(w.path)
	if err != nil {
		text = "\x00" + err.Error() // no file that can be read has that
	}
	same := text == w.last
	settled := same && w.waiting
	w.last, w.waiting = text, !same
	return settled
}

// readText is the content of the config file without a byte order mark.
func readText(file string) (string, error) {
	data, err := settings.Read(file)
	return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), err
}

// takeFile puts the config file in force if its content still is what was seen.
func (e *Engine) takeFile(seen string) {
	e.editing.Lock()
	defer e.editing.Unlock()
	text, err := readText(e.options.File)
	switch {
	case err != nil && strings.HasPrefix(seen, "\x00"):
		e.fileIs(e.lost(err), false)
	case err != nil || text != seen:
		return // it changed again: the next look sees it
	case text == e.taken:
		e.fileIs(nil, false)
	case strings.TrimSpace(text) == "":
		e.fileIs(&settings.Problem{File: e.options.File, Says: "the config file is empty, expected the settings",
			Advice: "Save it again; an editor may have stopped half way."}, false)
	default:
		err := e.takeText(text)
		e.fileIs(err, err == nil)
	}
}

// lost is what is said of a file that cannot be read any more; one that never
// was there is not missed.
func (e *Engine) lost(err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if e.taken == "" {
		return nil
	}
	return &settings.Problem{File: e.options.File, Says: "the config file is gone", Err: err,
		Advice: "Save it again, or start Shopbell anew to begin without it."}
}

// takeText reads text and lets it hold; the caller holds e.editing.
func (e *Engine) takeText(text string) error {
	next, err := settings.Parse(e.options.File, []byte(text), e.Catalog())
	if err == nil && e.options.Lay != nil {
		next, err = e.options.Lay(next)
	}
	if err != nil {
		return err
	}
	if !settings.Same(next, e.Settings()) {
		if err := e.replaceAll(e.life, next, nil); err != nil {
			return err
		}
	}
	e.taken = text
	e.writePaths()
	return nil
}

// fileIs notes what is wrong with the file, nil for nothing, and whether it was
// put in force.
func (e *Engine) fileIs(wrong error, taken bool) {
	e.mu.Lock()
	was := e.wrong
	e.wrong = wrong
	if taken {
		e.taking++
	}
	e.mu.Unlock()
	if wrong != nil && (was == nil || was.Error() != wrong.Error()) {
		e.options.Log.Warn("the config file was changed and is not in force", "error", wrong)
	}
	if taken || (was == nil) != (wrong == nil) || wrong != nil && was.Error() != wrong.Error() {
		e.feed.Changed()
	}
}

// FileState tells how often a change of the config file by somebody else was
// put in force, and what is wrong with the file as it is now: what was in force
// before stays so.
func (e *Engine) FileState() (taken int, wrong error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.taking, e.wrong
}

// staysInForce says what is wrong with the file, what to do, and what holds.
func staysInForce(wrong error) string {
	text := wrong.Error() + ". "
	if p := (*settings.Problem)(nil); errors.As(wrong, &p) && p.Advice != "" {
		text += p.Advice + " "
	}
	return text + "Until then the settings of before stay in force."
}

// write lets change edit the config file, if there is one. What it wrote is in
// force as soon as the caller lets it hold, so it is not news to watchFile,
// unless somebody else's change is in it. The caller holds e.editing.
func (e *Engine) write(change func(*settings.File) error) error {
	file := e.options.File
	if file == "" {
		return nil
	}
	before, missing := readText(file)
	known := before == e.taken && (missing == nil || errors.Is(missing, fs.ErrNotExist))
	if err := change(settings.Edit(file)); err != nil {
		return err
	}
	if after, err := readText(file); err == nil && known {
		e.taken = after
	}
	return nil
}
