package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// clockSlack is how far ahead of the clock a file may be: some file systems
// round up.
const clockSlack = 5 * time.Second

// earliest is before any clock of a machine that runs this can be.
var earliest = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// clock compares the clock with what was written here before: one that was set
// back makes timestamps look as if they came from the future.
func (x Examination) clock() Finding {
	now := x.Now()
	if now.Before(earliest) {
		return Finding{"clock", Bad, fmt.Sprintf("the clock says %s, which is too early", now.UTC().Format(time.DateTime)), "Set the clock, or let the system do it from the network."}
	}
	latest := newest(StoreDir(x.DataDir))
	if ahead := latest.Sub(now); ahead > clockSlack {
		return Finding{"clock", Bad, fmt.Sprintf("the clock is at least %v behind the last capture", ahead.Round(time.Second)), "Set the clock, or let the system do it from the network: signed timestamps depend on it."}
	}
	return Finding{"clock", Good, "the clock says " + now.UTC().Format(time.DateTime) + " UTC", ""}
}

// newest is when a file in dir was last written, zero when there is none.
func newest(dir string) (latest time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return latest
	}
	for _, entry := range entries {
		info, err := os.Stat(filepath.Join(dir, entry.Name()))
		if err == nil && info.ModTime().After(latest) {
			latest = info.ModTime()
		}
	}
	return latest
}
