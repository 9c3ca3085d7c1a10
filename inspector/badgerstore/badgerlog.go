package badgerstore

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
)

// alike is how many messages of one kind are passed on: Badger tells of each
// value that it cannot read, in a damaged store thousands of times.
const alike = 5

// badgerLog passes on what Badger warns of.
type badgerLog struct {
	log *slog.Logger

	mu   sync.Mutex
	told map[string]int // by format
}

func newBadgerLog(l *slog.Logger) *badgerLog { return &badgerLog{log: l, told: map[string]int{}} }

// Errorf passes an error on.
func (l *badgerLog) Errorf(format string, args ...any) { l.tell(l.log.Error, format, args) }

// Warningf passes a warning on.
func (l *badgerLog) Warningf(format string, args ...any) { l.tell(l.log.Warn, format, args) }

// Infof is quiet: Badger tells of every table.
func (*badgerLog) Infof(string, ...any) {}

// Debugf is quiet.
func (*badgerLog) Debugf(string, ...any) {}

func (l *badgerLog) tell(say func(string, ...any), format string, args []any) {
	l.mu.Lock()
	l.told[format]++
	n := l.told[format]
	l.mu.Unlock()
	switch {
	case n <= alike:
		say("badger: " + strings.TrimSpace(fmt.Sprintf(format, args...)))
	case n == alike+1:
		say("badger: more of the same kind, which are not told")
	}
}
