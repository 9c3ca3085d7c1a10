package rehearsal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// state is what the probe read.
type state struct {
	read bool // false without a probe
	text []byte
	// leaves are the values of JSON, and counts its numbers and the lengths of
	// its lists, by path; of other text the count of its lines.
	leaves map[string]string
	counts map[string]float64
}

// calmDown bounds how long a shop's state may go on changing.
const calmDown = 5 * time.Second

// look reads the shop's state once it stays the same: a shop may answer first
// and work then.
func (s *stage) look() (state, error) {
	if s.Probe == nil {
		return state{}, nil
	}
	calm := s.Calm
	if calm <= 0 {
		calm = 300 * time.Millisecond
	}
	last, err := s.read()
	for end := time.Now().Add(calmDown); err == nil; {
		if err = s.wait(calm); err != nil {
			break
		}
		var now []byte
		if now, err = s.read(); err != nil {
			break
		}
		if bytes.Equal(now, last) {
			return newState(now), nil
		}
		if last = now; time.Now().After(end) {
			return state{}, cannot("the probe answers differently each time, so it can't tell what a delivery changed")
		}
	}
	return state{}, err
}

func (s *stage) read() ([]byte, error) {
	text, err := s.Probe(s.ctx)
	switch {
	case err == nil:
		return bytes.TrimSpace(text), nil
	case s.ctx.Err() != nil:
		return nil, s.ctx.Err()
	}
	return nil, cannot("the probe failed: " + err.Error())
}

// wait lets time pass.
func (s *stage) wait(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

func newState(text []byte) state {
	st := state{read: true, text: text, leaves: map[string]string{}, counts: map[string]float64{}}
	var value any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if len(text) > 0 && d.Decode(&value) == nil && !d.More() {
		st.walk("", value, 0)
		return st
	}
	lines := 0
	for line := range bytes.Lines(text) {
		if lines++; lines <= mostValues {
			st.leaves["line "+strconv.Itoa(lines)] = string(bytes.TrimSpace(line))
		}
	}
	st.counts["lines"] = float64(lines)
	return st
}

// A state larger than that is compared as a text, and looked into only so far.
const (
	mostValues = 20_000
	mostDepth  = 32
)

func (st *state) walk(path string, value any, depth int) {
	if depth > mostDepth || len(st.leaves)+len(st.counts) > mostValues {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		st.counts[path+"#"] = float64(len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			st.walk(joined(path, key), v[key], depth+1)
		}
	case []any:
		st.counts[path+"#"] = float64(len(v))
		for i, inner := range v {
			st.walk(joined(path, strconv.Itoa(i)), inner, depth+1)
		}
	case json.Number:
		st.leaves[path] = v.String()
		if n, err := v.Float64(); err == nil {
			st.counts[path] = n
		}
	default:
		st.leaves[path] = fmt.Sprint(v)
	}
}

func joined(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func (st state) same(other state) bool { return bytes.Equal(st.text, other.text) }

// shownChanges bounds what a reason says of a change.
const shownChanges = 3

// change says what differs in now.
func (st state) change(now state) string {
	var words []string
	for _, path := range sorted(st.counts, now.counts) {
		was, before := st.counts[path]
		is, after := now.counts[path]
		if before && after && was != is { // what came or went is counted by what holds it
			words = append(words, fmt.Sprintf("%s went from %s to %s", called(path), number(was), number(is)))
		}
	}
	for _, path := range sorted(st.leaves, now.leaves) {
		was, before := st.leaves[path]
		is, after := now.leaves[path]
		if _, counted := now.counts[path]; before && after && was != is && !counted {
			words = append(words, fmt.Sprintf("%s went from %q to %q", path, short(was), short(is)))
		}
	}
	switch {
	case len(words) == 0 && st.same(now):
		return "nothing changed"
	case len(words) == 0:
		return "its text differs"
	case len(words) > shownChanges:
		return strings.Join(words[:shownChanges], ", ") + fmt.Sprintf(" and %d more", len(words)-shownChanges)
	}
	return strings.Join(words, ", ")
}

// overwritten names a value that now has in place of another one, "" for none.
// Counts do not count: they may rightly go on.
func (st state) overwritten(now state) string {
	for _, path := range sorted(st.leaves, nil) {
		was := st.leaves[path]
		is, there := now.leaves[path]
		if _, counted := now.counts[path]; there && was != is && !counted {
			return fmt.Sprintf("%s went from %q to %q", path, short(was), short(is))
		}
	}
	return ""
}

// largestCount is the largest number that is taken for a count or a sum; beyond
// are times and ids.
const largestCount = 1e9

// growth tells how many times the growth from one state to another is that of
// one delivery, whose states come first: 1, more, or 0 where no count tells. One
// count that grew more is enough for more; for 1 all must agree.
func growth(before, after, from, to state) (times int, where string) {
	others := false
	for _, path := range sorted(before.counts, nil) {
		is, stays := after.counts[path]
		one, now := is-before.counts[path], to.counts[path]-from.counts[path]
		if !stays || one == 0 || max(is, to.counts[path]) > largestCount {
			continue
		}
		says := fmt.Sprintf("%s went from %s to %s", called(path), number(from.counts[path]), number(to.counts[path]))
		switch ratio := now / one; {
		case ratio >= 2:
			return int(ratio), says
		case ratio == 1 && times == 0:
			times, where = 1, says
		case ratio != 1:
			others = true
		}
	}
	if others {
		return 0, ""
	}
	return times, where
}

// called is the path of a count as people say it.
func called(path string) string {
	list, is := strings.CutSuffix(path, "#")
	switch {
	case !is:
		return path
	case list == "":
		return "the number of entries"
	}
	return "the number of " + list
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// sorted lists the paths of both.
func sorted[T any](a, b map[string]T) []string {
	all := map[string]T{}
	maps.Copy(all, a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
