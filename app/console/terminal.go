package console

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"

	"shopbell/providers/signature"
)

// terminal is an output that may be a screen. Each call writes whole lines in
// one piece, so that lines of several goroutines never mix.
type terminal struct {
	mu     sync.Mutex
	w      io.Writer
	screen bool // a person reads along
	colour bool
	failed error // the first failure to write
	// gathered are lines to be written together, while gathering.
	gathered  []byte
	gathering bool
}

func newTerminal(w io.Writer, env []string) *terminal {
	t := &terminal{w: w, screen: isScreen(w)}
	t.colour = t.screen && lookup(env, "NO_COLOR") == "" && lookup(env, "TERM") != "dumb"
	return t
}

func isScreen(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// lookup returns the last value of name in env, as a process would see it.
func lookup(env []string, name string) string {
	value := ""
	for _, entry := range env {
		if v, ok := strings.CutPrefix(entry, name+"="); ok {
			value = v
		}
	}
	return value
}

// line writes text and a line end.
func (t *terminal) line(text string) { t.write([]byte(text + "\n")) }

// object writes v as one line of JSON.
func (t *terminal) object(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	t.write(append(data, '\n'))
	return t.err()
}

// write writes data in one piece and remembers the first failure.
func (t *terminal) write(data []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.failed != nil:
	case t.gathering:
		t.gathered = append(t.gathered, data...)
	default:
		_, t.failed = t.w.Write(data)
	}
}

// together writes the lines that f makes in one piece: a flood of lines costs
// most by its writes.
func (t *terminal) together(f func()) {
	t.gather(true)
	f()
	t.gather(false)
}

// gather makes lines wait from now on, or writes those that waited.
func (t *terminal) gather(on bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gathering = on; on {
		return
	}
	if len(t.gathered) > 0 && t.failed == nil {
		_, t.failed = t.w.Write(t.gathered)
	}
	t.gathered = nil
}

// Write lets a log write its lines here, in one piece like everything else.
func (t *terminal) Write(line []byte) (int, error) {
	t.write(line)
	return len(line), nil
}

// err returns the first failure to write: a closed pipe, a full disk.
func (t *terminal) err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.failed
}

// exact writes bytes of a message as they are. A screen gets them with control
// characters made visible, because those bytes may be hostile.
func (t *terminal) exact(data []byte) {
	if t.screen {
		data = []byte(cleanText(string(data)))
	}
	t.write(data)
}

// paint colours text by tone, where colours are wanted.
func (t *terminal) paint(tone signature.Tone, text string) string {
	code := map[signature.Tone]string{
		signature.Neutral: "90", signature.Good: "32", signature.Caution: "33", signature.Bad: "31",
	}[tone]
	return t.escape(code, text)
}

// bold makes a heading stand out.
func (t *terminal) bold(text string) string { return t.escape("1", text) }

func (t *terminal) escape(code, text string) string {
	if !t.colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
